package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.RtcpWriter;

/** What sender and receiver do differently in a {@link Conversation}. */
interface Part {
    boolean sendsMedia();

    /** Whether this side decides which passphrase is in force, rather than go after its peer: the sender of the media (TR-06-2 §7.4). */
    boolean choosesPassphrase();

    /** The SSRC to speak under towards this path: the flow id, as far as it is known. */
    int ssrc(Path path);

    /** Writes the report that leads a periodic compound. */
    void writeReport(long nowNs, Path path, RtcpWriter rtcp);

    /** What buffer negotiation says of this side, milliseconds; 0: not this side's to say. */
    int senderMaxBufferMs();

    int receiverBufferMs(Path path);

    /** Whether this side cuts payloads in two, and says so. */
    boolean splits();

    /** Anything that made sense came. */
    void onHeard(long nowNs, Path path);

    void onMedia(long nowNs, Path path, Inbound in, EffectSink sink);

    /** The peer's SDES came under this SSRC; called for every one. */
    void onDescription(long nowNs, Path path, int ssrc);

    void onConnected(long nowNs, Path path, EffectSink sink);

    void onLost(long nowNs, Path path, String why, EffectSink sink);

    /** The path's number may be another's from now on. */
    void onClosed(Path path);

    void onSenderReport(long nowNs, Path path, RtcpDigest digest);

    void onRequests(long nowNs, Path path, RtcpDigest digest, EffectSink sink);

    void onRtt(long nowNs, Path path, long sampleNs);

    void onBufferNegotiation(long nowNs, Path path, int senderMaxMs, int receiverCurrentMs, EffectSink sink);

    /** A receiver's report of the link came (TR-06-4 Part 1). */
    default void onLinkQuality(long nowNs, Path path, LinkQuality quality, EffectSink sink) {}

    /** A packet came that says nothing of media and yet counts for the link (TR-06-4 Part 1 §5.1): a keep-alive, an echo response. */
    default void onControl(Path path) {}

    /** The peer does not know our control message of this index (TR-06-3 §5.3.10). */
    default void onUnsupported(Path path, int control) {}

    /** On a path's report cadence: what is amiss that only shows with time. */
    void review(long nowNs, Path path, EffectSink sink);
}
