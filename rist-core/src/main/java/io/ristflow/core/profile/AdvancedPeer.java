package io.ristflow.core.profile;

/** A peer of an {@link AdvancedDialect}: in Main framing until it says that it can do more. */
final class AdvancedPeer extends Peer {
    /** The I bit came: it is spoken to in Advanced framing (TR-06-3 §9). */
    boolean advanced;
    /** The C bit came: it expands compressed payloads. */
    boolean compression;
    /** What a keep-alive said under a key that nothing has proven yet: the opening burst has them in front of all that could. */
    private boolean doubted;
    private boolean doubtedAdvanced;
    private boolean doubtedCompression;
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

    /** What its keep-alive says. */
    void announced(boolean nowAdvanced, boolean nowCompression) {
        advanced = nowAdvanced;
        compression = nowCompression;
        doubted = false;
    }

    /** The same under an unproven key: it counts from {@link #proven} on. */
    void announcedInDoubt(boolean nowAdvanced, boolean nowCompression) {
        doubted = true;
        doubtedAdvanced = nowAdvanced;
        doubtedCompression = nowCompression;
    }

    /** Something under its key made sense. */
    void proven() {
        if (doubted) announced(doubtedAdvanced, doubtedCompression);
    }

    /** §9: a session starts in Main framing. */
    void startOver() {
        announced(false, false);
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
    int flowId(int ssrc) {
        int even = ssrc & ~1;
        if (bound && even == boundSsrc) return boundFlowId;
        if (bound && (mainFlowId == 0 || mainFlowId == boundFlowId)) return even;
        bound = true;
        boundSsrc = even;
        boundFlowId = mainFlowId != 0 ? mainFlowId : even;
        return boundFlowId;
    }
}
