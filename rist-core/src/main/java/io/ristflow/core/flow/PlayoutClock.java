package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import io.ristflow.core.flow.FlowSettings.Hold;

/**
 * When a packet is played: its place on the flow's <em>timeline</em>, plus an offset, plus the buffer (which the flow adds).
 *
 * <p>The timeline is the source's clock made continuous: where that clock jumps, the timeline goes on. With {@link Hold#ARRIVAL} it is
 * the time of arrival itself. The offset leads from the timeline to our clock. It begins as the least (arrival - timeline) seen before
 * the first delivery, so that a late first packet costs nothing, then follows the lower envelope of it: jitter does not move it, drift of
 * the clocks does. It moves by 1 ms a second, or by an eighth of the error a second where that is more, so no jump is seen; beyond 100 ms
 * by half of the error a second. With {@link Hold#RTC} the offset comes from the sender's wall clock instead, as long as that makes
 * sense.
 *
 * <p>DEVIATION(librist): it follows drift by a median of 2,048 differences, which the jitter of the path is part of.
 */
final class PlayoutClock {
    private static final long BACKWARD_JUMP_NS = 100 * NS_PER_MS;
    private static final long FORWARD_JUMP_NS = NS_PER_SECOND;
    private static final long ODD_TIMESTAMP_NS = NS_PER_SECOND;
    private static final long LARGE_ERROR_NS = 100 * NS_PER_MS;
    private static final long SLEW_INTERVAL_NS = NS_PER_MS;
    private static final long SETTLING_NS = 5 * NS_PER_SECOND;
    private static final long LATE_RUN_NS = NS_PER_SECOND;
    private static final int LATE_RUNS_UNTIL_DISTRUST = 2;
    private static final long NOT_LATE = Long.MIN_VALUE;

    private final Hold hold;
    private final LowerEnvelope envelope = new LowerEnvelope();
    private long offsetNs;
    private boolean playing;
    private long playingSinceNs;
    private long advancedNs;

    private long shiftNs;
    private long previousShiftNs;
    private long shiftFromSequence;
    private long headSourceNs;
    private long headArrivalNs;
    private long headTimelineNs;

    private boolean wallClockKnown;
    private long wallClockOffsetNs;
    private long lateSinceNs = NOT_LATE;
    private int lateRuns;

    PlayoutClock(Hold hold) {
        this.hold = hold;
    }

    /** The flow's first packet; returns its place on the timeline. */
    long start(long nowNs, long sequence, long sourceNs) {
        envelope.reset();
        playing = false;
        lateSinceNs = NOT_LATE;
        lateRuns = 0;
        wallClockKnown = false;
        shiftNs = 0;
        previousShiftNs = 0;
        shiftFromSequence = sequence;
        offsetNs = followsArrival() ? 0 : nowNs - sourceNs;
        advancedNs = nowNs;
        long timelineNs = followsArrival() ? nowNs : sourceNs;
        envelope.add(nowNs, nowNs - timelineNs);
        moveHead(nowNs, sourceNs, timelineNs);
        return timelineNs;
    }

    /** Whether the source's clock cannot have gone from the newest packet to this one without a jump. */
    boolean jumps(long nowNs, long sourceNs) {
        if (followsArrival()) return false;
        long stepNs = sourceNs - headSourceNs;
        return stepNs < -BACKWARD_JUMP_NS || stepNs - (nowNs - headArrivalNs) > FORWARD_JUMP_NS;
    }

    /** A first transmission newer than all before; returns its place on the timeline. */
    long placeNewest(long nowNs, long sequence, long sourceNs, boolean jump) {
        if (followsArrival()) {
            long timelineNs = Math.max(headTimelineNs, nowNs - offsetNs);
            moveHead(nowNs, sourceNs, timelineNs);
            return timelineNs;
        }
        if (jump) {
            // The packet is taken to have come as fast as the path allows; the envelope corrects what this gets wrong.
            previousShiftNs = shiftNs;
            shiftFromSequence = sequence;
            shiftNs = Math.max(headTimelineNs, nowNs - envelopeOr(offsetNs)) - sourceNs;
        }
        long timelineNs = sourceNs + shiftNs;
        observe(nowNs, timelineNs);
        moveHead(nowNs, sourceNs, timelineNs);
        return timelineNs;
    }

