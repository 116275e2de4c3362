package io.ristflow.core.profile;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.codec.gre.BufferNegotiation;
import io.ristflow.core.codec.gre.FutureNonce;
import io.ristflow.core.codec.gre.GreHeader;
import io.ristflow.core.codec.gre.KeepAlive;
import io.ristflow.core.codec.gre.ReducedHeader;
import io.ristflow.core.codec.gre.VsfHeader;
import io.ristflow.core.codec.rtp.RtpHeader;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The Main profile (TR-06-2): RTP and RTCP behind a GRE header and a reduced-overhead header, encrypted from after the GRE sequence number on where a key is set.
 */
public final class MainDialect implements Dialect {
    /** librist takes media from 0x8000 + peer id; nobody demultiplexes on it (§5.3.2). */
    private static final int VIRTUAL_SOURCE_PORT = 0x8000;

    private static final int CAPACITY = 10_240;
    /** Room in front of the inner packet: keyed GRE header, VSF header, reduced header. */
    private static final int HEADERS = 12 + VsfHeader.LENGTH + ReducedHeader.LENGTH;
    /** Datagrams of garbage after which an unconfirmed key is called wrong: one or two may be stray. */
    private static final int GARBAGE_BEFORE_MISMATCH = 3;

    private final int virtDstPort;
    private final KeepAlive ownKeepAlive;
    private final KeepAlive ownDisconnect;
    private final KeepAlive ownSplitting;
    private final RtpMedia rtp = new RtpMedia();
    private final ByteBuffer out;
    /** Where the inner packet begins in {@link #out}. */
    private final int inner;
    private final RtcpWriter rtcp;

    public MainDialect(int virtDstPort, RandomGenerator random) {
        this(virtDstPort, new KeepAlive(drawMac(random), KeepAlive.LIBRIST_CAPABILITIES1, KeepAlive.LIBRIST_CAPABILITIES2, false, 0, ""), 0);
    }

    /** @param headroom bytes that every datagram has free before its position */
    MainDialect(int virtDstPort, KeepAlive keepAlive, int headroom) {
        this.virtDstPort = virtDstPort;
        ownKeepAlive = keepAlive;
        ownDisconnect = new KeepAlive(
                keepAlive.mac(), keepAlive.capabilities1(), keepAlive.capabilities2() | KeepAlive.CAP2_DISCONNECT, keepAlive.advancedBlock(), keepAlive.advancedFlags(), "");
        ownSplitting = new KeepAlive(
                keepAlive.mac(), keepAlive.capabilities1() | KeepAlive.CAP1_SPLIT, keepAlive.capabilities2(), keepAlive.advancedBlock(), keepAlive.advancedFlags(), "");
        inner = headroom + HEADERS;
        out = ByteBuffer.allocateDirect(headroom + CAPACITY);
        rtcp = new RtcpWriter(out, inner);
    }

    /** §5.6.3: unique per device, with care in virtual machines and pods; so a locally administered one of our own. */
    static byte[] drawMac(RandomGenerator random) {
        byte[] mac = new byte[6];
        random.nextBytes(mac);
        mac[0] = (byte) (mac[0] & 0xFC | 0x02);
        return mac;
    }

    @Override
    public Peer newPeer(Keyring keyring) {
        return new Peer(keyring);
    }

    @Override
    public boolean separateControl(Peer peer) {
        return false;
    }

    // ---- inbound -------------------------------------------------------------------------------------------------------------

    @Override
    public void decode(long nowNs, Peer peer, ByteBuffer b, Inbound in) {
        int offset = b.position();
        int end = b.limit();
        int header = GreHeader.length(b, offset, end);
        if (header < 0) {
            // DEVIATION(librist): when it repeats an EAPOL request it forgets the GRE header. A login through losses would take seconds without these.
            if (EapolFrame.looksLike(b, offset, end)) {
                in.set(Inbound.Kind.EAPOL, b, offset, end);
                return;
            }
            boolean rtpVersion = end - offset >= 8 && (b.get(offset) & 0xC0) == 0x80;
            in.refuse(rtpVersion ? Refusal.PROFILE_MISMATCH : Refusal.MALFORMED);
            return;
        }
        int protocol = GreHeader.protocol(b, offset);
        // Annex D: authentication comes before any key, so never under one
        if (protocol == GreHeader.PROTO_EAPOL) {
            in.set(Inbound.Kind.EAPOL, b, offset + header, end);
            return;
        }
        if (GreHeader.hasChecksum(b, offset) && !GreHeader.checksumValid(b, offset, end)) {
            in.refuse(Refusal.MALFORMED);
            return;
        }
        int inner = offset + header;
        boolean keyed = GreHeader.hasKey(b, offset) && GreHeader.nonce(b, offset) != 0;
        if (keyed) {
            decrypt(nowNs, peer, b, offset, inner, end, in);
        } else if (peer.receiveBits != 0 && !announcesNonce(b, protocol, inner, end)) {
            in.refuse(Refusal.CLEAR_TEXT);
        } else {
            noteVersion(peer, GreHeader.version(b, offset));
            content(b, protocol, inner, end, in);
        }
    }

