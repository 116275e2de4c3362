package io.ristflow.core.codec.rtp;

import java.nio.ByteBuffer;

/**
 * The RTP header (RFC 3550 §5.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                              SSRC                             |
 * |                         CSRC list (CC words)                  |
 * |   extension: defined by profile   |   length (words)          |  if X
 * |                        extension data                         |
 * </pre>
 *
 * The readers of single fields need the first {@link #LENGTH} bytes; {@link #headerLength} says whether they are there.
 */
public final class RtpHeader {
    /** The fixed part. */
    public static final int LENGTH = 12;
    /** MPEG-2 transport streams (RFC 3551 §6). */
    public static final int PT_MPEGTS = 33;
    public static final int MALFORMED = -1;

    private static final int VERSION_2 = 0x80;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int WORD = 4;

    private RtpHeader() {}

    /**
     * Bytes from {@code off} to the payload: fixed part, CSRC list and header extension. {@link #MALFORMED} if the version is not 2 or anything
     * of it lies beyond {@code end}.
     */
    public static int headerLength(ByteBuffer b, int off, int end) {
        if (end - off < LENGTH) return MALFORMED;
        if ((b.get(off) & 0xC0) != VERSION_2) return MALFORMED;
        int length = LENGTH + csrcCount(b, off) * WORD;
        if (hasExtension(b, off)) {
            if (end - off < length + WORD) return MALFORMED;
            length += WORD + (b.getShort(off + length + 2) & 0xFFFF) * WORD;
        }
        return length <= end - off ? length : MALFORMED;
    }

    /**
     * RTCP shares the port in the tunnel and is told from RTP by its second byte (RFC 5761 §4): 200 to 206, as seen with the marker bit off.
     * librist's XR byte 77 falls into the same range. Needs two bytes.
     */
    public static boolean looksLikeRtcp(ByteBuffer b, int off) {
        int low = b.get(off + 1) & 0x7F;
        return low >= 72 && low <= 78;
    }

    public static int payloadType(ByteBuffer b, int off) {
        return b.get(off + 1) & 0x7F;
    }

    public static boolean marker(ByteBuffer b, int off) {
        return (b.get(off + 1) & 0x80) != 0;
    }

    /** 0..65535. */
    public static int sequence(ByteBuffer b, int off) {
        return b.getShort(off + 2) & 0xFFFF;
    }

    public static int timestamp(ByteBuffer b, int off) {
        return b.getInt(off + 4);
    }

    public static int ssrc(ByteBuffer b, int off) {
        return b.getInt(off + 8);
    }

    public static boolean hasExtension(ByteBuffer b, int off) {
        return (b.get(off) & EXTENSION) != 0;
    }

    public static boolean hasPadding(ByteBuffer b, int off) {
        return (b.get(off) & PADDING) != 0;
    }

    /** 0..15. */
    public static int csrcCount(ByteBuffer b, int off) {
        return b.get(off) & 0x0F;
    }

    /**
     * Bytes of padding before {@code end}, its count byte included (RFC 3550 §5.1); 0 without the P bit. {@link #MALFORMED} if the count is zero or
     * reaches into the header, or the header itself is malformed.
     */
    public static int paddingLength(ByteBuffer b, int off, int end) {
        int header = headerLength(b, off, end);
        if (header == MALFORMED) return MALFORMED;
        if (!hasPadding(b, off)) return 0;
        int count = b.get(end - 1) & 0xFF;
        return count > 0 && count <= end - off - header ? count : MALFORMED;
    }

    /** Where the header extension begins (its "defined by profile" field), if {@link #hasExtension}. */
    public static int extensionOffset(ByteBuffer b, int off) {
        return off + LENGTH + csrcCount(b, off) * WORD;
    }

    /** Writes the fixed part: version 2, no padding, no CSRC, marker off. */
    public static void write(
            ByteBuffer b, int off, int payloadType, int sequence16, int timestamp, int ssrc, boolean extension) {
        b.put(off, (byte) (extension ? VERSION_2 | EXTENSION : VERSION_2));
        b.put(off + 1, (byte) (payloadType & 0x7F));
        b.putShort(off + 2, (short) sequence16);
        b.putInt(off + 4, timestamp);
        b.putInt(off + 8, ssrc);
    }
}
