package io.ristflow.core.session;

/** Round-trip time of one path: the last sample, which gates retransmissions, and the smoothed value, which people read (field practice of librist: EWMA 1/8). */
final class RttEstimator {
    private static final long MAX_SAMPLE_NS = 10_000_000_000L;

    private long lastNs;
    private long smoothedNs;

    /** Takes a sample; what cannot be one (a peer's invention) is ignored. @return whether it was taken */
    boolean sample(long ns) {
        if (ns < 0 || ns > MAX_SAMPLE_NS) return false;
        lastNs = Math.max(ns, 1);
        smoothedNs = smoothedNs == 0 ? lastNs : smoothedNs + (lastNs - smoothedNs) / 8;
        return true;
    }

    /** 0 if there is none yet. */
    long lastNs() {
        return lastNs;
    }

    /** 0 if there is none yet. */
    long smoothedNs() {
        return smoothedNs;
    }
}
