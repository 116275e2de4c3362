package io.ristflow.core.profile;

import io.ristflow.core.codec.rtp.RtpHeader;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;

/** The Simple profile (TR-06-1): RTP and RTCP as they are, each on its own UDP port. */
public final class SimpleDialect implements Dialect {
    private static final int CAPACITY = 10_240;

    private final RtpMedia rtp = new RtpMedia();
    private final ByteBuffer out = ByteBuffer.allocateDirect(CAPACITY);
    private final RtcpWriter rtcp = new RtcpWriter(out, 0);

    @Override
    public Peer newPeer() {
        return new Peer(null);
    }

    @Override
    public void decode(long nowNs, Peer peer, ByteBuffer datagram, Inbound in) {
        int offset = datagram.position();
        int end = datagram.limit();
        if (end - offset < 8) {
            in.refuse(Refusal.MALFORMED);
        } else if ((datagram.get(offset) & 0xC0) != 0x80) {
            in.refuse(looksLikeGre(datagram, offset) ? Refusal.PROFILE_MISMATCH : Refusal.MALFORMED);
        } else if (RtpHeader.looksLikeRtcp(datagram, offset)) {
            in.set(Inbound.Kind.RTCP, datagram, offset, end);
        } else if (!rtp.read(datagram, offset, end, in)) {
            in.refuse(Refusal.MALFORMED);
        } else if (RtpHeader.payloadType(datagram, offset) == ADVANCED_PAYLOAD_TYPE) {
            in.refuse(Refusal.PROFILE_MISMATCH);
        }
    }

    /** TR-06-3 §5.2.1: the Advanced profile's RTP payload type. */
    static final int ADVANCED_PAYLOAD_TYPE = 127;

    /** GRE's first byte has only C, K and S (TR-06-2 §5.1), and one of RIST's EtherTypes follows. */
    static boolean looksLikeGre(ByteBuffer b, int offset) {
        if ((b.get(offset) & 0x4F) != 0) return false;
        return switch (b.getShort(offset + 2) & 0xFFFF) {
            case 0x88B5, 0x88B6, 0xCCE0, 0x888E, 0x0800 -> true;
            default -> false;
        };
    }

    @Override
    public void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket packet) {
        rtp.toPacket(in, numbers, path, packet);
    }

    @Override
    public ByteBuffer media(Peer peer, int ssrc, MediaPacket p, boolean deleteNullPackets) {
        out.clear();
        int end = rtp.write(out, 0, ssrc, p, deleteNullPackets);
        return out.position(0).limit(end);
    }

    @Override
    public RtcpWriter beginRtcp() {
        out.clear();
        return rtcp.begin();
    }

    @Override
    public ByteBuffer rtcp(Peer peer) {
        return out.position(0).limit(rtcp.end());
    }

    @Override
    public ByteBuffer keepAlive(Peer peer, int version, boolean disconnect) {
        return null;
    }

    @Override
    public ByteBuffer bufferNegotiation(Peer peer, int senderMaxMs, int receiverCurrentMs) {
        return null;
    }

    @Override
    public ByteBuffer futureNonce(Peer peer) {
        return null;
    }

    @Override
    public boolean readyToSend() {
        return true;
    }

    @Override
    public int sendKeyWanted() {
        return 0;
    }

    @Override
    public void offerSendKey(PskKey key) {
        throw new IllegalStateException("the Simple profile has no keys");
    }

    @Override
    public int nextNonce() {
        return 0;
    }

    @Override
    public long packetsToRotation() {
        return Long.MAX_VALUE;
    }

    @Override
    public void holdRotation(boolean hold) {
        // Without keys nothing rotates.
    }

    @Override
    public int overheadBytes() {
        return 0;
    }
}
