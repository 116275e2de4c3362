package io.ristflow.core.codec.lqm;

import java.nio.ByteBuffer;

/**
 * Link Quality Message (TR-06-4 Part 1 §5.1, Figure 2): what one receiver got in one reporting period. Every field has 32 bits and no sign.
 *
 * <pre>
 * |                        Sequence Number                        |
 * |                     Reporting Period (ms)                     |
 * |                     NACK Window Size (ms)                     |
 * |               Count of source packets received                |
 * |                Count of original packets lost                 |
 * |            Count of retransmitted packets received            |
 * |                  Count of recovered packets                   |
 * |                 Count of unrecovered packets                  |
 * |                     Count of late packets                     |
 * |              Measured Data Bandwidth (kbits/sec)              |
 * |         Measured Retransmission Bandwidth (kbits/sec)         |
 * </pre>
 */
public final class LinkQualityMessage {
    public static final int LENGTH = 44;
    private static final long MAX = 0xFFFF_FFFFL;

    private LinkQualityMessage() {}

    /** Whether a whole message is there; more bytes may follow. */
    public static boolean fits(ByteBuffer b, int off, int end) {
        return off >= 0 && end - off >= LENGTH && end <= b.limit();
    }

    /** What does not fit 32 bits is cut to the nearest that does; the sequence number wraps. */
    public static void write(
            ByteBuffer b, int off, int sequence, long periodMs, long nackWindowMs, long sourceReceived, long originalLost, long retransmittedReceived,
            long recovered, long unrecovered, long late, long dataKbps, long retransmissionKbps) {
        b.putInt(off, sequence);
        b.putInt(off + 4, clamp(periodMs));
        b.putInt(off + 8, clamp(nackWindowMs));
        b.putInt(off + 12, clamp(sourceReceived));
        b.putInt(off + 16, clamp(originalLost));
        b.putInt(off + 20, clamp(retransmittedReceived));
        b.putInt(off + 24, clamp(recovered));
        b.putInt(off + 28, clamp(unrecovered));
        b.putInt(off + 32, clamp(late));
        b.putInt(off + 36, clamp(dataKbps));
        b.putInt(off + 40, clamp(retransmissionKbps));
    }

    /** Of these messages alone; as an {@code int}, since it wraps. */
    public static int sequence(ByteBuffer b, int off) {
        return b.getInt(off);
    }

    /** Milliseconds. */
    public static long periodMs(ByteBuffer b, int off) {
        return word(b, off + 4);
    }

    /** Milliseconds. */
    public static long nackWindowMs(ByteBuffer b, int off) {
        return word(b, off + 8);
    }

    /** First transmissions, FEC, echo responses, keep-alives, flow attributes; duplicates included. */
    public static long sourceReceived(ByteBuffer b, int off) {
        return word(b, off + 12);
    }

    public static long originalLost(ByteBuffer b, int off) {
        return word(b, off + 16);
    }

    public static long retransmittedReceived(ByteBuffer b, int off) {
        return word(b, off + 20);
    }

    public static long recovered(ByteBuffer b, int off) {
        return word(b, off + 24);
    }

    public static long unrecovered(ByteBuffer b, int off) {
        return word(b, off + 28);
    }

    /** First transmissions that came too late to be used. */
    public static long late(ByteBuffer b, int off) {
        return word(b, off + 32);
    }

    /** Of first transmissions, RTP header and payload, 1,000 bits a second. */
    public static long dataKbps(ByteBuffer b, int off) {
        return word(b, off + 36);
    }

    /** Of retransmissions, RTP header and payload, 1,000 bits a second. */
    public static long retransmissionKbps(ByteBuffer b, int off) {
        return word(b, off + 40);
    }

    private static long word(ByteBuffer b, int at) {
        return b.getInt(at) & MAX;
    }

    private static int clamp(long value) {
        return (int) Math.clamp(value, 0, MAX);
    }
}
