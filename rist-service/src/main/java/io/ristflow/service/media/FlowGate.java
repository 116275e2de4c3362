package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;

/**
 * Which flow an output carries: the one that was asked for or, if none was, the first that comes, so that two flows on one port are never
 * mixed into one stream. When the followed flow has been silent for a while (its sender was restarted under another flow id) the next one
 * is followed.
 */
final class FlowGate {
    static final long SILENCE_NS = 250 * Ticks.NS_PER_MS;

    private final boolean any;
    private int flowId;
    private boolean following;
    private boolean heard;
    private long heardNs;

    /** @param flowId 0 for the first that comes */
    FlowGate(int flowId) {
        any = flowId == 0;
        following = !any;
        this.flowId = evened(flowId);
    }

    boolean admits(int id) {
        if (!following) {
            following = true;
            flowId = evened(id);
        }
        if (evened(id) != flowId) return false;
        heard = true;
        return true;
    }

    /** End of a tick. */
    void tick(long nowNs) {
        if (heard) {
            heard = false;
            heardNs = nowNs;
        } else if (any && following && nowNs - heardNs > SILENCE_NS) {
            following = false;
        }
    }

    /** Whether anything came within the last second. */
    boolean busy(long nowNs) {
        return heard || heardNs != 0 && nowNs - heardNs < Ticks.NS_PER_SECOND;
    }

    // TR-06-1 §5.3.3: the low bit of an SSRC marks retransmissions and is no part of the flow's id.
    private static int evened(int id) {
        return id & ~1;
    }
}
