package io.ristflow.core.profile;

import io.ristflow.core.base.NtpTime;
import io.ristflow.core.codec.advanced.AdvancedHeader;
import io.ristflow.core.codec.advanced.ControlMessage;
import io.ristflow.core.codec.gre.KeepAlive;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The Advanced profile (TR-06-3), as the field speaks it: a session starts in Main framing (§9) and says I in its keep-alives; a peer that says so too is then sent media as Type 5, requests, echoes and
 * keep-alives as control messages, and RTCP inside Type 8. A peer that does not say so stays with Main. All of it is read at any time, on one socket, told apart by the first two bytes.
 */
public final class AdvancedDialect implements Dialect {
    /** I, C and G (§5.3.6), which all versions of this dialect can do. */
    static final int CAPABILITIES = KeepAlive.BLOCK_ADVANCED | KeepAlive.BLOCK_COMPRESSION | KeepAlive.BLOCK_G;

    private static final byte SYNC = 0x47;
    private static final int TRANSPORT_PACKET = 188;
    /** TR-06-2 §5.6.2: so many at the start. */
    private static final int GREETINGS = 3;

    private final boolean strict;
    private final int virtDstPort;
    private final MainDialect main;
    private final AdvancedMedia media;
    private final AdvancedControl control;
    /** The last time that a datagram told, for the timestamps of control messages, which nobody reads. */
    private long clockNs;
    /** {@link #feedback} frames a control message rather than a compound. */
    private boolean controlBegun;

    /**
     * @param compress compress payloads for peers that expand them
     * @param strict the letter of the specification where librist departs from it
     */
    public AdvancedDialect(int virtDstPort, boolean compress, boolean strict, RandomGenerator random) {
        this.virtDstPort = virtDstPort;
        this.strict = strict;
        byte[] mac = MainDialect.drawMac(random);
        int strictly = KeepAlive.CAP2_ADVANCED | KeepAlive.CAP2_COMPRESSION | KeepAlive.CAP2_FRAGMENTATION;
        int capabilities2 = KeepAlive.LIBRIST_CAPABILITIES2 | (strict ? strictly : 0);
        KeepAlive keepAlive = new KeepAlive(mac, KeepAlive.LIBRIST_CAPABILITIES1, capabilities2, !strict, CAPABILITIES, "");
        main = new MainDialect(virtDstPort, keepAlive, AdvancedHeader.LENGTH);
        media = new AdvancedMedia(virtDstPort, compress, strict);
        control = new AdvancedControl(keepAlive, strict, random.nextInt() & ~1);
    }

    @Override
    public Peer newPeer(Keyring keyring) {
        return new AdvancedPeer(keyring);
    }

    @Override
    public boolean separateControl(Peer peer) {
        return false;
    }

    // ---- inbound -------------------------------------------------------------------------------------------------------------

    @Override
    public void decode(long nowNs, Peer peer, ByteBuffer b, Inbound in) {
        clockNs = nowNs;
        in.advanced = false;
        in.arrivalNs = nowNs;
        AdvancedPeer p = (AdvancedPeer) peer;
        // §9, Figure 21
        if (AdvancedHeader.looksLike(b, b.position(), b.limit())) {
            advanced(nowNs, p, b, b.position(), b.limit(), in);
        } else {
            gre(nowNs, p, b, in);
        }
    }

    private void gre(long nowNs, AdvancedPeer peer, ByteBuffer b, Inbound in) {
        in.doubted = null;
        main.decode(nowNs, peer, b, in);
        switch (in.kind) {
            case KEEP_ALIVE -> {
                if (!KeepAlive.disconnect(in.buffer, in.offset)) peer.announced(KeepAlive.advancedCapabilities(in.buffer, in.offset, in.end));
            }
            case IGNORED -> {
                if (in.doubted == Inbound.Kind.KEEP_ALIVE) peer.announcedInDoubt(KeepAlive.advancedCapabilities(in.buffer, in.offset, in.end));
            }
            case MEDIA -> {
                peer.noteMainSsrc(in.ssrc);
                peer.proven();
            }
            case FEEDBACK -> {
                // The first of a compound is a report, whose first word is its sender's
                peer.noteMainSsrc(in.buffer.getInt(in.offset + 4));
                peer.proven();
            }
            default -> {}
        }
    }

