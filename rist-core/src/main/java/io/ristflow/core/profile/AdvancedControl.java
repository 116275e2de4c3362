package io.ristflow.core.profile;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.advanced.AdvancedHeader;
import io.ristflow.core.codec.advanced.ControlEcho;
import io.ristflow.core.codec.advanced.ControlFutureNonce;
import io.ristflow.core.codec.advanced.ControlKeepAlive;
import io.ristflow.core.codec.advanced.ControlMessage;
import io.ristflow.core.codec.advanced.ControlNack;
import io.ristflow.core.codec.advanced.ControlUnsupported;
import io.ristflow.core.codec.advanced.FlowAttributes;
import io.ristflow.core.codec.gre.KeepAlive;
import io.ristflow.core.codec.lqm.LinkQualityMessage;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Control messages of the Advanced profile (TR-06-3 §5.3), in packets of Type 4: odd SSRC, E set, in one piece. DEVIATION(librist): never encrypted, though §5.3.1 allows it; librist's are not.
 */
final class AdvancedControl {
    /** Amplification guard: so many packets of one range are served. */
    private static final int MAX_PACKETS_PER_RANGE = 4_096;

    /** A bitmask request names a packet and of the 32 behind it those lost. */
    private static final int BITS = 32;
    private static final int HEADERS = AdvancedHeader.LENGTH + ControlMessage.HEADER;
    /** The longest message that is sent: an echo's padding and the flow attributes stay below. */
    private static final int CAPACITY = 8_192;

    private final KeepAlive keepAlive;
    private final boolean strict;
    private final int ownSsrc;
    private final ByteBuffer out = ByteBuffer.allocateDirect(CAPACITY);
    private byte[] attributes;
    private int index;
    private int length;

    /** @param ownSsrc even; speaks to peers that are sent no media */
    AdvancedControl(KeepAlive keepAlive, boolean strict, int ownSsrc) {
        this.keepAlive = keepAlive;
        this.strict = strict;
        this.ownSsrc = ownSsrc;
    }

    // ---- in ------------------------------------------------------------------------------------------------------------------------

    /** Sorts the message at {@code off} into {@code in}. */
    void read(AdvancedPeer peer, int controlSsrc, ByteBuffer b, int off, int end, Inbound in) {
        int bodyLength = ControlMessage.bodyLength(b, off, end);
        if (bodyLength == ControlMessage.MALFORMED) {
            in.refuse(Refusal.MALFORMED);
            return;
        }
        int body = off + ControlMessage.HEADER;
        in.control = ControlMessage.index(b, off);
        in.set(kind(in.control, b, body, bodyLength), b, body, body + bodyLength);
        in.advanced = true;
        in.ssrc = controlSsrc;
        switch (in.kind) {
            case KEEP_ALIVE -> {
                peer.announced(ControlKeepAlive.advancedCapabilities(b, body, bodyLength));
                peer.meansB = KeepAlive.changesPassphrase(b, body);
            }
            case FUTURE_NONCE -> in.nonce = ControlFutureNonce.nonce(b, body);
            case UNSUPPORTED -> in.control = ControlUnsupported.unsupportedIndex(b, body);
            case REFUSED -> in.refuse(Refusal.MALFORMED);
            default -> {}
        }
    }

    /** A keep-alive in the clear whose sender has yet to prove its key. */
    static void keepAliveInDoubt(AdvancedPeer peer, ByteBuffer b, int off, int end) {
        int bodyLength = ControlMessage.bodyLength(b, off, end);
        int body = off + ControlMessage.HEADER;
        if (bodyLength >= KeepAlive.MIN_LENGTH) peer.announcedInDoubt(ControlKeepAlive.advancedCapabilities(b, body, bodyLength));
    }