    private void decrypt(long nowNs, Peer peer, ByteBuffer b, int offset, int inner, int end, Inbound in) {
        if (peer.receiveBits == 0) {
            in.refuse(Refusal.KEY_UNEXPECTED);
            return;
        }
        int version = GreHeader.version(b, offset);
        // §7.2: version 0 builds its initialisation vector another, insecure way; refused, counted, told
        if (version == 0) {
            in.refuse(Refusal.INSECURE_IV);
            return;
        }
        if (!GreHeader.hasSequence(b, offset)) {
            in.refuse(Refusal.MALFORMED);
            return;
        }
        // §7.2: from version 1 on the H bit tells the key size
        if (GreHeader.aes256(b, offset) != (peer.receiveBits == 256)) {
            in.refuse(Refusal.AES_SIZE_MISMATCH);
            return;
        }
        int nonce = GreHeader.nonce(b, offset);
        PskKey key = peer.receiveKeys.find(nonce);
        if (key == null && peer.receiveKeys.suspended(nowNs, nonce)) {
            in.refuse(Refusal.PASSPHRASE_MISMATCH);
            return;
        }
        if (key == null) {
            in.set(Inbound.Kind.AWAITING_KEY, b, offset, end);
            in.nonce = nonce;
            return;
        }
        int sequence = GreHeader.sequence(b, offset);
        int protocol = GreHeader.protocol(b, offset);
        key.crypt(sequence, b, inner, end - inner);
        content(b, protocol, inner, end, in);
        while (garbage(peer, key, in)) {
            PskKey other = peer.receiveKeys.another(key);
            // DEVIATION(librist): its B is random, so what B does not name is tried as well before the peer is called wrong
            if (other == null && !peer.receiveKeys.open(nonce)) break;
            // Encrypting once more under the wrong key gives back what came
            key.crypt(sequence, b, inner, end - inner);
            if (other == null) {
                in.set(Inbound.Kind.AWAITING_KEY, b, offset, end);
                in.nonce = nonce;
                return;
            }
            key = other;
            key.crypt(sequence, b, inner, end - inner);
            content(b, protocol, inner, end, in);
        }
        judgeKey(peer, key, version, in);
        if (in.kind == Inbound.Kind.KEEP_ALIVE) peer.meansB = KeepAlive.changesPassphrase(in.buffer, in.offset);
    }

    /** Whether this cannot have been meant: then the key is wrong, unless it is a proven one. */
    private static boolean garbage(Peer peer, PskKey key, Inbound in) {
        return !peer.receiveKeys.proven(key) && !tellsNothing(in.kind) && !sense(peer, key, in);
    }

    private static boolean sense(Peer peer, PskKey key, Inbound in) {
        return switch (in.kind) {
            case FEEDBACK -> RtcpReader.wellFormed(in.buffer, in.offset, in.end);
            case MEDIA -> peer.receiveKeys.proven(key) || peer.trusts(in.ssrc, in.sequence16);
            default -> false;
        };
    }

    /** Nothing in these tells sense from garbage: they count only under a key that RTP or RTCP has confirmed. */
    private static boolean tellsNothing(Inbound.Kind kind) {
        return kind == Inbound.Kind.KEEP_ALIVE || kind == Inbound.Kind.BUFFER_NEGOTIATION || kind == Inbound.Kind.FUTURE_NONCE || kind == Inbound.Kind.OUT_OF_BAND;
    }

    /** Confirms a key by what it decrypted, or counts against it. */
    private void judgeKey(Peer peer, PskKey key, int version, Inbound in) {
        boolean proven = peer.receiveKeys.proven(key);
        if (tellsNothing(in.kind)) {
            if (proven) return;
            in.doubted = in.kind;
            in.set(Inbound.Kind.IGNORED, in.buffer, in.offset, in.end);
        } else if (sense(peer, key, in)) {
            peer.confirm(key);
            if (in.kind == Inbound.Kind.MEDIA) peer.knowSsrc(in.ssrc);
            noteVersion(peer, version);
        } else if (proven) {
            in.refuse(Refusal.MALFORMED);
        } else {
            peer.receiveKeys.failed(key);
            if (++peer.garbage >= GARBAGE_BEFORE_MISMATCH) in.refuse(Refusal.PASSPHRASE_MISMATCH);
            else in.set(Inbound.Kind.IGNORED, in.buffer, in.offset, in.end);
        }
    }

