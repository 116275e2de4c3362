package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * Walks a compound RTCP datagram (RFC 3550 §6.1, TR-06-1 §5.2.1).
 *
 * <pre>
 * |V=2|P| count/  |  packet type  |   length in words, minus one  |
 * |     | subtype |               |                               |
 * </pre>
 *
 * <pre>{@code
 * for (int at = off, n; (n = RtcpCompound.next(b, at, end)) > 0; at += n) switch (RtcpCompound.packetType(b, at)) { … }
 * }</pre>
 */
public final class RtcpCompound {
    public static final int SR = 200;
    public static final int RR = 201;
    public static final int SDES = 202;
    public static final int BYE = 203;
    public static final int APP = 204;
    public static final int RTPFB = 205;
    /** Extended reports, RFC 3611. */
    public static final int XR = 207;
    /** DEVIATION(librist): it numbers extended reports 77 (207 without the top bit). */
    public static final int XR_LIBRIST = 77;

    /** The common header. */
    public static final int HEADER = 4;
    /** "RIST", the name in all its application-defined packets. */
    static final int NAME_RIST = 0x52495354;

    private static final int PADDING = 0x20;

    private RtcpCompound() {}

    /**
     * Bytes of the packet at {@code off}, padding included. -1 at the end of the datagram, and where what follows is no RTCP packet or is cut off:
     * the walk ends there, what came before counts.
     */
    public static int next(ByteBuffer b, int off, int end) {
        if (end - off < HEADER || (b.get(off) & 0xC0) != 0x80) return -1;
        int length = lengthOf(b, off);
        if (length > end - off) return -1;
        if ((b.get(off) & PADDING) != 0) {
            // RFC 3550 §6.4.1: the last byte counts the padding, itself included, in multiples of four.
            int padding = b.get(off + length - 1) & 0xFF;
            if (padding == 0 || padding % 4 != 0 || padding > length - HEADER) return -1;
        }
        return length;
    }

    /** 0..255. */
    public static int packetType(ByteBuffer b, int off) {
        return b.get(off + 1) & 0xFF;
    }

    /** The low five bits of the first byte: report count, source count, FMT or APP subtype. */
    public static int subtypeOrCount(ByteBuffer b, int off) {
        return b.get(off) & 0x1F;
    }

    /** Whether nothing but whole RTCP packets lies between, at least one. */
    public static boolean wellFormed(ByteBuffer b, int off, int end) {
        int at = off;
        while (at < end) {
            int length = next(b, at, end);
            if (length < 0) return false;
            at += length;
        }
        return at > off;
    }

    /** The packet's own length field in bytes. */
    static int lengthOf(ByteBuffer b, int off) {
        return ((b.getShort(off + 2) & 0xFFFF) + 1) * 4;
    }

    /** Bytes of a packet of {@code len} bytes that are not padding. */
    static int contentLength(ByteBuffer b, int off, int len) {
        return (b.get(off) & PADDING) == 0 ? len : len - (b.get(off + len - 1) & 0xFF);
    }

    /** The word at {@code field} bytes into the packet; 0 if the packet ends before. */
    static int word(ByteBuffer b, int off, int field) {
        return lengthOf(b, off) >= field + 4 ? b.getInt(off + field) : 0;
    }

    static void writeHeader(ByteBuffer b, int off, int subtypeOrCount, int packetType, int length) {
        b.put(off, (byte) (0x80 | subtypeOrCount & 0x1F));
        b.put(off + 1, (byte) packetType);
        b.putShort(off + 2, (short) (length / 4 - 1));
    }

    /** An application-defined packet named "RIST" of that subtype with at least {@code minimum} bytes besides padding. */
    static boolean isRistApp(ByteBuffer b, int off, int len, int subtype, int minimum) {
        return len >= minimum
                && packetType(b, off) == APP
                && subtypeOrCount(b, off) == subtype
                && contentLength(b, off, len) >= minimum
                && b.getInt(off + 8) == NAME_RIST;
    }
}
