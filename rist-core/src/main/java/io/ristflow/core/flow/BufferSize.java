package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

/**
 * How long the recovery buffer is. Fixed when its two bounds are equal; their midpoint as long as the sender's bound is not known; from
 * then on 7 x RTT plus the reorder window within the bounds of both: raised at once, as loss is the price of waiting, lowered by at most
 * 50 ms a second.
 */
final class BufferSize {
    private static final int RTT_MULTIPLIER = 7;
    private static final long STEP_DOWN_NS = 50 * NS_PER_MS;
    private static final long STEP_INTERVAL_NS = NS_PER_SECOND;

    private final long minNs;
    private final long maxNs;
    private final long reorderNs;
    private long senderMaxNs;
    private long bufferNs;
    private long lastStepNs;
    private boolean stepped;

    BufferSize(FlowSettings settings) {
        minNs = settings.bufferMinNs();
        maxNs = settings.bufferMaxNs();
        reorderNs = settings.reorderNs();
        bufferNs = minNs + (maxNs - minNs) / 2;
    }

    /** A sender that keeps less than our least buffer cannot be negotiated with: the midpoint stays. */
    void onSenderMax(long senderMaxNs) {
        this.senderMaxNs = senderMaxNs;
    }

    void onRtt(long nowNs, long rttNs) {
        if (!scales()) return;
        long targetNs = Math.clamp(RTT_MULTIPLIER * rttNs + reorderNs, minNs, Math.min(maxNs, senderMaxNs));
        if (targetNs >= bufferNs) {
            bufferNs = targetNs;
        } else if (!stepped || nowNs - lastStepNs >= STEP_INTERVAL_NS) {
            bufferNs = Math.max(targetNs, bufferNs - STEP_DOWN_NS);
            lastStepNs = nowNs;
            stepped = true;
        }
    }

    boolean scales() {
        return minNs != maxNs && senderMaxNs >= minNs;
    }

    long bufferNs() {
        return bufferNs;
    }
}