    /** Only this message may come in the clear on a keyed session (Figure 13 shows it so): all it can do is start one rate-limited derivation. */
    private static boolean announcesNonce(ByteBuffer b, int protocol, int inner, int end) {
        return protocol == GreHeader.PROTO_VSF && end - inner >= VsfHeader.LENGTH && VsfHeader.subtype(b, inner) == VsfHeader.SUBTYPE_FUTURE_NONCE;
    }

    private static void noteVersion(Peer peer, int version) {
        // §5.1: versions 3 and 4 are compatible with 2
        peer.greVersion = Math.max(peer.greVersion, Math.min(version, 2));
    }

    private void content(ByteBuffer b, int protocol, int inner, int end, Inbound in) {
        switch (protocol) {
            case GreHeader.PROTO_REDUCED -> reduced(b, inner, end, in);
            case GreHeader.PROTO_KEEPALIVE -> keepAlive(b, inner, end, in);
            case GreHeader.PROTO_VSF -> {
                if (end - inner < VsfHeader.LENGTH || VsfHeader.type(b, inner) != 0) {
                    in.refuse(Refusal.MALFORMED);
                    return;
                }
                int body = inner + VsfHeader.LENGTH;
                switch (VsfHeader.subtype(b, inner)) {
                    case VsfHeader.SUBTYPE_REDUCED -> reduced(b, body, end, in);
                    case VsfHeader.SUBTYPE_KEEPALIVE -> keepAlive(b, body, end, in);
                    case VsfHeader.SUBTYPE_BUFFER_NEGOTIATION -> {
                        if (BufferNegotiation.valid(b, body, end)) in.set(Inbound.Kind.BUFFER_NEGOTIATION, b, body, end);
                        else in.refuse(Refusal.MALFORMED);
                    }
                    case VsfHeader.SUBTYPE_FUTURE_NONCE -> {
                        if (end - body < 4) {
                            in.refuse(Refusal.MALFORMED);
                        } else {
                            in.set(Inbound.Kind.FUTURE_NONCE, b, body, end);
                            in.nonce = FutureNonce.nonce(b, body);
                        }
                    }
                    default -> in.set(Inbound.Kind.IGNORED, b, body, end);
                }
            }
            // §5.4: other traffic, a full datagram (0x0800) first of all
            default -> {
                in.set(Inbound.Kind.OUT_OF_BAND, b, inner, end);
                in.etherType = protocol;
            }
        }
    }

    private static void keepAlive(ByteBuffer b, int body, int end, Inbound in) {
        if (end - body < KeepAlive.MIN_LENGTH) in.refuse(Refusal.MALFORMED);
        else in.set(Inbound.Kind.KEEP_ALIVE, b, body, end);
    }

    private void reduced(ByteBuffer b, int at, int end, Inbound in) {
        int rtpOffset = at + ReducedHeader.LENGTH;
        // RFC 5761: the second byte tells RTCP from RTP; the ports in the header do not (librist and others differ there)
        if (end - rtpOffset < 8 || (b.get(rtpOffset) & 0xC0) != 0x80) {
            in.refuse(Refusal.MALFORMED);
        } else if (RtpHeader.looksLikeRtcp(b, rtpOffset)) {
            in.set(Inbound.Kind.FEEDBACK, b, rtpOffset, end);
        } else if (!rtp.read(b, rtpOffset, end, in)) {
            in.refuse(Refusal.MALFORMED);
        }
    }

