package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * RR, empty (TR-06-1 §5.2.3) or with one report block (§5.2.4).
 *
 * <pre>
 * |V=2|P| RC=0/1  |   PT=RR=201   |          length=1/7           |
 * |                     SSRC of packet sender                     |
 * |                     received stream SSRC                      |  from here only if RC=1
 * | fraction lost |       cumulative number of packets lost       |
 * |           extended highest sequence number received           |
 * |                      interarrival jitter                      |
 * |                         last SR (LSR)                         |
 * |                   delay since last SR (DLSR)                  |
 * :                  profile-specific extension                   :  if the length says so (RFC 3550 §6.4.2, TR-06-4 Part 1 §5.2)
 * </pre>
 */
public final class ReceiverReport {
    public static final int EMPTY_LENGTH = 8;
    public static final int LENGTH = 32;

    private static final int BLOCK = 24;

    private ReceiverReport() {}

    public static void writeEmpty(ByteBuffer b, int off, int ssrc) {
        RtcpCompound.writeHeader(b, off, 0, RtcpCompound.RR, EMPTY_LENGTH);
        b.putInt(off + 4, ssrc);
    }

    /**
     * @param fractionLost   lost since the last report, in 256ths
     * @param cumulativeLost signed; clamped to 24 bits as RFC 3550 §6.4.1 demands
     * @param lsr            middle 32 bits of the last SR's NTP time; 0 if none came
     * @param dlsr           1/65536 seconds since that SR
     */
    public static void write(
            ByteBuffer b, int off, int ssrc, int mediaSsrc, int fractionLost, int cumulativeLost, int extendedHighest,
            int jitter, int lsr, int dlsr) {
        RtcpCompound.writeHeader(b, off, 1, RtcpCompound.RR, LENGTH);
        b.putInt(off + 4, ssrc);
        b.putInt(off + 8, mediaSsrc);
        int lost = Math.max(-0x80_0000, Math.min(cumulativeLost, 0x7F_FFFF));
        b.putInt(off + 12, fractionLost << 24 | lost & 0xFF_FFFF);
        b.putInt(off + 16, extendedHighest);
        b.putInt(off + 20, jitter);
        b.putInt(off + 24, lsr);
        b.putInt(off + 28, dlsr);
    }

    /** Takes the {@code extensionLength} bytes behind a report just written, a multiple of four, into it as its profile-specific extension. */
    public static void extend(ByteBuffer b, int off, int extensionLength) {
        b.putShort(off + 2, (short) (b.getShort(off + 2) + extensionLength / 4));
    }

    /** Whether the packet is an RR and has at least its SSRC. */
    public static boolean is(ByteBuffer b, int off, int len) {
        return len >= EMPTY_LENGTH && RtcpCompound.packetType(b, off) == RtcpCompound.RR;
    }

    public static int ssrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    /** Whether a whole report block is there; without one the readers below give zero. */
    public static boolean hasBlock(ByteBuffer b, int off) {
        return RtcpCompound.subtypeOrCount(b, off) >= 1 && RtcpCompound.lengthOf(b, off) >= LENGTH;
    }

    public static int mediaSsrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 8);
    }

    /** 256ths. */
    public static int fractionLost(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 12) >>> 24;
    }

    /** Signed: duplicates count against losses. */
    public static int cumulativeLost(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 12) << 8 >> 8;
    }

    public static int extendedHighest(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 16);
    }

    public static int jitter(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 20);
    }

    public static int lsr(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 24);
    }

    public static int dlsr(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 28);
    }

    /** Where the profile-specific extension begins, behind the report blocks (RFC 3550 §6.4.2). */
    public static int extensionOffset(ByteBuffer b, int off) {
        return off + EMPTY_LENGTH + RtcpCompound.subtypeOrCount(b, off) * BLOCK;
    }

    /** Bytes of that extension in a packet of {@code len} bytes; 0 or less if it has none. */
    public static int extensionLength(ByteBuffer b, int off, int len) {
        return off + RtcpCompound.contentLength(b, off, len) - extensionOffset(b, off);
    }
}