    private void advanced(long nowNs, AdvancedPeer peer, ByteBuffer b, int off, int end, Inbound in) {
        int clear = AdvancedHeader.clearLength(b, off, end);
        if (clear == AdvancedHeader.MALFORMED) {
            in.refuse(Refusal.MALFORMED);
            return;
        }
        int type = AdvancedHeader.type(b, off);
        int psk = AdvancedHeader.psk(b, off);
        PskKey key = null;
        if (psk == AdvancedHeader.PSK_AES_CTR) {
            key = key(nowNs, peer, b, off, end, in);
            if (key == null) return;
            key.crypt(AdvancedHeader.iv(b, off), b, off + clear, end - off - clear);
        } else if (psk != AdvancedHeader.PSK_NONE) {
            in.refuse(Refusal.CIPHER_UNSUPPORTED);
            return;
        }
        switch (type) {
            case AdvancedHeader.TYPE_DIRECT -> direct(peer, key, b, off, clear, end, in);
            case AdvancedHeader.TYPE_CONTROL -> control(peer, key, b, off, clear, end, in);
            case AdvancedHeader.TYPE_MAIN_GRE -> wrapped(nowNs, peer, b, off, clear, end, in);
            // §5.2.3: a tunnel for other traffic; it is off by default
            default -> in.set(Inbound.Kind.IGNORED, b, off, end);
        }
    }

    /** The key of an encrypted packet; null: {@code in} says why there is none. Its size is not signalled: a wrong one shows in GRE, whose H bit tells. */
    private static PskKey key(long nowNs, AdvancedPeer peer, ByteBuffer b, int off, int end, Inbound in) {
        int nonce = AdvancedHeader.nonce(b, off);
        if (peer.receiveBits == 0) {
            in.refuse(Refusal.KEY_UNEXPECTED);
            return null;
        }
        if (nonce == 0) {
            in.refuse(Refusal.MALFORMED);
            return null;
        }
        PskKey key = peer.receiveKeys.find(nonce);
        if (key != null) return key;
        if (peer.receiveKeys.suspended(nowNs, nonce)) {
            in.refuse(Refusal.PASSPHRASE_MISMATCH);
        } else {
            in.set(Inbound.Kind.AWAITING_KEY, b, off, end);
            in.nonce = nonce;
        }
        return null;
    }

    private void direct(AdvancedPeer peer, PskKey key, ByteBuffer b, int off, int clear, int end, Inbound in) {
        if (key == null && peer.receiveBits != 0) {
            in.refuse(Refusal.CLEAR_TEXT);
        } else if ((AdvancedHeader.ssrc(b, off) & 1) != 0) {
            // §5.2.1: an unprotected payload is nobody's media
            in.set(Inbound.Kind.IGNORED, b, off, end);
        } else if (key != null) {
            decrypted(peer, key, b, off, clear, end, in);
        } else if (!media.read(peer, b, off, clear, end, in)) {
            in.refuse(Refusal.MALFORMED);
        }
    }

    /** Reads what a key made of a payload; where that is no sense, and the nonce may mean another passphrase, what that one makes of it. */
    private void decrypted(AdvancedPeer peer, PskKey first, ByteBuffer b, int off, int clear, int end, Inbound in) {
        int nonce = AdvancedHeader.nonce(b, off);
        int iv = AdvancedHeader.iv(b, off);
        PskKey key = first;
        boolean readable = media.read(peer, b, off, clear, end, in);
        while (!peer.receiveKeys.proven(key) && !(readable && transportStream(in))) {
            PskKey other = peer.receiveKeys.another(key);
            // DEVIATION(librist): its B is random, so what B does not name is tried as well before the peer is called wrong
            if (other == null && !peer.receiveKeys.open(nonce)) break;
            // Encrypting once more under the wrong key gives back what came
            key.crypt(iv, b, off + clear, end - off - clear);
            if (other == null) {
                in.set(Inbound.Kind.AWAITING_KEY, b, off, end);
                in.nonce = nonce;
                return;
            }
            key = other;
            key.crypt(iv, b, off + clear, end - off - clear);
            readable = media.read(peer, b, off, clear, end, in);
        }
        if (key != first && !(readable && transportStream(in)) && !peer.receiveKeys.proven(key)) {
            // None of them makes a transport stream of it: it is another payload, under the key that B names or one that only RTCP will tell
            key.crypt(iv, b, off + clear, end - off - clear);
            key = first;
            key.crypt(iv, b, off + clear, end - off - clear);
            readable = media.read(peer, b, off, clear, end, in);
        }
        if (readable) judgeKey(peer, key, in);
        else if (peer.receiveKeys.proven(key)) in.refuse(Refusal.MALFORMED);
        else in.set(Inbound.Kind.IGNORED, b, off, end);
    }

