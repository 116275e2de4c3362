package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

/** The receiver's round-trip time: an EWMA of 1/8, and the same between a floor and a ceiling, which paces requests. */
final class PacingRtt {
    private static final long HARD_FLOOR_NS = 3 * NS_PER_MS;
    private static final long ABSURD_NS = 60 * NS_PER_SECOND;

    private final long floorNs;
    private final long ceilingNs;
    private final long seedNs;
    private long smoothedNs;
    private boolean known;

    PacingRtt(FlowSettings settings) {
        long spread = settings.maxRetries() > 0 ? settings.bufferMinNs() / settings.maxRetries() : 0;
        floorNs = Math.max(Math.max(settings.rttMinNs(), HARD_FLOOR_NS), spread);
        ceilingNs = Math.max(settings.rttMaxNs(), floorNs);
        // librist begins with 8 x rtt-min.
        seedNs = 8 * settings.rttMinNs();
    }

    void onSample(long sampleNs) {
        if (sampleNs < 0 || sampleNs > ABSURD_NS) return;
        smoothedNs = known ? smoothedNs + (sampleNs - smoothedNs) / 8 : sampleNs;
        known = true;
    }

    /** As measured; 0 before the first sample. */
    long smoothedNs() {
        return smoothedNs;
    }

    /** What an answer takes as far as is known. */
    long expectedNs() {
        return known ? smoothedNs : seedNs;
    }

    /** What requests are spaced by. */
    long pacingNs() {
        return Math.clamp(expectedNs(), floorNs, ceilingNs);
    }

    boolean known() {
        return known;
    }
}
