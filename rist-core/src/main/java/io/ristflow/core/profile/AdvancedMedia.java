package io.ristflow.core.profile;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.advanced.AdvancedHeader;
import io.ristflow.core.codec.advanced.FlowId;
import io.ristflow.core.codec.payload.Lz4;
import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;

/**
 * Media in Advanced framing: packets of Type 5 (TR-06-3 §5.2.3), the payload compressed, then encrypted.
 *
 * <p>The initialisation vector is the keyring's one counter of datagrams, which the GRE sequence is as well: no two datagrams under one key share a vector (§8.2), and a packet that is repeated, or
 * compressed for one peer and not for another, is encrypted anew. DEVIATION(librist): it takes the 32-bit sequence, beside GRE sequences from 0 under the same key; it reads the field, as we do.
 */
final class AdvancedMedia {
    /**
     * A sender's wide numbers begin one 16-bit cycle above zero ({@code flow.SenderFlow.FIRST_SEQUENCE}); on the wire they begin with 0, in 16 bits as in 32, so that both framings have the same lower
     * half.
     */
    static final long NUMBERS_BEGIN = 1L << 16;

    /** The registry's value for an ISO/IEC 13818-1 transport stream without another header (§5.2.7). */
    static final int FORMAT_TRANSPORT_STREAM = 0x41AF_D040;
    /** librist's media comes from virtual port 0x8000 + peer id, and its peers count from 1 (§5.2.4). */
    static final int INNER_FLOW_ID = 1;
    private static final int LONGEST_HEADER = AdvancedHeader.LENGTH + AdvancedHeader.FLOW_ID_LENGTH + AdvancedHeader.NONCE_AND_IV_LENGTH + AdvancedHeader.FORMAT_LENGTH;

