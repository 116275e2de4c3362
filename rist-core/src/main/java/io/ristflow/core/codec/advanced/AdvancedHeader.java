package io.ristflow.core.codec.advanced;

import io.ristflow.core.codec.rtp.RtpHeader;
import java.nio.ByteBuffer;

/**
 * The header of every Advanced packet (TR-06-3 §5.2, Figure 1): an RTP header, then one word that is always there, then what its flags name.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X| CC=0  |0|  PT = 127   |        sequence number        |
 * |                      timestamp (1 MHz)                        |
 * |      SSRC: even for protected, odd for unprotected packets    |
 * |                 RTP header extension, if X                    |
 * |   sequence number extension   |F|L|E|R|I|P|H| PSK |LPC| Type  |
 * |         {@link FlowId}, if I                                        |
 * |         hash (4 words)          per PSK, Table 1              |
 * |         nonce                   per PSK, Table 1              |
 * |         IV                      per PSK, Table 1              |
 * |         payload compression, if LPC = 3                       |  from here on encrypted (Figure 18)
 * |         payload format descriptor, if P                       |
 * |         RIST header extension, if H                           |
 * |         payload                                             ...
 * </pre>
 *
 * The PSK field lies across the border of two bytes. Call {@link #clearLength} first, then {@link #payloadOffset} once what is encrypted is clear; the other readers rely on the first.
 */
public final class AdvancedHeader {
    /** What {@link #write} makes: RTP header and the word behind it. */
    public static final int LENGTH = 16;
    public static final int FLOW_ID_LENGTH = 4;
    public static final int NONCE_AND_IV_LENGTH = 8;
    public static final int FORMAT_LENGTH = 4;

    /** §5.2.1: without SDP. */
    public static final int PAYLOAD_TYPE = 127;
    public static final int MALFORMED = -1;

    /** F: first fragment of a payload. */
    public static final int FIRST = 0x80;
    /** L: last fragment of a payload. */
    public static final int LAST = 0x40;
    /** E: to be processed at once. */
    public static final int EXPEDITE = 0x20;
    /** R: a retransmission. */
    public static final int RETRANSMISSION = 0x10;
    /** I: a flow id is there. */
    public static final int FLOW_ID = 0x08;
    /** P: a payload format descriptor is there. */
    public static final int FORMAT = 0x04;
    /** H: a RIST header extension is there. */
    public static final int EXTENSION = 0x02;
    /** A payload in one piece. */
    public static final int WHOLE = FIRST | LAST;

    public static final int PSK_NONE = 0;
    /** As in the Main profile. */
    public static final int PSK_AES_CTR = 1;
    public static final int PSK_HMAC = 2;

    public static final int LPC_NONE = 0;
    public static final int LPC_LZ4 = 1;
    /** The payload compression field tells. */
    public static final int LPC_FIELD = 3;

    public static final int TYPE_REDUCED_UDP = 3;
    public static final int TYPE_CONTROL = 4;
    /** The payload alone: what RIST media is. */
    public static final int TYPE_DIRECT = 5;
    /** A whole Main packet from its GRE header on. */
    public static final int TYPE_MAIN_GRE = 8;

    /** §5.2.1: from here on payload types are dynamic and may be signalled by SDP. */
    private static final int LOWEST_PAYLOAD_TYPE = 96;
    private static final int FLAGS = 0xFE;
    private static final int WORD = 4;
    private static final int HASH_LENGTH = 16;
    /** Table 1, one bit for each value of the PSK field. */
    private static final int HAS_HASH = 0b1011_1100;
    private static final int HAS_NONCE = 0b1111_1110;
    private static final int HAS_IV = 0b1111_1010;

    private AdvancedHeader() {}

    /** §9, Figure 21: whether this is an Advanced packet rather than a GRE one. Needs no more than two bytes, and false where they are not there. */
    public static boolean looksLike(ByteBuffer b, int off, int end) {
        return end - off >= 2 && (b.get(off) & 0xC0) == 0x80 && RtpHeader.payloadType(b, off) >= LOWEST_PAYLOAD_TYPE;
    }

    /** Bytes from {@code off} to where encryption begins: all that is sent in the clear. {@link #MALFORMED} if it is no Advanced packet or does not fit. */
    public static int clearLength(ByteBuffer b, int off, int end) {
        int rtp = RtpHeader.headerLength(b, off, end);
        if (rtp == RtpHeader.MALFORMED || !looksLike(b, off, end) || end - off < rtp + WORD) return MALFORMED;
        int length = rtp + WORD + (hasFlowId(b, off) ? FLOW_ID_LENGTH : 0) + pskLength(psk(b, off));
        return length <= end - off ? length : MALFORMED;
    }

    /**
     * Where the payload begins, behind the fields that are encrypted with it; {@link #MALFORMED} if they do not fit before {@code end}.
     *
     * @param clearLength what {@link #clearLength} found
     */
    public static int payloadOffset(ByteBuffer b, int off, int clearLength, int end) {
        int at = off + clearLength;
        if (compression(b, off) == LPC_FIELD) at += WORD;
        if (hasFormat(b, off)) at += FORMAT_LENGTH;
        if (hasExtension(b, off)) {
            if (end - at < WORD) return MALFORMED;
            at += WORD + (b.getShort(at + 2) & 0xFFFF) * WORD;
        }
        return at <= end ? at : MALFORMED;
    }

    /** Where the payload ends: before the padding that P of the RTP header announces (RFC 3550 §5.1). {@link #MALFORMED} if there is no room for so much. */
    public static int payloadEnd(ByteBuffer b, int off, int payloadOffset, int end) {
        if (!RtpHeader.hasPadding(b, off)) return end;
        if (end <= payloadOffset) return MALFORMED;
        int count = b.get(end - 1) & 0xFF;
        return count > 0 && count <= end - payloadOffset ? end - count : MALFORMED;
    }

