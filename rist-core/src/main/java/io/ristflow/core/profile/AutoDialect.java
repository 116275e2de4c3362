package io.ristflow.core.profile;

import io.ristflow.core.codec.rtp.RtpHeader;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;

/**
 * A listener that speaks each caller's profile, told by its first datagram: RTP or RTCP as they are mean Simple, GRE and the Advanced profile's RTP the other. What a caller speaks it speaks for
 * good: another profile from the same address is a mismatch.
 */
public final class AutoDialect implements Dialect {
    private final SimpleDialect simple;
    private final Dialect tunnel;
    /** The one that decoded last. */
    private Dialect decoded;

    /** @param tunnel for all that is not Simple */
    public AutoDialect(SimpleDialect simple, Dialect tunnel) {
        this.simple = simple;
        this.tunnel = tunnel;
        decoded = tunnel;
    }

    @Override
    public Peer newPeer(Keyring keyring) {
        return tunnel.newPeer(keyring);
    }

    private Dialect of(Peer peer) {
        return peer.speaksSimple ? simple : tunnel;
    }

    @Override
    public boolean separateControl(Peer peer) {
        return peer.speaksSimple;
    }

    @Override
    public void decode(long nowNs, Peer peer, ByteBuffer datagram, Inbound in) {
        if (!peer.chosen && looksSimple(datagram)) peer.speaksSimple = true;
        // Simple has no encryption (TR-06-1): where a secret is set it is a caller in the clear
        if (peer.speaksSimple && peer.receiveBits != 0) {
            peer.speaksSimple = peer.chosen;
            in.refuse(Refusal.CLEAR_TEXT);
            return;
        }
        decoded = of(peer);
        decoded.decode(nowNs, peer, datagram, in);
        if (peer.chosen) return;
        // Noise must not choose for the caller that comes after it from the same address
        peer.chosen = in.kind != Inbound.Kind.REFUSED && in.kind != Inbound.Kind.IGNORED && in.kind != Inbound.Kind.AWAITING_KEY;
        if (!peer.chosen) peer.speaksSimple = false;
    }

    private static boolean looksSimple(ByteBuffer b) {
        if (b.remaining() < 8 || (b.get(b.position()) & 0xC0) != 0x80) return false;
        return RtpHeader.looksLikeRtcp(b, b.position()) || RtpHeader.payloadType(b, b.position()) != SimpleDialect.ADVANCED_PAYLOAD_TYPE;
    }

    @Override
    public void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket out) {
        decoded.toPacket(in, numbers, path, out);
    }

    @Override
    public boolean readFeedback(Inbound in, Feedback to) {
        return decoded.readFeedback(in, to);
    }

    @Override
    public ByteBuffer media(Peer peer, int ssrc, MediaPacket p, boolean deleteNullPackets) {
        return of(peer).media(peer, ssrc, p, deleteNullPackets);
    }

    @Override
    public boolean takesFragments(Peer peer) {
        return of(peer).takesFragments(peer);
    }

    @Override
    public int mediaTimestamp(Peer peer, long ns) {
        return of(peer).mediaTimestamp(peer, ns);
    }

    @Override
    public RtcpWriter beginRtcp(Peer peer) {
        return of(peer).beginRtcp(peer);
    }

    @Override
    public int beginRequests(Peer peer, int flowId, byte[] cname, MediaNumbers numbers, MissingRanges missing, boolean bitmask, int cursor) {
        return of(peer).beginRequests(peer, flowId, cname, numbers, missing, bitmask, cursor);
    }

    @Override
    public ByteBuffer feedback(Peer peer) {
        return of(peer).feedback(peer);
    }

    @Override
    public ByteBuffer echoRequest(Peer peer, long timestamp) {
        return of(peer).echoRequest(peer, timestamp);
    }

    @Override
    public ByteBuffer echoResponse(Peer peer, Inbound in, int ssrc, byte[] cname, ByteBuffer b, int offset, int length) {
        return of(peer).echoResponse(peer, in, ssrc, cname, b, offset, length);
    }

    @Override
    public ByteBuffer linkQuality(Peer peer, LinkQuality quality) {
        return of(peer).linkQuality(peer, quality);
    }

    @Override
    public ByteBuffer keepAlive(Peer peer, int version, boolean disconnect) {
        return of(peer).keepAlive(peer, version, disconnect);
    }

    @Override
    public ByteBuffer status(Peer peer, int index, int flowId, byte[] cname) {
        return of(peer).status(peer, index, flowId, cname);
    }

    @Override
    public ByteBuffer bufferNegotiation(Peer peer, int senderMaxMs, int receiverCurrentMs) {
        return of(peer).bufferNegotiation(peer, senderMaxMs, receiverCurrentMs);
    }

    @Override
    public ByteBuffer futureNonce(Peer peer) {
        return of(peer).futureNonce(peer);
    }

    @Override
    public ByteBuffer unsupported(Peer peer, Inbound in) {
        return of(peer).unsupported(peer, in);
    }

    @Override
    public ByteBuffer eapol(Peer peer, ByteBuffer frame) {
        return of(peer).eapol(peer, frame);
    }

    @Override
    public ByteBuffer outOfBand(Peer peer, int etherType, ByteBuffer payload) {
        return of(peer).outOfBand(peer, etherType, payload);
    }
}
