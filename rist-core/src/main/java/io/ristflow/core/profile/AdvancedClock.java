package io.ristflow.core.profile;

import io.ristflow.core.base.SequenceUnwrapper;
import io.ristflow.core.base.Ticks;

/**
 * One source's 1 MHz clock (TR-06-3 §5.2.1), in nanoseconds that never wrap; or the time of arrival, where a peer's timestamps are no such clock (some count 2^16 ticks a microsecond).
 *
 * <p>Its rate is measured against arrival in windows of a second, until one of them is right to within half; meanwhile it is believed unless it runs away by more than two seconds. A change between
 * clock and arrival continues the timeline: it never steps back. Under arrival a repeated packet gets the time of the packet before it.
 */
final class AdvancedClock {
    private static final long WINDOW_NS = Ticks.NS_PER_SECOND;
    /** A burst of held packets may run so far ahead of its arrival. */
    private static final long RUNAWAY_NS = 2 * Ticks.NS_PER_SECOND;
    private static final int FEWEST_PACKETS = 3;
    private static final int REMEMBERED = 1_024;

    private final SequenceUnwrapper ticks = new SequenceUnwrapper(32);
    private boolean started;
    /** The rate was found right: measured no more. */
    private boolean proven;
    private boolean byArrival;

    /** Added to the clock, or to the arrival time while {@link #byArrival}. */
    private long shiftNs;
    private boolean continuing;
    private long continuedNs;
    private long highestNs;
    private long lastArrivalNs;

    private long windowArrivalNs;
    private long windowTicks;
    private long windowSourceNs;
    private int windowPackets;

    /** Times given under arrival, by sequence; made when first needed. */
    private long[] rememberedNs;
    private long[] rememberedSequence;

    /** The next first transmission has this source time: the timeline began in another framing. */
    void continueAt(long sourceNs) {
        continuing = true;
        continuedNs = sourceNs;
    }

    /** Whether the time of arrival is used. */
    boolean followsArrival() {
        return byArrival;
    }

    boolean started() {
        return started;
    }

    /** How far the source's own clock has come, in nanoseconds, at a time of the timeline; not while it {@link #followsArrival}. */
    long untilNs(long sourceNs) {
        return sourceNs - shiftNs;
    }

    /** The time of a first transmission. */
    long sourceTimeNs(long nowNs, long sequence, int timestamp) {
        long us = ticks.unwrap(Integer.toUnsignedLong(timestamp));
        if (!started || continuing) {
            begin(nowNs, us);
        } else if (!proven) {
            measure(nowNs, us);
        }
        long sourceNs = byArrival ? arrivalNs(nowNs, sequence) : us * Ticks.NS_PER_US + shiftNs;
        if (sourceNs > highestNs) {
            highestNs = sourceNs;
            lastArrivalNs = nowNs;
        }
        return sourceNs;
    }

    /** The time of a packet that is repeated, or that is only looked at. */
    long repeatedNs(long sequence, int timestamp) {
        if (continuing) return continuedNs;
        if (!byArrival) return ticks.peek(Integer.toUnsignedLong(timestamp)) * Ticks.NS_PER_US + shiftNs;
        for (long s = sequence; s > sequence - REMEMBERED; s--) {
            int slot = (int) s & REMEMBERED - 1;
            if (rememberedSequence[slot] == s) return rememberedNs[slot];
        }
        return highestNs;
    }

    private void begin(long nowNs, long us) {
        if (continuing) shiftNs = byArrival ? continuedNs - nowNs : continuedNs - us * Ticks.NS_PER_US;
        highestNs = started ? Math.max(highestNs, continuedNs) : us * Ticks.NS_PER_US + shiftNs;
        lastArrivalNs = nowNs;
        started = true;
        continuing = false;
        openWindow(nowNs, us, highestNs);
    }

    private void openWindow(long nowNs, long us, long sourceNs) {
        windowArrivalNs = nowNs;
        windowTicks = us;
        windowSourceNs = sourceNs;
        windowPackets = 0;
    }

    private void measure(long nowNs, long us) {
        windowPackets++;
        long elapsedNs = nowNs - windowArrivalNs;
        long advanceNs = (us - windowTicks) * Ticks.NS_PER_US;
        if (elapsedNs < WINDOW_NS || windowPackets < FEWEST_PACKETS) {
            if (!byArrival && Math.abs(advanceNs - elapsedNs) > RUNAWAY_NS) turnToArrival(nowNs);
            return;
        }
        // DEVIATION(librist): as there, half of the rate is the bound; here it is measured again until it is right
        boolean right = advanceNs > elapsedNs / 2 && advanceNs < elapsedNs + elapsedNs / 2;
        if (!right && !byArrival) {
            turnToArrival(nowNs);
        } else if (right && byArrival) {
            byArrival = false;
            shiftNs = Math.max(highestNs, nowNs + shiftNs) - us * Ticks.NS_PER_US;
        }
        proven = right;
        openWindow(nowNs, us, highestNs);
    }

    /** A clock that stood still is caught up with, one that ran ahead is gone on from. */
    private void turnToArrival(long nowNs) {
        byArrival = true;
        shiftNs = Math.max(windowSourceNs - windowArrivalNs, highestNs - lastArrivalNs);
        if (rememberedNs == null) {
            rememberedNs = new long[REMEMBERED];
            rememberedSequence = new long[REMEMBERED];
        }
    }

    private long arrivalNs(long nowNs, long sequence) {
        int slot = (int) sequence & REMEMBERED - 1;
        // The same packet by another path, or once more: it keeps its time
        if (rememberedSequence[slot] == sequence) return rememberedNs[slot];
        long sourceNs = nowNs + shiftNs;
        rememberedSequence[slot] = sequence;
        rememberedNs[slot] = sourceNs;
        return sourceNs;
    }
}