    /** §5.2.2: all 32 bits, unsigned. */
    public static int sequence(ByteBuffer b, int off) {
        return b.getShort(wordOffset(b, off)) << 16 | RtpHeader.sequence(b, off);
    }

    /** Microseconds, unsigned 32 bits. */
    public static int timestamp(ByteBuffer b, int off) {
        return RtpHeader.timestamp(b, off);
    }

    public static int ssrc(ByteBuffer b, int off) {
        return RtpHeader.ssrc(b, off);
    }

    public static boolean first(ByteBuffer b, int off) {
        return (flags(b, off) & FIRST) != 0;
    }

    public static boolean last(ByteBuffer b, int off) {
        return (flags(b, off) & LAST) != 0;
    }

    public static boolean expedite(ByteBuffer b, int off) {
        return (flags(b, off) & EXPEDITE) != 0;
    }

    public static boolean retransmission(ByteBuffer b, int off) {
        return (flags(b, off) & RETRANSMISSION) != 0;
    }

    public static boolean hasFlowId(ByteBuffer b, int off) {
        return (flags(b, off) & FLOW_ID) != 0;
    }

    public static boolean hasFormat(ByteBuffer b, int off) {
        return (flags(b, off) & FORMAT) != 0;
    }

    public static boolean hasExtension(ByteBuffer b, int off) {
        return (flags(b, off) & EXTENSION) != 0;
    }

    /** All seven flags, as the constants of this class have them. */
    public static int flags(ByteBuffer b, int off) {
        return b.get(wordOffset(b, off) + 2) & FLAGS;
    }

    /** 0..7; its upper bit is the lowest of the flags' byte. */
    public static int psk(ByteBuffer b, int off) {
        int at = wordOffset(b, off) + 2;
        return (b.get(at) & 1) << 2 | (b.get(at + 1) & 0xC0) >>> 6;
    }

    /** The LPC field, 0..3. */
    public static int compression(ByteBuffer b, int off) {
        return b.get(wordOffset(b, off) + 3) >>> 4 & 0x03;
    }

    /** 0..15. */
    public static int type(ByteBuffer b, int off) {
        return b.get(wordOffset(b, off) + 3) & 0x0F;
    }

    /** As {@link FlowId} reads it; 0 without the field, which §5.2.4 makes the same. */
    public static int flowId(ByteBuffer b, int off) {
        return hasFlowId(b, off) ? b.getInt(wordOffset(b, off) + WORD) : 0;
    }

    /** Whether Table 1 has a nonce and an IV for this PSK field. */
    public static boolean hasNonceAndIv(int psk) {
        return (HAS_NONCE & HAS_IV & 1 << psk) != 0;
    }

    /** Valid if {@link #hasNonceAndIv}. */
    public static int nonce(ByteBuffer b, int off) {
        return b.getInt(nonceOffset(b, off));
    }

    /** The upper 32 bits of the initialisation vector; valid if {@link #hasNonceAndIv}. */
    public static int iv(ByteBuffer b, int off) {
        return b.getInt(nonceOffset(b, off) + WORD);
    }

    /** The payload format descriptor, 0 if there is none; valid after {@link #payloadOffset}, {@code clearLength} being what {@link #clearLength} found. */
    public static int format(ByteBuffer b, int off, int clearLength) {
        if (!hasFormat(b, off)) return 0;
        return b.getInt(off + clearLength + (compression(b, off) == LPC_FIELD ? WORD : 0));
    }

    /**
     * Writes RTP header and word, {@link #LENGTH} bytes. What the flags and {@code psk} name follows from the caller's hand, in the order of the class comment.
     *
     * @param flags of the constants of this class
     * @param psk 0..7
     * @param lpc 0..3
     */
    public static void write(ByteBuffer b, int off, int sequence, int timestamp, int ssrc, int flags, int psk, int lpc, int type) {
        RtpHeader.write(b, off, PAYLOAD_TYPE, sequence & 0xFFFF, timestamp, ssrc, false);
        int word = off + RtpHeader.LENGTH;
        b.putShort(word, (short) (sequence >>> 16));
        b.put(word + 2, (byte) (flags & FLAGS | psk >>> 2 & 1));
        b.put(word + 3, (byte) ((psk & 3) << 6 | (lpc & 3) << 4 | type & 0x0F));
    }

    /** Marks a written packet as repeated. */
    public static void markRetransmission(ByteBuffer b, int off) {
        int at = off + RtpHeader.LENGTH + 2;
        b.put(at, (byte) (b.get(at) | RETRANSMISSION));
    }

    private static int pskLength(int psk) {
        int bit = 1 << psk;
        return ((HAS_HASH & bit) != 0 ? HASH_LENGTH : 0) + ((HAS_NONCE & bit) != 0 ? WORD : 0) + ((HAS_IV & bit) != 0 ? WORD : 0);
    }

    private static int nonceOffset(ByteBuffer b, int off) {
        int at = wordOffset(b, off) + WORD + (hasFlowId(b, off) ? FLOW_ID_LENGTH : 0);
        return (HAS_HASH & 1 << psk(b, off)) != 0 ? at + HASH_LENGTH : at;
    }

    /** Where sequence extension and flags stand: behind a CSRC list (which §5.2.1 rules out, and RFC 3550 has skipped) and a header extension. */
    private static int wordOffset(ByteBuffer b, int off) {
        int at = off + RtpHeader.LENGTH + RtpHeader.csrcCount(b, off) * WORD;
        return RtpHeader.hasExtension(b, off) ? at + WORD + (b.getShort(at + 2) & 0xFFFF) * WORD : at;
    }
}