    /** A packet that fills a gap. {@code estimateNs} lies between its neighbours and is taken where the packet's own time cannot be. */
    long placeFilling(long sequence, long sourceNs, long estimateNs) {
        if (followsArrival()) return estimateNs;
        long timelineNs = sourceNs + (sequence >= shiftFromSequence ? shiftNs : previousShiftNs);
        return Math.abs(timelineNs - estimateNs) > ODD_TIMESTAMP_NS ? estimateNs : timelineNs;
    }

    /** Any first transmission tells how fast the path is. */
    void observe(long nowNs, long timelineNs) {
        if (followsArrival()) return;
        long delayNs = nowNs - timelineNs;
        envelope.add(nowNs, delayNs);
        if (!playing && delayNs < offsetNs && !wallClockKnown) offsetNs = delayNs;
    }

    /** A first transmission came in time. */
    void onTimely() {
        lateSinceNs = NOT_LATE;
    }

    /**
     * A first transmission came past its deadline. When all have for a second, the path has become slower by more than the buffer, and
     * play-out starts over at its new delay. When that happens again and again, the source's clock is not worth following: from then on
     * arrival counts.
     */
    void onLate(long nowNs, long timelineNs) {
        if (followsArrival()) return;
        if (lateSinceNs == NOT_LATE) {
            lateSinceNs = nowNs;
        } else if (nowNs - lateSinceNs >= LATE_RUN_NS) {
            lateSinceNs = NOT_LATE;
            lateRuns++;
            wallClockKnown = false;
            envelope.reset();
            envelope.add(nowNs, nowNs - timelineNs);
            offsetNs = nowNs - timelineNs;
        }
    }

    /** RTC: the sender's report ties its media clock to its wall clock, and {@code ourUnixNs} ties ours to {@code nowNs}. */
    void onSenderReport(long nowNs, long sourceNs, long senderUnixNs, long ourUnixNs) {
        if (hold != Hold.RTC) return;
        wallClockOffsetNs = nowNs + senderUnixNs - ourUnixNs - (sourceNs + shiftNs);
        wallClockKnown = true;
    }

    /** The first payload goes out: from now on the offset moves smoothly. */
    void onPlaying(long nowNs) {
        if (playing) return;
        playing = true;
        playingSinceNs = nowNs;
        advancedNs = nowNs;
    }

    /** Moves the offset towards where it should be. */
    void advance(long nowNs, long bufferNs) {
        long elapsedNs = nowNs - advancedNs;
        if (elapsedNs < SLEW_INTERVAL_NS || followsArrival()) return;
        advancedNs = nowNs;
        if (!playing) {
            if (wallClockKnown) offsetNs = targetNs(bufferNs);
            return;
        }
        long errorNs = targetNs(bufferNs) - offsetNs;
        long sizeNs = Math.abs(errorNs);
        long ratePerSecondNs = Math.max(NS_PER_MS, sizeNs > LARGE_ERROR_NS ? sizeNs / 2 : sizeNs / 8);
        // The first seconds of a program are its slowest; what they add to the delay should not stay for minutes.
        if (errorNs < 0 && nowNs - playingSinceNs < SETTLING_NS) ratePerSecondNs = Math.max(ratePerSecondNs, 20 * NS_PER_MS);
        long stepNs = Math.min(sizeNs, ratePerSecondNs / 1_000 * (Math.min(elapsedNs, NS_PER_SECOND) / 1_000) / 1_000);
        offsetNs += errorNs < 0 ? -stepNs : stepNs;
    }

    long offsetNs() {
        return offsetNs;
    }

    long headTimelineNs() {
        return headTimelineNs;
    }

    private long targetNs(long bufferNs) {
        long envelopeNs = envelopeOr(offsetNs);
        if (!wallClockKnown) return envelopeNs;
        // A path of less than no time, or one slower than the whole buffer: the wall clocks are not synchronised.
        long pathNs = envelopeNs - wallClockOffsetNs;
        return pathNs < -LARGE_ERROR_NS || pathNs > bufferNs ? envelopeNs : wallClockOffsetNs;
    }

    private long envelopeOr(long fallbackNs) {
        return envelope.isEmpty() ? fallbackNs : envelope.robustNs();
    }

    private boolean followsArrival() {
        return hold == Hold.ARRIVAL || lateRuns >= LATE_RUNS_UNTIL_DISTRUST;
    }

    private void moveHead(long nowNs, long sourceNs, long timelineNs) {
        headArrivalNs = nowNs;
        headSourceNs = sourceNs;
        headTimelineNs = timelineNs;
    }
}
