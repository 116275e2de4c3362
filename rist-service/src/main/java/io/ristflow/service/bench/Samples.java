package io.ristflow.service.bench;

import java.util.Arrays;

/** Durations, each kept: a histogram's steps would be as wide at a second of latency as what is to be told apart. One thread; grows by doubling. */
final class Samples {
    private int[] us = new int[1 << 16];
    private int count;

    void add(long ns) {
        if (count == us.length) us = Arrays.copyOf(us, count * 2);
        us[count++] = (int) Math.clamp(ns / 1_000, 0, Integer.MAX_VALUE);
    }

    Figures.Quantiles quantiles() {
        int[] sorted = Arrays.copyOf(us, count);
        Arrays.sort(sorted);
        return new Figures.Quantiles(quantileMs(sorted, 0.5), quantileMs(sorted, 0.99), quantileMs(sorted, 0.999), quantileMs(sorted, 1));
    }

    /** What a share of all does not exceed; 0 if there are none. */
    private static double quantileMs(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e3;
    }
}
