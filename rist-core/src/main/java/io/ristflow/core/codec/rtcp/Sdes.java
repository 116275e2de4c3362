package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * Source description with a CNAME (TR-06-1 §5.2.5).
 *
 * <pre>
 * |V=2|P|  SC=1   |  PT=SDES=202  |            length             |
 * |                     SSRC of packet sender                     |
 * |    CNAME=1    |  name length  | user and domain name        ...
 * ...                             | 1 to 4 zero bytes             |
 * </pre>
 */
public final class Sdes {
    /** DEVIATION(librist): longer names make it drop the rest of the compound, so {@link #write} cuts at this many bytes. */
    public static final int MAX_CNAME = 127;

    private static final int CHUNK = 4;
    private static final int FIRST_ITEM = 8;
    private static final int ITEM_END = 0;
    private static final int ITEM_CNAME = 1;

    private Sdes() {}

    /** Bytes that {@link #write} takes for that name. */
    public static int length(byte[] cname) {
        // TR-06-1 §5.2.5: at least one zero byte behind the name, and whole words.
        return FIRST_ITEM + (2 + written(cname) + 1 + 3) / 4 * 4;
    }

    /** Writes the packet and returns its length. A name over {@link #MAX_CNAME} bytes is cut. */
    public static int write(ByteBuffer b, int off, int ssrc, byte[] cname) {
        int length = length(cname);
        int name = written(cname);
        RtcpCompound.writeHeader(b, off, 1, RtcpCompound.SDES, length);
        b.putInt(off + 4, ssrc);
        b.put(off + FIRST_ITEM, (byte) ITEM_CNAME);
        b.put(off + FIRST_ITEM + 1, (byte) name);
        b.put(off + FIRST_ITEM + 2, cname, 0, name);
        for (int i = off + FIRST_ITEM + 2 + name; i < off + length; i++) b.put(i, (byte) 0);
        return length;
    }

    /** The first chunk's source; 0 if there is no chunk. */
    public static int ssrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, CHUNK);
    }

    /** Where the text of the first chunk's CNAME begins, behind whatever other items; -1 if there is none that is whole. */
    public static int cnameOffset(ByteBuffer b, int off, int packetEnd) {
        if (RtcpCompound.subtypeOrCount(b, off) == 0) return -1;
        int end = Math.min(packetEnd, off + RtcpCompound.lengthOf(b, off));
        int at = off + FIRST_ITEM;
        while (at + 2 <= end) {
            int type = b.get(at) & 0xFF;
            int length = b.get(at + 1) & 0xFF;
            if (type == ITEM_END || at + 2 + length > end) return -1;
            if (type == ITEM_CNAME) return at + 2;
            at += 2 + length;
        }
        return -1;
    }

    /** Bytes of that text, 0..255; -1 if there is no CNAME. */
    public static int cnameLength(ByteBuffer b, int off, int packetEnd) {
        int at = cnameOffset(b, off, packetEnd);
        return at < 0 ? -1 : b.get(at - 1) & 0xFF;
    }

    private static int written(byte[] cname) {
        return Math.min(cname.length, MAX_CNAME);
    }
}
