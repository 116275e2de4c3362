package io.ristflow.core.codec.rtp;

import java.nio.ByteBuffer;

/**
 * The RTP header extension of RIST Main Profile: null packet deletion and extended sequence numbers (TR-06-2 §8.3, Figure 15).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |     0x52 (R)  |    0x49 (I)   |          length = 1           |
 * |N|E|Size |0 0 0|T| NPD bits    |   sequence number extension   |
 * </pre>
 *
 * Counted out, N, E, Size and the three zeros fill the first byte, so T is the top bit of the second: the same place where librist keeps its
 * 204-byte flag. The two forms differ only in that librist writes neither E nor Size.
 */
public final class RiExtension {
    /** With the four bytes of the generic extension header. */
    public static final int LENGTH = 8;
    /** "RI". */
    public static final int IDENTIFIER = 0x5249;

    private static final int NULL_PACKETS = 0x80;
    private static final int SEQUENCE_EXTENDED = 0x40;
    private static final int SIZE_204 = 0x80;
    private static final int NPD_MASK = 0x7F;

    private RiExtension() {}

    /** Whether the extension at {@code extOff} is this one and whole. The readers below may be called only then. */
    public static boolean present(ByteBuffer b, int extOff, int end) {
        return end - extOff >= LENGTH
                && (b.getShort(extOff) & 0xFFFF) == IDENTIFIER
                && b.getShort(extOff + 2) == 1;
    }

    /** N: null packets were removed; {@link #npdBits}, {@link #size204} and {@link #size} count only if set. */
    public static boolean nullPackets(ByteBuffer b, int extOff) {
        return (b.get(extOff + 4) & NULL_PACKETS) != 0;
    }

    /** E: {@link #sequenceExtension} is valid. */
    public static boolean sequenceExtended(ByteBuffer b, int extOff) {
        return (b.get(extOff + 4) & SEQUENCE_EXTENDED) != 0;
    }

    /** How many transport packets there were before deletion, 1..7; 0 if the sender does not say. A hint: the payload's own size wins (§8.5). */
    public static int size(ByteBuffer b, int extOff) {
        return b.get(extOff + 4) >> 3 & 0x07;
    }

    /** Seven bits, the top one (0x40) for the first transport packet: set where a null packet was removed. */
    public static int npdBits(ByteBuffer b, int extOff) {
        return b.get(extOff + 5) & NPD_MASK;
    }

    /** T: transport packets of 204 bytes, not 188. Needed only for payloads of nothing but null packets. */
    public static boolean size204(ByteBuffer b, int extOff) {
        return (b.get(extOff + 5) & SIZE_204) != 0;
    }

    /** The upper 16 bits of the sequence number, 0..65535. */
    public static int sequenceExtension(ByteBuffer b, int extOff) {
        return b.getShort(extOff + 6) & 0xFFFF;
    }

    /**
     * Writes the extension as librist does: Size 0; N only if a null packet was removed; E and its field only if {@code extended} (librist peers
     * must not be sent it).
     */
    public static void write(
            ByteBuffer b, int extOff, int npdBits, boolean size204, int sequenceExtension, boolean extended) {
        b.putShort(extOff, (short) IDENTIFIER);
        b.putShort(extOff + 2, (short) 1);
        int npd = npdBits & NPD_MASK;
        b.put(extOff + 4, (byte) ((npd != 0 ? NULL_PACKETS : 0) | (extended ? SEQUENCE_EXTENDED : 0)));
        b.put(extOff + 5, (byte) (npd | (size204 ? SIZE_204 : 0)));
        b.putShort(extOff + 6, (short) (extended ? sequenceExtension : 0));
    }
}
