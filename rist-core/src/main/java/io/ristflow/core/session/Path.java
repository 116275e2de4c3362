package io.ristflow.core.session;

import io.ristflow.core.adapt.RateController;
import io.ristflow.core.api.Fault;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.flow.RateMeter;
import io.ristflow.core.profile.Peer;

/** One remote address and all that is known of who is there. */
final class Path {
    final int number;
    /** Given by the configuration (a caller's), so it stays when its peer is gone. */
    final boolean configured;
    /** The path of the configuration that it belongs to. */
    final Leg leg;
    final Peer peer;
    /** What its datagrams are protected by; what comes in alone where {@link #sends} is another one. */
    Secret secret;
    /** What goes out is protected by. */
    Secret sends;
    final PathLogin login = new PathLogin();
    final long openedNs;
    final RttEstimator rtt = new RttEstimator();
    final RateMeter dataRate = new RateMeter();
    final RateMeter retryRate = new RateMeter();

    boolean closed;
    /** A one-way receiver's: nothing is ever sent. */
    boolean mute;
    /** Something that made sense came; a stranger's garbage does not count. */
    boolean heard;
    /** The peer's SDES came: media may flow. */
    boolean connected;
    /** RTCP came from here, so RTCP may go there (TR-06-1 §5.1.1: replies go to the last valid RTCP source). */
    boolean control;
    boolean greeted;
    String cname = "";
    byte[] cnameBytes = {};
    int flowId;
    ReceivedFlow flow;
    int senderMaxBufferMs;
    /** The peer says that it cuts payloads in two. */
    boolean splits;

    /** After a disconnect (TR-06-2 §5.6.5): nothing is sent until then. */
    long quietUntilNs = Long.MIN_VALUE;
    int disconnectAnswers;

    /** What the peer was proven to send under, as far as it was noticed. */
    Passphrase passphrase;
    /** As long as no key has proven itself here: when the next may be derived. */
    long nextDerivationNs = Long.MIN_VALUE;

    long lastDatagramNs;
    /** Since when a configured path waits for a first answer. */
    long waitingSinceNs;
    int refusalAnswers;
    long lastRefusalAnswerNs;
    /** When the peer was last told that a control message is not supported (TR-06-3 §5.3.10). */
    long lastUnsupportedNs = Long.MIN_VALUE / 4;
    long firstHeardNs;
    long lastHeardNs;
    long firstMediaNs = Ticks.NEVER;
    long lastMediaNs;
    long nextReportNs;
    long nextKeepAliveNs;
    long nextRebindNs = Ticks.NEVER;
    long rebindBackoffNs;

    /** Middle bits and arrival of the last SR, for LSR and DLSR. */
    int lastSenderReport;
    long lastSenderReportNs;
    long lastEchoNs = Long.MIN_VALUE / 4;

    /** The packet repeated last, and when. */
    long tailSequence = -1;
    long tailRepeatedNs;

    /** Sender: what this peer's reports of the link say the encoder should send; null without adaptation. */
    RateController rate;
    /** Sender: such a report has come. */
    boolean linkReported;
    /** Receiver: this peer has said that it does not know such reports. */
    boolean linkReportsUnsupported;

    long receivedData;
    long receivedBytes;
    long receivedRtcp;
    long sentRtcp;
    long sentPackets;
    long sentBytes;
    long retransmitted;
    long retransmittedBytes;
    long nullPackets;
    long skippedBandwidth;
    long skippedSuppressed;
    long skippedExhausted;
    long skippedAged;

    /** Source to here, by clocks that have nothing to do with each other: only its difference to another path's means anything. */
    boolean transitKnown;
    long transitNs;

    /** When each fault was last met, by ordinal; NEVER: not active. */
    final long[] faultActiveNs = new long[Fault.values().length];

    void onTransit(long ns) {
        long difference = ns - transitNs;
        // A jump of the source's clock
        if (!transitKnown || Math.abs(difference) > Ticks.NS_PER_SECOND) transitNs = ns;
        else transitNs += difference / 16;
        transitKnown = true;
    }

    /** Whether it can be sent to: with a secret, once the first key is derived. */
    boolean ready() {
        return !mute && peer.readyToSend();
    }

    Path(int number, Leg leg, boolean configured, Peer peer, long nowNs) {
        this.number = number;
        this.configured = configured;
        this.leg = leg;
        secret = leg.secret;
        sends = leg.secret;
        this.peer = peer;
        openedNs = nowNs;
        lastHeardNs = nowNs;
        waitingSinceNs = nowNs;
        lastRefusalAnswerNs = nowNs - Ticks.NS_PER_SECOND;
        lastDatagramNs = nowNs;
        nextReportNs = nowNs;
        nextKeepAliveNs = nowNs;
        java.util.Arrays.fill(faultActiveNs, Ticks.NEVER);
    }
}
