package io.ristflow.core.codec.rtp;

import java.nio.ByteBuffer;

/**
 * Null packet deletion (TR-06-2 §8.1, §8.5): transport packets with PID 0x1FFF leave the payload, and seven bits in {@link RiExtension} say where
 * they were, the top bit (0x40) for the first.
 */
public final class NullPackets {
    /** Transport packets in one payload at most: as many as there are bits. */
    public static final int MAX_PACKETS = 7;
    /** The longest that {@link #restore} writes. */
    public static final int MAX_RESTORED_LENGTH = MAX_PACKETS * 204;

    private static final int SIZE_188 = 188;
    private static final int SIZE_204 = 204;
    private static final int FIRST = 0x40;
    private static final byte SYNC = 0x47;
    private static final short NULL_PID = 0x1FFF;
    private static final byte PAYLOAD_ONLY = 0x10;
    /** 8 bytes of 0xFF. */
    private static final long FILL = -1L;

    private NullPackets() {}

    /** How many null packets the bits speak of. */
    public static int count(int npdBits) {
        return Integer.bitCount(npdBits & 0x7F);
    }

    /** Whether a payload of {@code len} bytes is made of 204-byte transport packets. */
    public static boolean size204For(int len) {
        return len % SIZE_204 == 0 && len % SIZE_188 != 0;
    }

    /**
     * Copies {@code len} bytes without their null packets to {@code dst}, which needs room for {@code len} and may be {@code src} itself at the same
     * offset. Returns {@code npdBits << 16 | newLength}; -1, and nothing useful in {@code dst}, if there is no null packet or the payload is not 1 to
     * 7 whole transport packets that all begin with the sync byte.
     */
    public static int delete(ByteBuffer src, int off, int len, ByteBuffer dst, int dstOff) {
        int size = size204For(len) ? SIZE_204 : SIZE_188;
        if (len <= 0 || len % size != 0 || len / size > MAX_PACKETS) return -1;
        int bits = find(src, off, len, size);
        if (bits <= 0) return -1;
        int to = dstOff;
        int bit = FIRST;
        for (int from = off; from < off + len; from += size, bit >>= 1) {
            if ((bits & bit) != 0) continue;
            dst.put(to, src, from, size);
            to += size;
        }
        return bits << 16 | to - dstOff;
    }

    /** The bits of the null packets; -1 if one has no sync byte. */
    private static int find(ByteBuffer src, int off, int len, int size) {
        int bits = 0;
        int bit = FIRST;
        for (int at = off; at < off + len; at += size, bit >>= 1) {
            if (src.get(at) != SYNC) return -1;
            // The whole word, as in librist: an errored or priority-flagged null packet would not come back as it was.
            if (src.getShort(at + 1) == NULL_PID) bits |= bit;
        }
        return bits;
    }

    /**
     * Copies {@code len} bytes to {@code dst} with null packets put back. The packet size is the one that divides {@code len}; {@code size204} decides
     * only when nothing but null packets was sent (TR-06-2 §8.5). {@code dst} must be other memory with {@link #MAX_RESTORED_LENGTH} bytes of room.
     * Returns the restored length; -1 if bits and payload do not fit together, when the caller delivers the payload as it came.
     */
    public static int restore(ByteBuffer src, int off, int len, int npdBits, boolean size204, ByteBuffer dst, int dstOff) {
        int bits = npdBits & 0x7F;
        if (len < 0 || len > MAX_RESTORED_LENGTH) return -1;
        if (bits == 0) {
            dst.put(dstOff, src, off, len);
            return len;
        }
        int size = len == 0 ? (size204 ? SIZE_204 : SIZE_188) : size204For(len) ? SIZE_204 : SIZE_188;
        if (len % size != 0) return -1;
        int total = len / size + count(bits);
        // TR-06-2 §8.5: invalid are more than seven in sum, and a null packet placed behind more packets than have come.
        if (total > MAX_PACKETS || (bits & (FIRST << 1) - 1 >> total) != 0) return -1;
        int from = off;
        int to = dstOff;
        for (int bit = FIRST, i = 0; i < total; i++, bit >>= 1, to += size) {
            if ((bits & bit) != 0) {
                putNull(dst, to, size);
            } else {
                dst.put(to, src, from, size);
                from += size;
            }
        }
        return total * size;
    }

    /** As librist rebuilds it: 0x47 1F FF 10, then 0xFF (TR-06-2 §8.6.2 wants that fill, too). */
    private static void putNull(ByteBuffer dst, int at, int size) {
        dst.put(at, SYNC);
        dst.putShort(at + 1, NULL_PID);
        dst.put(at + 3, PAYLOAD_ONLY);
        // 184 and 200 bytes are both whole longs.
        for (int i = 4; i < size; i += Long.BYTES) dst.putLong(at + i, FILL);
    }
}
