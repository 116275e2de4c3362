package io.ristflow.service.runtime;

/**
 * Which of a port's flows goes to the outputs that name none: the first until it ends, as two mixed into one output would be of no use to anybody. A sender that restarts takes a new flow id and,
 * most often, a new address; it is known by having begun when the followed flow had ceased, and need not wait until the session has given that one up.
 */
final class FollowedFlow {
    /** A pause in the playout that no restart is shorter than and that only an outage makes. */
    static final long SILENCE_NS = 250_000_000;

    private final long bufferNs;
    private int flowId;
    private long deliveredNs;
    private int newcomer;
    private long newcomerNs;

    /** @param bufferNs how long a packet may lie between its arrival and its delivery */
    FollowedFlow(long bufferNs) {
        this.bufferNs = bufferNs;
    }

    void started(long nowNs, int id) {
        newcomer = id;
        newcomerNs = nowNs;
    }

    void ended(int id) {
        if (flowId == id) flowId = 0;
        if (newcomer == id) newcomer = 0;
    }

    /** Whether a payload of this flow, delivered now, is for those outputs. */
    boolean carries(long nowNs, int id) {
        if (flowId != id && flowId != 0 && !replaces(nowNs, id)) return false;
        flowId = id;
        deliveredNs = nowNs;
        return true;
    }

    /** Nothing of the followed flow that came in after the newcomer's first packet has been played out: then it had ceased by then. */
    private boolean replaces(long nowNs, int id) {
        return id == newcomer && nowNs - deliveredNs > SILENCE_NS && deliveredNs - bufferNs <= newcomerNs;
    }
}
