package io.ristflow.core.api;

/** What a session tells its host apart from datagrams and payloads. */
public sealed interface SessionEvent {
    /** A path's peer is known: its SDES arrived (TR-06-1 §5.2.5), media may flow. */
    record PeerConnected(int path, int flowId, String cname) implements SessionEvent {}

    /** The two ends of a path have proven themselves (TR-06-2 Annex D); {@code user} is the caller's name, here or there. */
    record PeerAuthenticated(int path, String user) implements SessionEvent {}

    /** A path's peer was refused, or refuses this side. {@code user} is as the peer wrote it, and may be empty; {@code why} is for people. */
    record PeerRefused(int path, String user, String why) implements SessionEvent {}

    /** A path's peer was silent for the session timeout, or said farewell. */
    record PeerLost(int path, String why) implements SessionEvent {}

    /** A fault began, or began again after it had ceased. {@code detail} names both sides' values and what to do. */
    record FaultRaised(int path, Fault fault, String detail) implements SessionEvent {}

    /** A fault that had been raised is over: proper datagrams arrive again. */
    record FaultCleared(int path, Fault fault) implements SessionEvent {}

    /** The first media packet of a flow was accepted. */
    record FlowStarted(int flowId, int path) implements SessionEvent {}

    /** A flow ended: its peers left, or a new flow id took its place. */
    record FlowEnded(int flowId, String why) implements SessionEvent {}

    /** The receiver's recovery buffer changed (auto-scaling or negotiation). */
    record BufferChanged(int flowId, long bufferNs) implements SessionEvent {}

    /** What the encoder should send from now on: what the receivers report of the link says so (TR-06-4 Part 1 §6.1). Bits a second, media alone. Senders with adaptation only. */
    record TargetBitrate(int flowId, long bps) implements SessionEvent {}

    /** A caller heard nothing for long enough that a new source port should be tried (TR-06-1 §5.1.1; conntrack and NAT state). The host re-binds the path's socket. */
    record RebindWanted(int path) implements SessionEvent {}

    /**
     * From now on this side encrypts under this passphrase, by {@code usePassphrase}, after its peer, or as it was replaced.
     *
     * @param leg as in {@link KeyStats}
     */
    record PassphraseInForce(int leg, Parity parity) implements SessionEvent {}

    /** A path's peer has gone over to this passphrase. */
    record PeerPassphraseChanged(int path, Parity parity) implements SessionEvent {}
}
