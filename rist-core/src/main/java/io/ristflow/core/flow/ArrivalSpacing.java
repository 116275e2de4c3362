package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

/** The time between arrivals: the last, and the least and greatest of the running and the previous second. */
public final class ArrivalSpacing {
    private long lastArrivalNs;
    private boolean started;
    private long secondEndNs;
    private long currentNs;
    private long minNs = Long.MAX_VALUE;
    private long maxNs;
    private long previousMinNs = Long.MAX_VALUE;
    private long previousMaxNs;

    public void onArrival(long nowNs) {
        if (!started) {
            started = true;
            lastArrivalNs = nowNs;
            secondEndNs = nowNs + NS_PER_SECOND;
            return;
        }
        if (nowNs >= secondEndNs) {
            previousMinNs = minNs;
            previousMaxNs = maxNs;
            minNs = Long.MAX_VALUE;
            maxNs = 0;
            secondEndNs = nowNs + NS_PER_SECOND;
        }
        currentNs = nowNs - lastArrivalNs;
        lastArrivalNs = nowNs;
        if (currentNs < minNs) minNs = currentNs;
        if (currentNs > maxNs) maxNs = currentNs;
    }

    public long minNs() {
        long min = Math.min(minNs, previousMinNs);
        return min == Long.MAX_VALUE ? 0 : min;
    }

    public long currentNs() {
        return currentNs;
    }

    public long maxNs() {
        return Math.max(maxNs, previousMaxNs);
    }
}
