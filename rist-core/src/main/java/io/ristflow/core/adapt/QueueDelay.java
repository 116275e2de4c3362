package io.ristflow.core.adapt;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

/**
 * How long datagrams wait in front of the narrowest link, from round-trip samples: the least of the last moments over the least of the last tens of seconds. Jitter adds to single samples, a queue
 * to all.
 */
final class QueueDelay {
    private static final int RECENT = 8;
    private static final long RECENT_NS = 400 * NS_PER_MS;
    private static final long STALE_NS = 1_500 * NS_PER_MS;
    private static final long BASE_BUCKET_NS = 10 * NS_PER_SECOND;
    private static final long LEAST_THRESHOLD_NS = 20 * NS_PER_MS;
    private static final long MOST_THRESHOLD_NS = 60 * NS_PER_MS;

    private final long[] sampleNs = new long[RECENT];
    private final long[] atNs = new long[RECENT];
    private int next;
    private int count;
    private long bucketEndNs;
    private long bucketMinNs = Long.MAX_VALUE;
    private long previousMinNs = Long.MAX_VALUE;
    private long jitterNs;

    void onSample(long nowNs, long rttNs) {
        sampleNs[next] = rttNs;
        atNs[next] = nowNs;
        next = (next + 1) % RECENT;
        if (count++ == 0) bucketEndNs = nowNs + BASE_BUCKET_NS;
        if (nowNs >= bucketEndNs) {
            previousMinNs = bucketMinNs;
            bucketMinNs = Long.MAX_VALUE;
            bucketEndNs = nowNs + BASE_BUCKET_NS;
        }
        bucketMinNs = Math.min(bucketMinNs, rttNs);
        long above = rttNs - recentNs(nowNs);
        jitterNs += (above - jitterNs) / 16;
    }

    /** The route changed: what is now is what it takes. */
    void rebase(long nowNs) {
        if (!known(nowNs)) return;
        bucketMinNs = recentNs(nowNs);
        previousMinNs = Long.MAX_VALUE;
        bucketEndNs = nowNs + BASE_BUCKET_NS;
    }

    boolean known(long nowNs) {
        return count > 0 && nowNs - atNs[newest()] < STALE_NS;
    }

    /** 0 if nothing is known. */
    long queueNs(long nowNs) {
        return known(nowNs) ? Math.max(0, recentNs(nowNs) - baseNs()) : 0;
    }

    /** Whether the queue is longer than jitter explains. */
    boolean standing(long nowNs) {
        return queueNs(nowNs) > Math.clamp(LEAST_THRESHOLD_NS + 2 * jitterNs, LEAST_THRESHOLD_NS, MOST_THRESHOLD_NS);
    }

    /** The newest sample, 0 before the first. */
    long lastNs() {
        return count == 0 ? 0 : sampleNs[newest()];
    }

    private long baseNs() {
        return Math.min(bucketMinNs, previousMinNs);
    }

    private long recentNs(long nowNs) {
        long least = sampleNs[newest()];
        for (int i = 0; i < Math.min(count, RECENT); i++) if (nowNs - atNs[i] <= RECENT_NS) least = Math.min(least, sampleNs[i]);
        return least;
    }

    private int newest() {
        return Math.floorMod(next - 1, RECENT);
    }
}
