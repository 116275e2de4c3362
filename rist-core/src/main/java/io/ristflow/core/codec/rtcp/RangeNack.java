package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * Range-based retransmission request (TR-06-1 §5.3.2.2).
 *
 * <pre>
 * |V=2|P|subtype=0|   PT=APP=204  |   length = 2 + ranges         |
 * |                    SSRC of media source                       |
 * |                        "RIST" (ASCII)                         |
 * |  missing packet sequence start | number of additional packets |  up to 16 times
 * </pre>
 */
public final class RangeNack {
    public static final int HEADER = 12;
    public static final int RECORD = 4;
    /** TR-06-1 §5.3.2.2: a packet shall have a maximum of 16 range requests. */
    public static final int MAX_RECORDS = 16;
    /** DEVIATION(librist): its sender serves at most 257 packets of one range; we ask for no more than this in one record. */
    public static final int MAX_PACKETS_PER_RECORD = 256;

    private RangeNack() {}

    public static void writeHeader(ByteBuffer b, int off, int mediaSsrc, int records) {
        RtcpCompound.writeHeader(b, off, 0, RtcpCompound.APP, HEADER + records * RECORD);
        b.putInt(off + 4, mediaSsrc);
        b.putInt(off + 8, RtcpCompound.NAME_RIST);
    }

    /** Asks for {@code first16} and {@code additional16} packets after it. */
    public static void writeRecord(ByteBuffer b, int off, int index, int first16, int additional16) {
        int at = off + HEADER + index * RECORD;
        b.putShort(at, (short) first16);
        b.putShort(at + 2, (short) additional16);
    }

    public static boolean is(ByteBuffer b, int off, int len) {
        return RtcpCompound.isRistApp(b, off, len, 0, HEADER);
    }

    public static int mediaSsrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    /** All whole records; more than {@link #MAX_RECORDS} do come (librist does not split). */
    public static int records(ByteBuffer b, int off, int len) {
        return Math.max(0, RtcpCompound.contentLength(b, off, len) - HEADER) / RECORD;
    }

    /** 0..65535. */
    public static int first(ByteBuffer b, int off, int i) {
        return b.getShort(off + HEADER + i * RECORD) & 0xFFFF;
    }

    /** Packets after the first, 0..65535: a caller that serves them sets a bound. */
    public static int additional(ByteBuffer b, int off, int i) {
        return b.getShort(off + HEADER + i * RECORD + 2) & 0xFFFF;
    }
}
