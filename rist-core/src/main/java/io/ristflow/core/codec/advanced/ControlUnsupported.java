package io.ristflow.core.codec.advanced;

import java.nio.ByteBuffer;

/**
 * "I do not know your control message" (TR-06-3 §5.3.10, Figure 16), once a second at most.
 *
 * <pre>
 * |                    SSRC of control source                     |
 * |    incoming control index     |   first 48 bits of its ...    |
 * | ... message, filled with zeros                                |
 * </pre>
 *
 * DEVIATION(librist): it puts its own SSRC first, two zero bytes behind the index and two at the end, and says 12 where there are 16. The index is in its place, and that is all anybody needs.
 */
public final class ControlUnsupported {
    public static final int LENGTH = 12;

    private static final int UP_TO_INDEX = 6;
    private static final int QUOTED = 6;

    private ControlUnsupported() {}

    /** Whether a message of {@code length} bytes names an index. */
    public static boolean fits(int length) {
        return length >= UP_TO_INDEX;
    }

    /** The SSRC of who sent the unsupported message; librist's own there. */
    public static int controlSsrc(ByteBuffer b, int off) {
        return b.getInt(off);
    }

    /** 0..65535: which message is not supported. */
    public static int unsupportedIndex(ByteBuffer b, int off) {
        return b.getShort(off + 4) & 0xFFFF;
    }

    /** Answers the message of {@code messageLength} bytes at {@code messageOff}. */
    public static void write(ByteBuffer b, int off, int controlSsrc, int index, ByteBuffer message, int messageOff, int messageLength) {
        b.putInt(off, controlSsrc);
        b.putShort(off + 4, (short) index);
        int quoted = Math.min(messageLength, QUOTED);
        b.put(off + UP_TO_INDEX, message, messageOff, quoted);
        for (int i = quoted; i < QUOTED; i++) b.put(off + UP_TO_INDEX + i, (byte) 0);
    }
}