    /**
     * Nothing but its payload is encrypted, so what proves a key is a transport stream in it, or RTCP under the same nonce. A key that is not proven yet is believed where its passphrase is the one that
     * this peer was proven to hold, or is named by a B that means something: a change of nonce costs nothing.
     */
    private static void judgeKey(AdvancedPeer peer, PskKey key, Inbound in) {
        if (transportStream(in)) {
            peer.confirm(key);
        } else if (!peer.receiveKeys.proven(key)) {
            boolean believed = peer.receiveKeys.proven() && (peer.meansB || key.passphrase() == peer.provenPassphrase());
            if (!believed) in.set(Inbound.Kind.IGNORED, in.buffer, in.offset, in.end);
        }
    }

    private static boolean transportStream(Inbound in) {
        if (in.payloadLength % TRANSPORT_PACKET != 0) return false;
        for (int at = 0; at < in.payloadLength; at += TRANSPORT_PACKET) {
            if (in.payload.get(in.payloadOffset + at) != SYNC) return false;
        }
        return true;
    }

    private void control(AdvancedPeer peer, PskKey key, ByteBuffer b, int off, int clear, int end, Inbound in) {
        int message = AdvancedHeader.payloadOffset(b, off, clear, end);
        int messageEnd = message == AdvancedHeader.MALFORMED ? message : AdvancedHeader.payloadEnd(b, off, message, end);
        boolean whole = AdvancedHeader.first(b, off) && AdvancedHeader.last(b, off);
        if (messageEnd == AdvancedHeader.MALFORMED || AdvancedHeader.compression(b, off) != AdvancedHeader.LPC_NONE || !whole) {
            in.refuse(Refusal.MALFORMED);
            return;
        }
        // In the clear they count from a peer that has proven its key otherwise; all that others can do is name a nonce or authenticate
        boolean stranger = peer.receiveBits != 0 && !peer.receiveKeys.proven();
        int index = messageEnd - message < ControlMessage.HEADER ? -1 : ControlMessage.index(b, message);
        if (stranger && index != ControlMessage.FUTURE_NONCE && index != ControlMessage.EAP) {
            if (index == ControlMessage.KEEP_ALIVE) AdvancedControl.keepAliveInDoubt(peer, b, message, messageEnd);
            in.set(Inbound.Kind.IGNORED, b, off, end);
            return;
        }
        control.read(peer, AdvancedHeader.ssrc(b, off), b, message, messageEnd, in);
    }

    /** Type 8: a Main packet with all that belongs to it, its own key too. */
    private void wrapped(long nowNs, AdvancedPeer peer, ByteBuffer b, int off, int clear, int end, Inbound in) {
        int inner = AdvancedHeader.payloadOffset(b, off, clear, end);
        int innerEnd = inner == AdvancedHeader.MALFORMED ? inner : AdvancedHeader.payloadEnd(b, off, inner, end);
        if (innerEnd == AdvancedHeader.MALFORMED || AdvancedHeader.compression(b, off) != AdvancedHeader.LPC_NONE) {
            in.refuse(Refusal.MALFORMED);
            return;
        }
        b.limit(innerEnd).position(inner);
        gre(nowNs, peer, b, in);
        b.limit(end).position(off);
    }

