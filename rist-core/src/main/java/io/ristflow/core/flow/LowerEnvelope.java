package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import java.util.Arrays;

/**
 * The lower envelope of (arrival - source time) over the last eight seconds: the path's delay without its jitter, plus the distance of
 * the two clocks. Kept as the least value of each half second; of these the second least is taken, so that no single odd timestamp moves
 * anything.
 */
final class LowerEnvelope {
    private static final int BUCKETS = 16;
    private static final long BUCKET_NS = 500 * NS_PER_MS;
    private static final long EMPTY = Long.MAX_VALUE;

    private final long[] least = new long[BUCKETS];
    private int bucket;
    private long bucketEndNs = Long.MIN_VALUE;

    LowerEnvelope() {
        reset();
    }

    void reset() {
        Arrays.fill(least, EMPTY);
        bucketEndNs = Long.MIN_VALUE;
    }

    void add(long nowNs, long delayNs) {
        if (nowNs >= bucketEndNs) roll(nowNs);
        if (delayNs < least[bucket]) least[bucket] = delayNs;
    }

    boolean isEmpty() {
        for (long value : least) if (value != EMPTY) return false;
        return true;
    }

    /** The least of all; the caller asks {@link #isEmpty()} first. */
    long leastNs() {
        long min = EMPTY;
        for (long value : least) min = Math.min(min, value);
        return min;
    }

    /** The second least of the buckets, or the only one. */
    long robustNs() {
        long min = EMPTY;
        long second = EMPTY;
        for (long value : least) {
            if (value < min) {
                second = min;
                min = value;
            } else if (value < second) {
                second = value;
            }
        }
        return second == EMPTY ? min : second;
    }

    private void roll(long nowNs) {
        boolean first = bucketEndNs == Long.MIN_VALUE;
        long steps = first ? BUCKETS : (nowNs - bucketEndNs) / BUCKET_NS + 1;
        for (int i = 0; i < Math.min(steps, BUCKETS); i++) {
            bucket = (bucket + 1) % BUCKETS;
            least[bucket] = EMPTY;
        }
        bucketEndNs = first ? nowNs + BUCKET_NS : bucketEndNs + steps * BUCKET_NS;
    }
}
