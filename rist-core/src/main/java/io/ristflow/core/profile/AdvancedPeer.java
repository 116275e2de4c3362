package io.ristflow.core.profile;

import io.ristflow.core.codec.gre.KeepAlive;

/** A peer of an {@link AdvancedDialect}: in Main framing until it says that it can do more. */
final class AdvancedPeer extends Peer {
    /** The I bit came: it is spoken to in Advanced framing (TR-06-3 §9). */
    boolean advanced;
    /** The C bit came: it expands compressed payloads. */
    boolean compression;
    /** The G bit came: it joins fragments. */
    boolean fragmentation;
    /** What a keep-alive said under a key that nothing has proven yet: the opening burst has them in front of all that could. */
    private boolean doubted;
    private int doubtedCapabilities;
    /** Keep-alives sent to it. */
    int greetings;
    /** Numbers of the unprotected packets sent to it, which have a sequence of their own (§5.2.1). */
    int controlSequence;
    /** The even SSRC of the media that is sent to it; 0 if none is. */
    int mediaSsrc;

    /** The flow id that its RTCP and its media in Main framing have; 0 as long as there was none. */
    private int mainFlowId;
    /** The even SSRC of its media in Advanced framing, and the flow that this belongs to. */
    private int boundSsrc;
    private int boundFlowId;
    private boolean bound;

    AdvancedPeer(Keyring keyring) {
        super(keyring);
    }

    /** What its keep-alive says, in the bits of librist's block ({@link KeepAlive#BLOCK_ADVANCED} and so on). */
    void announced(int capabilities) {
        advanced = (capabilities & KeepAlive.BLOCK_ADVANCED) != 0;
        compression = (capabilities & KeepAlive.BLOCK_COMPRESSION) != 0;
        fragmentation = (capabilities & KeepAlive.BLOCK_G) != 0;
        doubted = false;
    }

    /** The same under an unproven key: it counts from {@link #proven} on. */
    void announcedInDoubt(int capabilities) {
        doubted = true;
        doubtedCapabilities = capabilities;
    }

    /** Something under its key made sense. */
    void proven() {
        if (doubted) announced(doubtedCapabilities);
    }

    /** §9: a session starts in Main framing. */
    void startOver() {
        announced(0);
        greetings = 0;
    }

    /** An SSRC in Main framing told the flow. */
    void noteMainSsrc(int ssrc) {
        mainFlowId = ssrc & ~1;
    }

    /** The SSRC of its media in Advanced framing, for requests. */
    int advancedSsrc() {
        return boundSsrc;
    }

    /**
     * The flow of an SSRC in Advanced framing. DEVIATION(librist): that SSRC is drawn apart from the flow id that Main framing and RTCP have, so a flow is known by who sends it: what changes its
     * framing stays the same flow. A second SSRC of the same peer is a flow of its own.
     */
    int flowId(int ssrc, AdvancedFlows flows) {
        int even = ssrc & ~1;
        if (bound && even == boundSsrc) return boundFlowId;
        boolean taken = bound && mainFlowId == boundFlowId;
        boundFlowId = flows.flowOf(even, mainFlowId == 0 || taken ? even : mainFlowId);
        boundSsrc = even;
        bound = true;
        return boundFlowId;
    }
}
