package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * EXTSEQ: the upper 16 bits of the sequence numbers in the request that follows it (TR-06-2 §8.4, Figure 16). librist knows it not.
 *
 * <pre>
 * |V=2|0|subtype=1|   PT=APP=204  |           length=3            |
 * |                    SSRC of media source                       |
 * |                        "RIST" (ASCII)                         |
 * |   sequence number extension   |          reserved=0           |
 * </pre>
 */
public final class ExtSeq {
    public static final int LENGTH = 16;

    private static final int SUBTYPE = 1;

    private ExtSeq() {}

    public static void write(ByteBuffer b, int off, int mediaSsrc, int msb16) {
        RtcpCompound.writeHeader(b, off, SUBTYPE, RtcpCompound.APP, LENGTH);
        b.putInt(off + 4, mediaSsrc);
        b.putInt(off + 8, RtcpCompound.NAME_RIST);
        b.putShort(off + 12, (short) msb16);
        b.putShort(off + 14, (short) 0);
    }

    public static boolean is(ByteBuffer b, int off, int len) {
        return RtcpCompound.isRistApp(b, off, len, SUBTYPE, LENGTH);
    }

    public static int mediaSsrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    /** 0..65535. */
    public static int sequenceExtension(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 12) >>> 16;
    }
}
