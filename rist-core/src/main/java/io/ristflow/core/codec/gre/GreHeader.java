package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;

/**
 * The GRE header of the tunnel (TR-06-2 §5.1 and §7.1, over RFC 2784 and RFC 2890).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |C|0|K|S|0 0 0 0|0|H| RV  | Ver |         protocol type         |
 * |            checksum           |           reserved            |  if C
 * |                          key / nonce                          |  if K
 * |                        sequence number                        |  if S
 * </pre>
 *
 * Call {@link #length} first; the other readers rely on what it found, and {@link #nonce} and {@link #sequence} on their flags.
 */
public final class GreHeader {
    /** Keep-alive, legacy encapsulation (TR-06-2 §5.6.3). */
    public static final int PROTO_KEEPALIVE = 0x88B5;
    /** Reduced overhead, legacy encapsulation (TR-06-2 §5.3.2). */
    public static final int PROTO_REDUCED = 0x88B6;
    /** IP: full datagrams, and librist's out-of-band data (TR-06-2 §5.3.1). */
    public static final int PROTO_FULL = 0x0800;
    /** EAP over LAN, never encrypted (TR-06-2 §7.5). */
    public static final int PROTO_EAPOL = 0x888E;
    /** The VSF EtherType: a {@link VsfHeader} follows (TR-06-2 §5.2). */
    public static final int PROTO_VSF = 0xCCE0;

    /** Whether a protocol is an EtherType (IEEE 802.3: 0x0600 or more) and none of RIST's own, so that datagrams out of band may have it (TR-06-2 §5.4). */
    public static boolean outOfBand(int protocol) {
        return protocol >= 0x0600 && protocol <= 0xFFFF
                && protocol != PROTO_KEEPALIVE && protocol != PROTO_REDUCED && protocol != PROTO_EAPOL && protocol != PROTO_VSF;
    }

    /** TR-06-2:2020, with the insecure IV; :2021, with the H bit; :2022, with the VSF EtherType. */
    public static final int VERSION_2020 = 0;
    public static final int VERSION_2021 = 1;
    public static final int VERSION_2022 = 2;

    /** What {@link #write} makes. */
    public static final int CLEAR_LENGTH = 8;
    public static final int KEYED_LENGTH = 12;

    private static final int FIXED = 4;
    private static final int C = 0x80;
    private static final int K = 0x20;
    private static final int S = 0x10;
    private static final int H = 0x40;
    private static final int GRE_VERSION = 0x07;
    private static final int HIGHEST_COMPATIBLE_VERSION = 4;

    private GreHeader() {}

    /**
     * Bytes of the whole header with the optional fields that its flags name; -1 if it does not fit before {@code end}, if a reserved bit of the
     * first byte or the GRE version is set, or if the RIST version is one to discard.
     */
    public static int length(ByteBuffer b, int off, int end) {
        if (end - off < FIXED) return -1;
        int flags = b.get(off) & 0xFF;
        // DEVIATION(librist): TR-06-2 §5.1 has reserved bits ignored. They are refused, as there: no peer sets them, and random or RTP bytes do.
        if ((flags & ~(C | K | S)) != 0 || (b.get(off + 1) & GRE_VERSION) != 0) return -1;
        // TR-06-2 §5.1: RV 3 and 4 are compatible with 2; 5, 6 and 7 are unknown formats.
        if (version(b, off) > HIGHEST_COMPATIBLE_VERSION) return -1;
        int length = FIXED + 4 * Integer.bitCount(flags);
        return length <= end - off ? length : -1;
    }

    public static boolean hasChecksum(ByteBuffer b, int off) {
        return (b.get(off) & C) != 0;
    }

    /** K: what follows the header is encrypted, and a nonce is present. */
    public static boolean hasKey(ByteBuffer b, int off) {
        return (b.get(off) & K) != 0;
    }

    public static boolean hasSequence(ByteBuffer b, int off) {
        return (b.get(off) & S) != 0;
    }

    /** H: the AES key has 256 bits, not 128. TR-06-2 §5.1: to be ignored at RIST version 0, where it reads as false. */
    public static boolean aes256(ByteBuffer b, int off) {
        return (b.get(off + 1) & H) != 0 && version(b, off) != VERSION_2020;
    }

    /** RV, 0..7. */
    public static int version(ByteBuffer b, int off) {
        return b.get(off + 1) >> 3 & 0x07;
    }

    /** 0..65535. */
    public static int protocol(ByteBuffer b, int off) {
        return b.getShort(off + 2) & 0xFFFF;
    }

    /** Valid if {@link #hasKey}. */
    public static int nonceOffset(ByteBuffer b, int off) {
        return off + FIXED + (hasChecksum(b, off) ? 4 : 0);
    }

    /** Valid if {@link #hasKey}. */
    public static int nonce(ByteBuffer b, int off) {
        return b.getInt(nonceOffset(b, off));
    }

    /** Valid if {@link #hasSequence}. */
    public static int sequenceOffset(ByteBuffer b, int off) {
        return nonceOffset(b, off) + (hasKey(b, off) ? 4 : 0);
    }

    /** Unsigned 32 bits, valid if {@link #hasSequence}. */
    public static int sequence(ByteBuffer b, int off) {
        return b.getInt(sequenceOffset(b, off));
    }

    /** Whether the checksum over header and payload up to {@code end} is right (RFC 2784 §2.3); true if there is none, false if it is cut off. */
    public static boolean checksumValid(ByteBuffer b, int off, int end) {
        if (end - off < FIXED) return false;
        if (!hasChecksum(b, off)) return true;
        if (end - off < FIXED + 4) return false;
        long sum = 0;
        int at = off;
        for (; at + 2 <= end; at += 2) sum += b.getShort(at) & 0xFFFF;
        if (at < end) sum += (b.get(at) & 0xFF) << 8;
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >>> 16);
        return sum == 0xFFFF;
    }

    /**
     * Writes a header without checksum and with a sequence number; returns its length, {@link #CLEAR_LENGTH} or {@link #KEYED_LENGTH}.
     *
     * @param version RV: 2 with {@link #PROTO_VSF}, else up to 1 (TR-06-2 §5.2)
     * @param aes256  the key length; said only with a key and from version 1 on
     * @param nonce   left out unless {@code keyed}
     */
    public static int write(
            ByteBuffer b, int off, int protocol, int version, boolean keyed, boolean aes256, int nonce, int sequence) {
        b.put(off, (byte) (keyed ? K | S : S));
        // TR-06-2 §5.1: H is zero without a key and at version 0.
        b.put(off + 1, (byte) ((version & 0x07) << 3 | (keyed && aes256 && version > VERSION_2020 ? H : 0)));
        b.putShort(off + 2, (short) protocol);
        int at = off + FIXED;
        if (keyed) {
            b.putInt(at, nonce);
            at += 4;
        }
        b.putInt(at, sequence);
        return at + 4 - off;
    }
}
