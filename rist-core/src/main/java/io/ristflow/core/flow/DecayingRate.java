package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

/**
 * A bit rate as an exponentially weighted moving average in continuous time: what was added weighs less by the factor e for every time constant that
 * has passed. A short constant follows bursts, a long one smooths them. Nothing is allocated.
 */
final class DecayingRate {
    private final double tauNs;
    /** Rate in bits per second for each bit that has just been added. */
    private final double perBit;
    private double bps;
    private long atNs;

    DecayingRate(long timeConstantNs) {
        tauNs = timeConstantNs;
        perBit = (double) NS_PER_SECOND / timeConstantNs;
    }

    void add(long nowNs, int bytes) {
        bps = bps(nowNs) + bytes * 8 * perBit;
        atNs = nowNs;
    }

    double bps(long nowNs) {
        long passedNs = nowNs - atNs;
        return bps == 0 || passedNs <= 0 ? bps : bps * decay(passedNs / tauNs);
    }

    private static double decay(double x) {
        // Between two packets x is small, and the series is exact to 1e-7 where exp() would cost half of a push.
        return x < 0.01 ? 1 - x + x * x / 2 : Math.exp(-x);
    }
}
