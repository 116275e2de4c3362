package io.ristflow.core.config;

/**
 * A sender.
 *
 * @param flowId SSRC of the media, its low bit 0 (TR-06-1 §5.3.3 uses it to mark retransmissions); 0: drawn at random
 * @param nullPacketDeletion take null transport packets out (TR-06-2 §8)
 * @param holdUntilPeer keep payloads until a peer's SDES was seen, instead of sending blindly (librist drops them); never on a one-way session
 * @param split cut every payload in two
 * @param adaptation null: what receivers report of the link is not looked at
 */
public record SenderConfig(SessionConfig session, int flowId, boolean nullPacketDeletion, boolean holdUntilPeer, SplitMode split, AdaptationConfig adaptation) {
    public SenderConfig {
        if (nullPacketDeletion && (session.profile() == Profile.ADVANCED || session.profile() == Profile.AUTO)) {
            throw new ConfigException("npd", "1 is for the Simple and Main profiles, as TR-06-3 has no such thing; take profile=main, or compression=1 in its place");
        }
        if (session.oneWay()) {
            if (session.role() == Role.LISTENER) throw new ConfigException("one-way", "a sender that hears nobody cannot be called; write rist://host:port");
            holdUntilPeer = false;
        }
        if ((flowId & 1) != 0) throw new ConfigException("flow-id", Integer.toUnsignedString(flowId) + " is odd; the low bit marks retransmissions, take an even number");
    }

    public SenderConfig(SessionConfig session, int flowId, boolean nullPacketDeletion, boolean holdUntilPeer, SplitMode split) {
        this(session, flowId, nullPacketDeletion, holdUntilPeer, split, null);
    }

    public SenderConfig(SessionConfig session, int flowId, boolean nullPacketDeletion, boolean holdUntilPeer) {
        this(session, flowId, nullPacketDeletion, holdUntilPeer, SplitMode.OFF);
    }

    public SenderConfig withAdaptation(AdaptationConfig to) {
        return new SenderConfig(session, flowId, nullPacketDeletion, holdUntilPeer, split, to);
    }
}
