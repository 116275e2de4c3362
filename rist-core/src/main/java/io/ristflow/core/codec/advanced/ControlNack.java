package io.ristflow.core.codec.advanced;

import java.nio.ByteBuffer;

/**
 * The two retransmission requests of the Advanced profile (TR-06-3 §5.3.2 Figure 8, §5.3.3 Figure 9), which differ in what the second word of an entry means.
 *
 * <pre>
 * |                     SSRC of media source                      |
 * |                    packet sequence start (PSS)                |  all 32 bits
 * |  bitmask: bit i (from 1, the lowest): PSS + i is lost, too    |
 * |  range:   packets lost besides PSS, following it              |
 * |                      further entries ...                      |
 * </pre>
 *
 * DEVIATION(librist): it reads one entry of a message, and so do we write one a datagram. It puts its own SSRC into the first word: nobody may look a flow up by it.
 */
public final class ControlNack {
    /** With one entry. */
    public static final int LENGTH = 12;

    private static final int SSRC = 4;
    private static final int ENTRY = 8;

    private ControlNack() {}

    /** Writes a message of one entry. */
    public static void write(ByteBuffer b, int off, int mediaSsrc, int first, int bitmaskOrAdditional) {
        b.putInt(off, mediaSsrc);
        b.putInt(off + 4, first);
        b.putInt(off + 8, bitmaskOrAdditional);
    }

    /** All whole entries of a message of {@code length} bytes; 0 if it is too short for one. */
    public static int entries(int length) {
        return Math.max(0, length - SSRC) / ENTRY;
    }

    /** Valid, like what follows, if there are {@link #entries}. */
    public static int mediaSsrc(ByteBuffer b, int off) {
        return b.getInt(off);
    }

    /** Unsigned 32 bits: the first lost packet. */
    public static int first(ByteBuffer b, int off, int i) {
        return b.getInt(off + SSRC + i * ENTRY);
    }

    /** In a bitmask request: 32 bits, the lowest for the packet behind the first. */
    public static int bitmask(ByteBuffer b, int off, int i) {
        return b.getInt(off + SSRC + i * ENTRY + 4);
    }

    /** In a range request: unsigned 32 bits, how many packets more than the first are lost. */
    public static int additional(ByteBuffer b, int off, int i) {
        return b.getInt(off + SSRC + i * ENTRY + 4);
    }
}
