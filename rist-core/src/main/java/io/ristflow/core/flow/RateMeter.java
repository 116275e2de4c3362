package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

/**
 * Sums what happened in the last second, in ten slots of 100 ms: amounts (bytes, nanoseconds, …) and how many there were. Adding costs an
 * addition; nothing is allocated. Until a whole second has passed it reports what there was so far.
 */
public final class RateMeter {
    private static final int SLOTS = 10;
    private static final long SLOT_NS = 100 * NS_PER_MS;

    private final long[] amounts = new long[SLOTS];
    private final int[] counts = new int[SLOTS];
    private long slotEndNs = Long.MIN_VALUE;
    private long firstNs;
    private int slot;
    private long sum;
    private long count;

    public void add(long nowNs, long amount) {
        if (nowNs >= slotEndNs) roll(nowNs);
        amounts[slot] += amount;
        counts[slot]++;
        sum += amount;
        count++;
    }

    /** The amounts of the last second. */
    public long sum(long nowNs) {
        if (nowNs >= slotEndNs) roll(nowNs);
        return sum;
    }

    /** How many were added in the last second. */
    public long count(long nowNs) {
        if (nowNs >= slotEndNs) roll(nowNs);
        return count;
    }

    /** For amounts in bytes: bits per second, over the time that the slots really cover, as the newest is not full yet. */
    public long bitsPerSecond(long nowNs) {
        long bits = sum(nowNs) * 8;
        if (nowNs - firstNs < SLOTS * SLOT_NS) return bits;
        long coveredNs = SLOTS * SLOT_NS - (slotEndNs - nowNs);
        return (long) (bits * ((double) NS_PER_SECOND / coveredNs));
    }

    /** The mean amount over the last second, 0 if there was none. */
    public long mean(long nowNs) {
        long n = count(nowNs);
        return n == 0 ? 0 : sum / n;
    }

    private void roll(long nowNs) {
        boolean first = slotEndNs == Long.MIN_VALUE;
        if (first) firstNs = nowNs;
        long steps = first ? SLOTS : (nowNs - slotEndNs) / SLOT_NS + 1;
        for (int i = 0; i < Math.min(steps, SLOTS); i++) {
            slot = slot + 1 == SLOTS ? 0 : slot + 1;
            sum -= amounts[slot];
            count -= counts[slot];
            amounts[slot] = 0;
            counts[slot] = 0;
        }
        slotEndNs = first ? nowNs + SLOT_NS : slotEndNs + steps * SLOT_NS;
    }
}