    @Override
    public void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket packet) {
        rtp.toPacket(in, numbers, path, packet);
    }

    // ---- outbound ------------------------------------------------------------------------------------------------------------

    @Override
    public ByteBuffer media(Peer peer, int ssrc, MediaPacket p, boolean deleteNullPackets) {
        out.clear();
        int end = rtp.write(out, inner, ssrc, p, deleteNullPackets);
        return frame(peer, peer.greVersion, VsfHeader.SUBTYPE_REDUCED, virtDstPort, end);
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
    public ByteBuffer echoRequest(Peer peer, long timestamp) {
        return null;
    }

    @Override
    public ByteBuffer echoResponse(Peer peer, Inbound in, int ssrc, byte[] cname, ByteBuffer b, int offset, int length) {
        beginRtcp(peer).emptyReport(ssrc).sourceDescription(ssrc, cname).echoResponse(b, offset, length, 0);
        return feedback(peer);
    }

    @Override
    public ByteBuffer feedback(Peer peer) {
        return frame(peer, peer.greVersion, VsfHeader.SUBTYPE_REDUCED, virtDstPort + 1, rtcp.end());
    }

    @Override
    public ByteBuffer linkQuality(Peer peer, LinkQuality quality) {
        return null;
    }

    @Override
    public ByteBuffer keepAlive(Peer peer, int version, boolean disconnect) {
        out.clear();
        int length = (disconnect ? ownDisconnect : peer.announceSplit ? ownSplitting : ownKeepAlive).write(out, inner);
        // §5.6.3, F: on-the-fly change of the passphrase
        if (peer.keyring.twoPassphrases()) KeepAlive.addCapability2(out, inner, KeepAlive.CAP2_PASSPHRASE_CHANGE);
        return frame(peer, version == 0 ? peer.greVersion : version, VsfHeader.SUBTYPE_KEEPALIVE, 0, inner + length);
    }

    @Override
    public ByteBuffer status(Peer peer, int index, int flowId, byte[] cname) {
        return null;
    }

    @Override
    public ByteBuffer unsupported(Peer peer, Inbound in) {
        return null;
    }

    @Override
    public ByteBuffer bufferNegotiation(Peer peer, int senderMaxMs, int receiverCurrentMs) {
        out.clear();
        BufferNegotiation.write(out, inner, senderMaxMs, receiverCurrentMs, 0);
        return frame(peer, 2, VsfHeader.SUBTYPE_BUFFER_NEGOTIATION, 0, inner + BufferNegotiation.LENGTH);
    }

    @Override
    public ByteBuffer futureNonce(Peer peer) {
        int nonce = peer.keyring.nextNonce();
        if (nonce == 0) return null;
        out.clear();
        FutureNonce.write(out, inner, nonce);
        return frame(peer, 2, VsfHeader.SUBTYPE_FUTURE_NONCE, 0, inner + FutureNonce.LENGTH);
    }

    @Override
    public ByteBuffer eapol(Peer peer, ByteBuffer frame) {
        out.clear();
        out.put(inner, frame, frame.position(), frame.remaining());
        return clear(peer, GreHeader.PROTO_EAPOL, peer.greVersion, inner, inner + frame.remaining());
    }

    @Override
    public ByteBuffer outOfBand(Peer peer, int etherType, ByteBuffer payload) {
        out.clear();
        out.put(inner, payload, payload.position(), payload.remaining());
        return seal(peer, etherType, peer.greVersion, inner, inner + payload.remaining());
    }

    /** Puts the headers before the content at {@link #inner}, encrypts, and returns the datagram. */
    private ByteBuffer frame(Peer peer, int version, int subtype, int dstPort, int end) {
        int at = inner;
        boolean reduced = subtype == VsfHeader.SUBTYPE_REDUCED;
        if (reduced) {
            at -= ReducedHeader.LENGTH;
            ReducedHeader.write(out, at, VIRTUAL_SOURCE_PORT, dstPort);
        }
        int protocol = reduced ? GreHeader.PROTO_REDUCED : GreHeader.PROTO_KEEPALIVE;
        if (version >= 2) {
            at -= VsfHeader.LENGTH;
            VsfHeader.write(out, at, subtype);
            protocol = GreHeader.PROTO_VSF;
        }
        return seal(peer, protocol, version, at, end);
    }

    /** Encrypts what stands in {@code out[at, end)} where this peer has a key, and puts the GRE header before it. */
    private ByteBuffer seal(Peer peer, int protocol, int version, int at, int end) {
        PskKey key = peer.keyring.forNextPacket();
        if (key == null) return clear(peer, protocol, version, at, end);
        int sequence = peer.keyring.nextGreSequence();
        key.crypt(sequence, out, at, end - at);
        GreHeader.write(out, at - 12, protocol, version, true, key.aesBits() == 256, key.nonce(), sequence);
        return out.position(at - 12).limit(end);
    }

    private ByteBuffer clear(Peer peer, int protocol, int version, int at, int end) {
        GreHeader.write(out, at - 8, protocol, version, false, false, 0, peer.keyring.nextGreSequence());
        return out.position(at - 8).limit(end);
    }
}