    private static Inbound.Kind kind(int index, ByteBuffer b, int body, int length) {
        return switch (index) {
            case ControlMessage.NACK_BITMASK, ControlMessage.NACK_RANGE -> ControlNack.entries(length) > 0 ? Inbound.Kind.FEEDBACK : Inbound.Kind.REFUSED;
            case ControlMessage.ECHO_REQUEST, ControlMessage.ECHO_RESPONSE -> ControlEcho.fits(length) ? Inbound.Kind.FEEDBACK : Inbound.Kind.REFUSED;
            // TR-06-4 Part 1 §5.4; reports of one link alone (0x0003) are not read
            case ControlMessage.LINK_QUALITY -> LinkQualityMessage.fits(b, body, body + length) ? Inbound.Kind.FEEDBACK : Inbound.Kind.REFUSED;
            case ControlMessage.KEEP_ALIVE -> length >= KeepAlive.MIN_LENGTH ? Inbound.Kind.KEEP_ALIVE : Inbound.Kind.REFUSED;
            case ControlMessage.FUTURE_NONCE -> ControlFutureNonce.valid(b, body, length) ? Inbound.Kind.FUTURE_NONCE : Inbound.Kind.REFUSED;
            case ControlMessage.UNSUPPORTED -> ControlUnsupported.fits(length) ? Inbound.Kind.UNSUPPORTED : Inbound.Kind.REFUSED;
            case ControlMessage.EAP -> Inbound.Kind.EAPOL;
            // What they describe is of no use here
            case ControlMessage.FLOW_ATTRIBUTES -> Inbound.Kind.IGNORED;
            default -> Inbound.Kind.UNKNOWN_CONTROL;
        };
    }

    /** Hands on an {@link Inbound} of kind FEEDBACK that came as a control message. */
    static void readFeedback(Inbound in, Feedback to) {
        ByteBuffer b = in.buffer;
        switch (in.control) {
            case ControlMessage.ECHO_REQUEST -> to.onEchoRequest(b, in.offset, in.end - in.offset);
            case ControlMessage.ECHO_RESPONSE -> to.onEchoResponse(ControlEcho.ssrc(b, in.offset), ControlEcho.timestamp(b, in.offset), ControlEcho.processingDelayUs(b, in.offset));
            case ControlMessage.LINK_QUALITY -> to.onLinkQuality(b, in.offset);
            default -> {
                int mediaSsrc = ControlNack.mediaSsrc(b, in.offset);
                for (int i = 0; i < ControlNack.entries(in.end - in.offset); i++) {
                    int first = ControlNack.first(b, in.offset, i);
                    if (in.control == ControlMessage.NACK_RANGE) range(mediaSsrc, first, ControlNack.additional(b, in.offset, i), to);
                    else bitmask(mediaSsrc, first, ControlNack.bitmask(b, in.offset, i), to);
                }
            }
        }
    }

    private static void range(int mediaSsrc, int first, int additional, Feedback to) {
        long packets = Integer.toUnsignedLong(additional) + 1;
        request(mediaSsrc, first, (int) Math.min(packets, MAX_PACKETS_PER_RANGE), to);
    }

    private static void bitmask(int mediaSsrc, int first, int mask, Feedback to) {
        request(mediaSsrc, first, 1, to);
        for (int bit = 0; bit < BITS; bit++) {
            if ((mask >>> bit & 1) != 0) request(mediaSsrc, first + bit + 1, 1, to);
        }
    }

    /** As TR-06-2's requests with a sequence extension, and in a sender's wide numbers. */
    private static void request(int mediaSsrc, int first, int packets, Feedback to) {
        int wide = (int) (first + AdvancedMedia.NUMBERS_BEGIN);
        to.onSequenceExtension(wide >>> 16);
        to.onRequest(mediaSsrc, wide & 0xFFFF, packets);
    }

    // ---- out -----------------------------------------------------------------------------------------------------------------------

    /**
     * Begins a request of one entry.
     *
     * @param cursor packets of {@code missing} asked for already
     * @return those asked for with this message
     */
    int beginRequest(int mediaSsrc, MediaNumbers numbers, MissingRanges missing, boolean bitmask, int cursor) {
        int range = 0;
        int skip = cursor;
        while (skip >= missing.count(range)) skip -= missing.count(range++);
        long first = missing.first(range) + skip;
        if (!bitmask) {
            int asked = Math.min(missing.count(range) - skip, MAX_PACKETS_PER_RANGE);
            ControlNack.write(out.clear(), HEADERS, mediaSsrc, numbers.sequence32(first), asked - 1);
            begun(ControlMessage.NACK_RANGE, ControlNack.LENGTH);
            return cursor + asked;
        }
        int asked = 1;
        int mask = 0;
        for (int i = skip + 1; range < missing.ranges(); range++, i = 0) {
            long behind = missing.first(range) + i - first;
            for (; i < missing.count(range) && behind >= 1 && behind <= BITS; i++, behind++, asked++) mask |= 1 << (int) (behind - 1);
            if (i < missing.count(range)) break;
        }
        ControlNack.write(out.clear(), HEADERS, mediaSsrc, numbers.sequence32(first), mask);
        begun(ControlMessage.NACK_BITMASK, ControlNack.LENGTH);
        return cursor + asked;
    }

