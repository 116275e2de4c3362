package io.ristflow.core.profile;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.rtp.RtpHeader;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;

/** The Simple profile (TR-06-1): RTP and RTCP as they are, each on its own UDP port. */
public final class SimpleDialect implements Dialect {
    private static final int CAPACITY = 10_240;

    private final RtpMedia rtp = new RtpMedia();
    private final ByteBuffer out = ByteBuffer.allocateDirect(CAPACITY);
    private final RtcpWriter rtcp = new RtcpWriter(out, 0);

    @Override
    public Peer newPeer(Keyring keyring) {
        return new Peer(keyring);
    }

    @Override
    public boolean separateControl(Peer peer) {
        return true;
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
            in.set(Inbound.Kind.FEEDBACK, datagram, offset, end);
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
    public boolean readFeedback(Inbound in, Feedback to) {
        return RtcpReader.read(in.buffer, in.offset, in.end, to);
    }

    @Override
    public boolean takesFragments(Peer peer) {
        return false;
    }

    @Override
    public int mediaTimestamp(Peer peer, long ns) {
        return (int) Ticks.nsToRtp90k(ns);
    }

    @Override
    public RtcpWriter beginRtcp(Peer peer) {
        out.clear();
        return rtcp.begin();
    }

    @Override
    public int beginRequests(Peer peer, int flowId, byte[] cname, MediaNumbers numbers, MissingRanges missing, boolean bitmask, int cursor) {
        return beginRtcp(peer).requests(flowId, cname, missing, bitmask, cursor);
    }

    @Override
    public ByteBuffer feedback(Peer peer) {
        return out.position(0).limit(rtcp.end());
    }

    @Override
    public ByteBuffer echoRequest(Peer peer, long timestamp) {
        return null;
    }

    @Override
    public ByteBuffer echoResponse(Peer peer, Inbound in, int ssrc, byte[] cname, ByteBuffer b, int offset, int length) {
        beginRtcp(peer).emptyReport(ssrc).sourceDescription(ssrc, cname).echoResponse(b, offset, length, 0);
        return feedback(peer);
    }

    @Override
    public ByteBuffer linkQuality(Peer peer, LinkQuality quality) {
        return null;
    }

    @Override
    public ByteBuffer keepAlive(Peer peer, int version, boolean disconnect) {
        return null;
    }

    @Override
    public ByteBuffer status(Peer peer, int index, int flowId, byte[] cname) {
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
    public ByteBuffer unsupported(Peer peer, Inbound in) {
        return null;
    }

    @Override
    public ByteBuffer eapol(Peer peer, ByteBuffer frame) {
        return null;
    }

    @Override
    public ByteBuffer outOfBand(Peer peer, int etherType, ByteBuffer payload) {
        return null;
    }
}