    private final boolean compress;
    private final boolean strict;
    private final int flowIdField;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LONGEST_HEADER + Lz4.roomFor(Lz4.MAX_EXPANDED_BYTES));
    private final AdvancedFlows flows = new AdvancedFlows();
    private final ByteBuffer expanded = ByteBuffer.allocateDirect(Lz4.MAX_EXPANDED_BYTES);

    AdvancedMedia(int virtDstPort, boolean compress, boolean strict) {
        this.compress = compress;
        this.strict = strict;
        flowIdField = FlowId.of(virtDstPort, INNER_FLOW_ID, 0);
    }

    /** A datagram ready to send. */
    ByteBuffer write(AdvancedPeer peer, int ssrc, MediaPacket p) {
        out.clear();
        p.nullPackets = 0;
        PskKey key = peer.keyring.forNextPacket();
        int clear = AdvancedHeader.LENGTH + AdvancedHeader.FLOW_ID_LENGTH + (key == null ? 0 : AdvancedHeader.NONCE_AND_IV_LENGTH);
        int payload = clear + (strict ? AdvancedHeader.FORMAT_LENGTH : 0);
        // §5.2.3: compressed only for a peer that said C; a fragment is a piece of what it would have to be compressed as
        int compressed = compress && peer.compression && p.fragment == MediaPacket.WHOLE ? Lz4.compress(p.payload, p.payloadOffset, p.payloadLength, out, payload) : 0;
        if (compressed == 0) out.put(payload, p.payload, p.payloadOffset, p.payloadLength);
        int end = payload + (compressed == 0 ? p.payloadLength : compressed);
        int flags = fragmentFlags(p.fragment) | AdvancedHeader.FLOW_ID;
        if (p.retransmission) flags |= AdvancedHeader.RETRANSMISSION;
        // DEVIATION(librist): §5.2.7 has a descriptor in every packet of Type 5; librist's have none
        if (strict) flags |= AdvancedHeader.FORMAT;
        AdvancedHeader.write(
                out, 0, (int) (p.sequence - NUMBERS_BEGIN), (int) (p.sourceTimeNs / Ticks.NS_PER_US), ssrc & ~1, flags,
                key == null ? AdvancedHeader.PSK_NONE : AdvancedHeader.PSK_AES_CTR, compressed == 0 ? AdvancedHeader.LPC_NONE : AdvancedHeader.LPC_LZ4, AdvancedHeader.TYPE_DIRECT);
        out.putInt(AdvancedHeader.LENGTH, flowIdField);
        if (strict) out.putInt(clear, FORMAT_TRANSPORT_STREAM);
        if (key != null) encrypt(peer, key, clear, end);
        return out.position(0).limit(end);
    }

    private void encrypt(AdvancedPeer peer, PskKey key, int clear, int end) {
        int iv = peer.keyring.nextGreSequence();
        out.putInt(clear - AdvancedHeader.NONCE_AND_IV_LENGTH, key.nonce());
        out.putInt(clear - 4, iv);
        // §8, Figure 18: all behind the IV
        key.crypt(iv, out, clear, end - clear);
    }

    /** Reads a decrypted packet into {@code in}; false if it is malformed. */
    boolean read(AdvancedPeer peer, ByteBuffer b, int off, int clearLength, int end, Inbound in) {
        int payload = AdvancedHeader.payloadOffset(b, off, clearLength, end);
        if (payload == AdvancedHeader.MALFORMED) return false;
        int payloadEnd = AdvancedHeader.payloadEnd(b, off, payload, end);
        if (payloadEnd == AdvancedHeader.MALFORMED || payloadEnd == payload) return false;
        boolean whole = AdvancedHeader.first(b, off) && AdvancedHeader.last(b, off);
        in.payload = b;
        in.payloadOffset = payload;
        in.payloadLength = payloadEnd - payload;
        switch (AdvancedHeader.compression(b, off)) {
            case AdvancedHeader.LPC_NONE -> {}
            case AdvancedHeader.LPC_LZ4 -> {
                // Compressed first, then fragmented (§5.2.3): the pieces of that are not expanded here
                int length = whole ? Lz4.expand(b, payload, payloadEnd - payload, expanded, 0) : Lz4.GARBAGE;
                if (length < 1) return false;
                in.payload = expanded;
                in.payloadOffset = 0;
                in.payloadLength = length;
            }
            default -> {
                return false;
            }
        }
        in.set(Inbound.Kind.MEDIA, b, off, end);
        in.advanced = true;
        int flow = peer.flowId(AdvancedHeader.ssrc(b, off), flows);
        in.ssrc = AdvancedHeader.retransmission(b, off) ? flow | 1 : flow;
        in.sequence32 = AdvancedHeader.sequence(b, off);
        in.rtpTimestamp = AdvancedHeader.timestamp(b, off);
        in.fragment = fragment(AdvancedHeader.first(b, off), AdvancedHeader.last(b, off));
        return true;
    }

    private static int fragmentFlags(int fragment) {
        return switch (fragment) {
            case MediaPacket.WHOLE -> AdvancedHeader.WHOLE;
            case MediaPacket.FIRST -> AdvancedHeader.FIRST;
            case MediaPacket.LAST -> AdvancedHeader.LAST;
            default -> 0;
        };
    }

    private static int fragment(boolean first, boolean last) {
        if (first) return last ? MediaPacket.WHOLE : MediaPacket.FIRST;
        return last ? MediaPacket.LAST : MediaPacket.MIDDLE;
    }

    void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket out) {
        out.retransmission = (in.ssrc & 1) != 0;
        out.sequence = numbers.wideSequence(in.sequence32);
        out.sourceTimeNs = numbers.advancedTimeNs(in.arrivalNs, out.sequence, in.rtpTimestamp, out.retransmission);
        out.path = path;
        out.nullPackets = 0;
        out.fragment = in.fragment;
        out.payload = in.payload;
        out.payloadOffset = in.payloadOffset;
        out.payloadLength = in.payloadLength;
    }
}