    void beginEchoRequest(AdvancedPeer peer, long timestamp) {
        ControlEcho.writeRequest(out.clear(), HEADERS, ssrc(peer), timestamp);
        begun(ControlMessage.ECHO_REQUEST, ControlEcho.LENGTH);
    }

    void beginEchoResponse(ByteBuffer request, int offset, int requestLength) {
        ControlEcho.writeResponse(out.clear(), HEADERS, request, offset, requestLength, 0);
        begun(ControlMessage.ECHO_RESPONSE, requestLength);
    }

    /** TR-06-4 Part 1 §5.4, Figure 5. */
    void beginLinkQuality(LinkQuality q) {
        RtcpWriter.writeLinkQuality(out.clear(), HEADERS, q);
        begun(ControlMessage.LINK_QUALITY, LinkQualityMessage.LENGTH);
    }

    /** @param twoPassphrases whether F is to be said (TR-06-2 §5.6.3) */
    void beginKeepAlive(boolean twoPassphrases) {
        out.clear();
        begun(ControlMessage.KEEP_ALIVE, strict ? ControlKeepAlive.writeStrict(out, HEADERS, keepAlive) : ControlKeepAlive.writeLibrist(out, HEADERS, keepAlive.mac(), AdvancedDialect.CAPABILITIES));
        if (twoPassphrases) KeepAlive.addCapability2(out, HEADERS, KeepAlive.CAP2_PASSPHRASE_CHANGE);
    }

    void beginFutureNonce(int nonce, int aesBits) {
        out.clear();
        if (strict) ControlFutureNonce.write(out, HEADERS, nonce);
        else ControlFutureNonce.writeLibrist(out, HEADERS, nonce, aesBits);
        begun(ControlMessage.FUTURE_NONCE, strict ? ControlFutureNonce.LENGTH : ControlFutureNonce.LIBRIST_LENGTH);
    }

    /** The text is made once: name and flow of a session do not change. */
    void beginFlowAttributes(byte[] cname, int virtDstPort, int flowId) {
        out.clear();
        if (attributes == null) {
            String name = new String(cname, StandardCharsets.UTF_8);
            String json = strict
                    ? FlowAttributes.strict(Integer.toHexString(flowId), 0, name, AdvancedMedia.INNER_FLOW_ID, 0, AdvancedMedia.FORMAT_TRANSPORT_STREAM)
                    : FlowAttributes.librist(name, virtDstPort, AdvancedMedia.INNER_FLOW_ID);
            attributes = new byte[FlowAttributes.write(out, HEADERS, json, strict)];
            out.get(HEADERS, attributes);
        }
        out.put(HEADERS, attributes);
        begun(ControlMessage.FLOW_ATTRIBUTES, attributes.length);
    }

    void beginUnsupported(int controlSsrc, int unsupported, ByteBuffer message, int offset, int messageLength) {
        ControlUnsupported.write(out.clear(), HEADERS, controlSsrc, unsupported, message, offset, messageLength);
        begun(ControlMessage.UNSUPPORTED, ControlUnsupported.LENGTH);
    }

    void beginEapol(ByteBuffer frame) {
        out.clear();
        out.put(HEADERS, frame, frame.position(), frame.remaining());
        begun(ControlMessage.EAP, frame.remaining());
    }

    private void begun(int controlIndex, int bodyLength) {
        index = controlIndex;
        length = bodyLength;
    }

    /** What was begun last, framed for this peer. */
    ByteBuffer frame(AdvancedPeer peer, long nowNs) {
        header(out, 0, peer, nowNs, AdvancedHeader.TYPE_CONTROL);
        ControlMessage.write(out, AdvancedHeader.LENGTH, index, length);
        return out.position(0).limit(HEADERS + length);
    }

    /** The header of an unprotected packet. §5.3.1: E set, R never, not compressed. */
    void header(ByteBuffer b, int off, AdvancedPeer peer, long nowNs, int type) {
        AdvancedHeader.write(b, off, peer.controlSequence++, (int) (nowNs / Ticks.NS_PER_US), ssrc(peer), AdvancedHeader.WHOLE | AdvancedHeader.EXPEDITE, AdvancedHeader.PSK_NONE, AdvancedHeader.LPC_NONE, type);
    }

    /** §5.2.1: the odd one of the two SSRCs of the flow. */
    private int ssrc(AdvancedPeer peer) {
        return (peer.mediaSsrc != 0 ? peer.mediaSsrc : ownSsrc) | 1;
    }
}
