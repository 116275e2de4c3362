package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * Bitmask-based retransmission request: the Generic NACK of RFC 4585 §6.2.1 (TR-06-1 §5.3.2.1).
 *
 * <pre>
 * |V=2|P|  FMT=1  |    PT=205     |   length = 2 + entries        |
 * |                    SSRC of packet sender                      |  ignored (librist sends 0)
 * |                    SSRC of media source                       |
 * |              PID              |              BLP              |  bit i (from 1, the lowest): PID + i is missing, too
 * </pre>
 */
public final class BitmaskNack {
    public static final int HEADER = 12;
    public static final int ENTRY = 4;

    private static final int FMT_GENERIC_NACK = 1;

    private BitmaskNack() {}

    public static void writeHeader(ByteBuffer b, int off, int senderSsrc, int mediaSsrc, int entries) {
        RtcpCompound.writeHeader(b, off, FMT_GENERIC_NACK, RtcpCompound.RTPFB, HEADER + entries * ENTRY);
        b.putInt(off + 4, senderSsrc);
        b.putInt(off + 8, mediaSsrc);
    }

    public static void writeEntry(ByteBuffer b, int off, int i, int pid, int blp) {
        int at = off + HEADER + i * ENTRY;
        b.putShort(at, (short) pid);
        b.putShort(at + 2, (short) blp);
    }

    public static boolean is(ByteBuffer b, int off, int len) {
        return len >= HEADER
                && RtcpCompound.packetType(b, off) == RtcpCompound.RTPFB
                && RtcpCompound.subtypeOrCount(b, off) == FMT_GENERIC_NACK
                && RtcpCompound.contentLength(b, off, len) >= HEADER;
    }

    public static int senderSsrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    public static int mediaSsrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 8);
    }

    /** All whole entries. */
    public static int entries(ByteBuffer b, int off, int len) {
        return Math.max(0, RtcpCompound.contentLength(b, off, len) - HEADER) / ENTRY;
    }

    /** The first missing packet, 0..65535. */
    public static int pid(ByteBuffer b, int off, int i) {
        return b.getShort(off + HEADER + i * ENTRY) & 0xFFFF;
    }

    /** Sixteen bits: the lowest for PID + 1. */
    public static int blp(ByteBuffer b, int off, int i) {
        return b.getShort(off + HEADER + i * ENTRY + 2) & 0xFFFF;
    }
}
