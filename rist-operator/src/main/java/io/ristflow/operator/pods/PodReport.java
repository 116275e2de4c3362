package io.ristflow.operator.pods;

import java.util.List;

/**
 * What one media pod said last. Only what a status shows is in here, so that two equal reports make one status.
 *
 * @param pod name of the pod, {@code uid} its uid
 * @param reachable false: the pod is ready as Kubernetes sees it, or has answered before, and did not answer for some polls; flow and document are null then
 * @param flow the flow as the pod runs it; null if it does not run it (yet)
 * @param document what the pod made of its document; null if it does not say
 */
public record PodReport(String pod, String uid, boolean reachable, Flow flow, Document document) {
    PodReport withFlow(Flow other) {
        return new PodReport(pod, uid, reachable, other, document);
    }

    static PodReport unreachable(String pod, String uid) {
        return new PodReport(pod, uid, false, null, null);
    }

    /**
     * The document that the pod read.
     *
     * @param generation generation of the RistFlow that it was made from; null if it does not say
     * @param state InForce, RestartNeeded or Refused
     * @param restartNeeded fields that only a new pod can take on, {@code inputs[0].rist.profile}
     * @param message why it was refused, one line; empty otherwise
     */
    public record Document(Long generation, String state, List<String> restartNeeded, String message) {
        public static final String IN_FORCE = "InForce";
        public static final String RESTART_NEEDED = "RestartNeeded";
        public static final String REFUSED = "Refused";

        public boolean refused() {
            return REFUSED.equals(state);
        }

        /** Whether {@code wanted} can come into force in a new pod alone. */
        public boolean needsRestartFor(long wanted) {
            return !restartNeeded.isEmpty() && generation != null && generation >= wanted;
        }
    }

    /**
     * @param state STARTING, RUNNING (sockets bound), DRAINING, STOPPED or FAILED
     * @param failure why it failed; null if it did not
     * @param bitrateBps media of the active inputs, counted once
     * @param lastSwitch null before another input first took over
     */
    public record Flow(String name, String state, String failure, long bitrateBps, List<End> inputs, List<End> outputs, Switch lastSwitch) {
        Flow with(long otherBps, List<End> otherInputs, List<End> otherOutputs) {
            return new Flow(name, state, failure, otherBps, otherInputs, otherOutputs, lastSwitch);
        }
    }

    /** Another input took over. {@code to}: its name; {@code why}: in words; {@code at}: the pod's own time, as it wrote it. */
    public record Switch(String to, String why, String at) {}

    /**
     * An input or output.
     *
     * @param state of an input Waiting, Idle, Receiving, Ended or Failed; of an output Waiting, Idle, Sending or Failed
     * @param lostPercent what stayed lost of late, percent; null if that is not known
     * @param rist null unless it is RIST
     * @param failure why it failed, the pod's words; null if it did not
     */
    public record End(String name, String state, boolean active, long bitrateBps, Double lostPercent, Rist rist, String failure) {
        public static final String RECEIVING = "Receiving";
        public static final String SENDING = "Sending";
        public static final String IDLE = "Idle";
        public static final String ENDED = "Ended";
        public static final String FAILED = "Failed";

        End with(long otherBps, Double otherLostPercent, Rist otherRist) {
            return new End(name, state, active, otherBps, otherLostPercent, otherRist, failure);
        }

        End withState(String other) {
            return new End(name, other, active, bitrateBps, lostPercent, rist, failure);
        }
    }

    /**
     * A RIST session.
     *
     * @param paths one per peer; of a listener only peers that the protocol knows, in a fixed order
     * @param faults one for each thing that is wrong, however many peers it is wrong with
     * @param lastLostWhy why a peer was last lost; null if none was
     */
    public record Rist(boolean listening, List<Path> paths, List<Fault> faults, String lastLostWhy) {
        Rist withPaths(List<Path> other) {
            return new Rist(listening, other, faults, lastLostWhy);
        }
    }

    /**
     * @param leg configured path that it belongs to
     * @param remote the peer as host:port
     * @param state CONNECTING, HANDSHAKE, CONNECTED or SILENT
     * @param user name of the login that the path passed; null without one
     * @param recoveredPackets of the flow that comes in on the path; null on an output
     */
    public record Path(String leg, String remote, String state, String user, double rttMs, long bitrateBps, Long recoveredPackets, boolean silent,
            boolean muted) {
        Path with(double otherRttMs, long otherBps, Long otherRecovered) {
            return new Path(leg, remote, state, user, otherRttMs, otherBps, otherRecovered, silent, muted);
        }

        public boolean connected() {
            return "CONNECTED".equals(state);
        }
    }

    /**
     * @param reason the service's constant, AesSizeMismatch
     * @param leg configured path; null if the pod cannot tell
     * @param detail both sides' values and what to do
     * @param ofConnectedPeer whether it is wrong with a peer that is connected all the same; else somebody else knocks
     * @param over whether the peer that it was wrong with has given up for the moment
     */
    public record Fault(String reason, String leg, String detail, boolean ofConnectedPeer, boolean over) {}
}
