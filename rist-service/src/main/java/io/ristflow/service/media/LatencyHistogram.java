package io.ristflow.service.media;

/** Nanoseconds in 128 steps per doubling (below 0.8 % wide), all of {@code long}; recording allocates nothing. */
final class LatencyHistogram {
    private static final int STEP_BITS = 7;
    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[(64 - STEP_BITS + 1) * STEPS];
    private long samples;
    private long min = Long.MAX_VALUE;
    private long max;

    void record(long ns) {
        long value = Math.max(0, ns);
        counts[index(value)]++;
        samples++;
        if (value < min) min = value;
        if (value > max) max = value;
    }

    long samples() {
        return samples;
    }

    /** 0 if there are none. */
    long min() {
        return samples == 0 ? 0 : min;
    }

    long max() {
        return max;
    }

    /** The value that a share of 0..1 of all samples do not exceed, to the step's upper end; 0 if there are none. */
    long quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * samples));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) return Math.max(min(), Math.min(max, upperEnd(i)));
        }
        return max;
    }

    private static int index(long value) {
        if (value < 2 * STEPS) return (int) value;
        int shift = 63 - Long.numberOfLeadingZeros(value) - STEP_BITS;
        return (shift << STEP_BITS) + (int) (value >>> shift);
    }

    private static long upperEnd(int index) {
        if (index < 2 * STEPS) return index;
        int shift = (index >> STEP_BITS) - 1;
        return ((long) (index - (shift << STEP_BITS)) + 1 << shift) - 1;
    }
}
