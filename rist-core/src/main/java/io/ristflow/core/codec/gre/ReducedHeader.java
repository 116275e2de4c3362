package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;

/**
 * The reduced UDP header of reduced overhead mode (TR-06-2 §5.3.2, Figure 5); RTP or RTCP follows.
 *
 * <pre>
 * |        UDP source port        |     UDP destination port      |
 * </pre>
 */
public final class ReducedHeader {
    public static final int LENGTH = 4;

    private ReducedHeader() {}

    /** Whether it is there. */
    public static boolean fits(int off, int end) {
        return end - off >= LENGTH;
    }

    public static void write(ByteBuffer b, int off, int srcPort, int dstPort) {
        b.putShort(off, (short) srcPort);
        b.putShort(off + 2, (short) dstPort);
    }

    /** 0..65535. Not to be used to tell RTP from RTCP: implementations number as they please. */
    public static int sourcePort(ByteBuffer b, int off) {
        return b.getShort(off) & 0xFFFF;
    }

    /** 0..65535. */
    public static int destinationPort(ByteBuffer b, int off) {
        return b.getShort(off + 2) & 0xFFFF;
    }
}