    @Override
    public void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket packet) {
        if (in.advanced) {
            media.toPacket(in, numbers, path, packet);
        } else {
            main.toPacket(in, numbers, path, packet);
            packet.sourceTimeNs = numbers.mainTimeNs(in.arrivalNs, packet.sequence, in.rtpTimestamp, packet.retransmission);
        }
    }

    @Override
    public boolean readFeedback(Inbound in, Feedback to) {
        if (!in.advanced) return main.readFeedback(in, to);
        AdvancedControl.readFeedback(in, to);
        return true;
    }

    // ---- outbound ------------------------------------------------------------------------------------------------------------

    @Override
    public ByteBuffer media(Peer peer, int ssrc, MediaPacket p, boolean deleteNullPackets) {
        AdvancedPeer to = (AdvancedPeer) peer;
        to.mediaSsrc = ssrc & ~1;
        return to.advanced ? media.write(to, ssrc, p) : main.media(peer, ssrc, p, deleteNullPackets);
    }

    @Override
    public boolean takesFragments(Peer peer) {
        AdvancedPeer to = (AdvancedPeer) peer;
        return to.advanced && to.fragmentation;
    }

    /** Reports keep Main's 90 kHz, as librist's do. */
    @Override
    public int mediaTimestamp(Peer peer, long ns) {
        return main.mediaTimestamp(peer, ns);
    }

    @Override
    public RtcpWriter beginRtcp(Peer peer) {
        controlBegun = false;
        return main.beginRtcp(peer);
    }

    @Override
    public int beginRequests(Peer peer, int flowId, byte[] cname, MediaNumbers numbers, MissingRanges missing, boolean bitmask, int cursor) {
        AdvancedPeer to = (AdvancedPeer) peer;
        controlBegun = to.advanced && numbers.knows32();
        if (!controlBegun) return main.beginRequests(peer, flowId, cname, numbers, missing, bitmask, cursor);
        return control.beginRequest(to.advancedSsrc(), numbers, missing, bitmask, cursor);
    }

    @Override
    public ByteBuffer feedback(Peer peer) {
        return controlBegun ? control.frame((AdvancedPeer) peer, clockNs) : inTunnel(peer, main.feedback(peer));
    }

    @Override
    public ByteBuffer echoRequest(Peer peer, long timestamp) {
        AdvancedPeer to = (AdvancedPeer) peer;
        if (!to.advanced) return null;
        clockNs = Math.max(clockNs, NtpTime.toUnixNs(timestamp));
        control.beginEchoRequest(to, timestamp);
        return control.frame(to, clockNs);
    }

    @Override
    public ByteBuffer echoResponse(Peer peer, Inbound in, int ssrc, byte[] cname, ByteBuffer b, int offset, int length) {
        if (!in.advanced) return inTunnel(peer, main.echoResponse(peer, in, ssrc, cname, b, offset, length));
        control.beginEchoResponse(b, offset, length);
        return control.frame((AdvancedPeer) peer, clockNs);
    }

    @Override
    public ByteBuffer linkQuality(Peer peer, LinkQuality quality) {
        AdvancedPeer to = (AdvancedPeer) peer;
        if (!to.advanced) return null;
        control.beginLinkQuality(quality);
        return control.frame(to, clockNs);
    }

    @Override
    public ByteBuffer keepAlive(Peer peer, int version, boolean disconnect) {
        AdvancedPeer to = (AdvancedPeer) peer;
        // A greeting: whoever is there now has yet to say what it speaks
        if (version != 0) to.startOver();
        // The first ones in Main framing (§9), where a key protects them
        boolean greeting = to.greetings < GREETINGS;
        if (greeting) to.greetings++;
        if (!to.advanced || disconnect || greeting) return main.keepAlive(peer, version, disconnect);
        control.beginKeepAlive(to.keyring.twoPassphrases());
        return control.frame(to, clockNs);
    }

    /** §5.3.7: a sender describes its flow. */
    @Override
    public ByteBuffer status(Peer peer, int index, int flowId, byte[] cname) {
        AdvancedPeer to = (AdvancedPeer) peer;
        if (index != 0 || !to.advanced || to.mediaSsrc == 0) return null;
        control.beginFlowAttributes(cname, virtDstPort, flowId);
        return control.frame(to, clockNs);
    }

    @Override
    public ByteBuffer bufferNegotiation(Peer peer, int senderMaxMs, int receiverCurrentMs) {
        return inTunnel(peer, main.bufferNegotiation(peer, senderMaxMs, receiverCurrentMs));
    }

    @Override
    public ByteBuffer futureNonce(Peer peer) {
        AdvancedPeer to = (AdvancedPeer) peer;
        if (!to.advanced) return main.futureNonce(peer);
        int nonce = to.keyring.nextNonce();
        if (nonce == 0) return null;
        control.beginFutureNonce(nonce, to.keyring.aesBits());
        return control.frame(to, clockNs);
    }

    @Override
    public ByteBuffer unsupported(Peer peer, Inbound in) {
        control.beginUnsupported(in.ssrc, in.control, in.buffer, in.offset, in.end - in.offset);
        return control.frame((AdvancedPeer) peer, clockNs);
    }

    /** DEVIATION(librist): §8.5 has authentication in control messages; librist has it in GRE. Both are read. */
    @Override
    public ByteBuffer eapol(Peer peer, ByteBuffer frame) {
        if (!strict || !((AdvancedPeer) peer).advanced) return main.eapol(peer, frame);
        control.beginEapol(frame);
        return control.frame((AdvancedPeer) peer, clockNs);
    }

    @Override
    public ByteBuffer outOfBand(Peer peer, int etherType, ByteBuffer payload) {
        return inTunnel(peer, main.outOfBand(peer, etherType, payload));
    }

    /** Type 8 round a Main datagram, which left room for it, towards a peer that speaks Advanced. */
    private ByteBuffer inTunnel(Peer peer, ByteBuffer gre) {
        AdvancedPeer to = (AdvancedPeer) peer;
        if (gre == null || !to.advanced) return gre;
        int at = gre.position() - AdvancedHeader.LENGTH;
        control.header(gre, at, to, clockNs, AdvancedHeader.TYPE_MAIN_GRE);
        return gre.position(at);
    }
}
