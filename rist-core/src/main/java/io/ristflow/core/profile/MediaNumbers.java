package io.ristflow.core.profile;

import io.ristflow.core.base.SequenceUnwrapper;
import io.ristflow.core.base.Ticks;

/**
 * Where one incoming flow's sequence numbers and timestamps become wide, once and for all: 16 bits and 90 kHz in Simple and Main framing, 32 bits and 1 MHz in Advanced framing.
 *
 * <p>A peer may change its framing at any packet (TR-06-3 §9) and goes on counting: the lower 16 bits of the one number are the other. So the wide number goes on as well, and what was lost round the
 * change is a gap like any other. Its clock goes on too, under another unit and from another zero, and is continued at the time of arrival.
 */
public final class MediaNumbers {
    private static final long CYCLE_16 = 1L << 16;
    private static final long CYCLE_32 = 1L << 32;
    private static final int SPACINGS = 8;
    private static final double HUNDREDTH_TICKS = CYCLE_32 / 100.0;
    /** A report is on its way for no longer or shorter than media by so much, in 90 kHz. */
    private static final int SAME_CLOCK_TICKS = Ticks.RTP_MPEGTS_HZ / 5;
    private static final long SAME_TIMELINE_NS = Ticks.NS_PER_SECOND;

    private final SequenceUnwrapper timestamps = new SequenceUnwrapper(32);
    private final AdvancedClock clock = new AdvancedClock();

    private boolean started;
    private long highest;
    /** What the first number was raised by, so that every number before it is positive. */
    private long raised;
    /** Wide number less the 32-bit number, a multiple of 2^16; valid if {@link #wide32}. */
    private long shift32;
    private boolean wide32;

    private boolean advanced;
    private boolean timed;
    private long mainShiftNs;
    private long lastSequence;
    private long lastSourceNs;
    /** Between two packets, smoothed. */
    private long spacingNs;
    private long lastArrivalNs;

    /** The wide form of a 16-bit number. */
    public long sequence(int sequence16) {
        if (!started) return start(CYCLE_16, sequence16 & CYCLE_16 - 1);
        return upTo(SequenceUnwrapper.near(sequence16 & CYCLE_16 - 1, highest, CYCLE_16));
    }

    /** The wide form of a 32-bit number (TR-06-3 §5.2.2). */
    public long wideSequence(int sequence32) {
        long low = Integer.toUnsignedLong(sequence32);
        if (!started) {
            wide32 = true;
            shift32 = CYCLE_32;
            return start(CYCLE_32, low);
        }
        if (!wide32) {
            wide32 = true;
            shift32 = SequenceUnwrapper.near(low & CYCLE_16 - 1, highest, CYCLE_16) - low;
        }
        return upTo(SequenceUnwrapper.near(low, highest - shift32, CYCLE_32) + shift32);
    }

    /** What the peer calls a wide number in 32 bits: how it is asked for natively. Only if {@link #knows32}. */
    public int sequence32(long sequence) {
        return (int) (sequence - shift32);
    }

    /** Whether the peer's upper 16 bits have been seen. */
    public boolean knows32() {
        return wide32;
    }

    /** The source time of a packet in Simple or Main framing. */
    public long sourceTimeNs(int rtpTimestamp) {
        return Ticks.rtp90kToNs(timestamps.unwrap(Integer.toUnsignedLong(rtpTimestamp)));
    }

    /** As {@link #sourceTimeNs(int)}, in a flow that may change its framing. */
    public long mainTimeNs(long nowNs, long sequence, int rtpTimestamp, boolean retransmission) {
        long ticksNs = sourceTimeNs(rtpTimestamp);
        if (retransmission) return ticksNs + mainShiftNs;
        if (advanced && !agrees(ticksNs + mainShiftNs, nowNs)) mainShiftNs = continuedNs(nowNs) - ticksNs;
        advanced = false;
        return note(nowNs, sequence, ticksNs + mainShiftNs);
    }

    /** The source time of a packet in Advanced framing, whose timestamp has microseconds (TR-06-3 §5.2.1). */
    public long advancedTimeNs(long nowNs, long sequence, int timestamp, boolean retransmission) {
        // Repeated in a framing whose clock nothing has told yet: its place among its neighbours is all that is known
        if (retransmission) return clock.started() || !timed ? clock.repeatedNs(sequence, timestamp) : lastSourceNs - (lastSequence - sequence) * spacingNs;
        if (!advanced && timed && !(clock.started() && agrees(clock.repeatedNs(sequence, timestamp), nowNs))) clock.continueAt(continuedNs(nowNs));
        advanced = true;
        return note(nowNs, sequence, clock.sourceTimeNs(nowNs, sequence, timestamp));
    }

    /**
     * The source time of a sender report, which must not move the widening: it may come before the first packet.
     *
     * <p>In Advanced framing reports still have 90 kHz (librist's have). Both clocks count one time, so they differ by as many hundredths of 2^32 as the microseconds have wrapped times nine: the
     * nearest of these makes an estimate by arrival exact. Where none is near, the estimate has to do.
     */
    public long peekSourceTimeNs(long nowNs, int rtpTimestamp) {
        if (!advanced) return Ticks.rtp90kToNs(timestamps.peek(Integer.toUnsignedLong(rtpTimestamp))) + mainShiftNs;
        long estimateNs = continuedNs(nowNs);
        if (clock.followsArrival()) return estimateNs;
        int ahead = rtpTimestamp - (int) Ticks.nsToRtp90k(clock.untilNs(estimateNs));
        double rest = ahead - Math.round(ahead / HUNDREDTH_TICKS) * HUNDREDTH_TICKS;
        return Math.abs(rest) < SAME_CLOCK_TICKS ? estimateNs + (long) (rest / Ticks.RTP_MPEGTS_HZ * Ticks.NS_PER_SECOND) : estimateNs;
    }

    /** Extended highest sequence number for reception reports (RFC 3550 §6.4.1): cycles in the upper, number in the lower 16 bits. */
    public int extendedHighest() {
        return (int) (highest - raised);
    }

    private long start(long above, long low) {
        started = true;
        raised = above;
        highest = above + low;
        return highest;
    }

    private long upTo(long wide) {
        if (wide > highest) highest = wide;
        return wide;
    }

    /** Where the source's timeline has come to by now: it went on with time since its newest packet. */
    private long continuedNs(long nowNs) {
        return lastSourceNs + nowNs - lastArrivalNs;
    }

    /** Whether a framing that was left may be returned to as if it had never been: a packet that was overtaken by the change. */
    private boolean agrees(long sourceNs, long nowNs) {
        return Math.abs(sourceNs - continuedNs(nowNs)) < SAME_TIMELINE_NS;
    }

    private long note(long nowNs, long sequence, long sourceNs) {
        if (timed && sequence > lastSequence) {
            long sampleNs = (sourceNs - lastSourceNs) / (sequence - lastSequence);
            spacingNs = spacingNs == 0 ? sampleNs : spacingNs + (sampleNs - spacingNs) / SPACINGS;
        }
        timed = true;
        lastSequence = sequence;
        lastSourceNs = sourceNs;
        lastArrivalNs = nowNs;
        return sourceNs;
    }
}
