package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * SR without report blocks (TR-06-1 §5.2.2).
 *
 * <pre>
 * |V=2|P|  RC=0   |   PT=SR=200   |           length=6            |
 * |                         SSRC of sender                        |
 * |              NTP timestamp, most significant word             |
 * |             NTP timestamp, least significant word             |
 * |                         RTP timestamp                         |
 * |                     sender's packet count                     |
 * |                      sender's octet count                     |
 * </pre>
 */
public final class SenderReport {
    public static final int LENGTH = 28;

    private SenderReport() {}

    public static void write(
            ByteBuffer b, int off, int ssrc, long ntp, int rtpTimestamp, int packetCount, int octetCount) {
        RtcpCompound.writeHeader(b, off, 0, RtcpCompound.SR, LENGTH);
        b.putInt(off + 4, ssrc);
        b.putLong(off + 8, ntp);
        b.putInt(off + 16, rtpTimestamp);
        b.putInt(off + 20, packetCount);
        b.putInt(off + 24, octetCount);
    }

    /** Whether the packet is an SR and whole; a shorter one reads as zeros. Report blocks behind it are ignored. */
    public static boolean is(ByteBuffer b, int off, int len) {
        return len >= LENGTH && RtcpCompound.packetType(b, off) == RtcpCompound.SR;
    }

    public static int ssrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    /** NTP-64; 0 if the sender knows no time. */
    public static long ntp(ByteBuffer b, int off) {
        return RtcpCompound.lengthOf(b, off) >= LENGTH ? b.getLong(off + 8) : 0;
    }

    public static int rtpTimestamp(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 16);
    }

    public static int packetCount(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 20);
    }

    public static int octetCount(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 24);
    }
}
