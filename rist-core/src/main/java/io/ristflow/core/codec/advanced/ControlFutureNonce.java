package io.ristflow.core.codec.advanced;

import java.nio.ByteBuffer;

/**
 * The future nonce announcement (TR-06-3 §5.3.9, Figure 15).
 *
 * <pre>
 * |                       future PSK nonce                        |
 * |           key bits            |           reserved            |  librist's
 * </pre>
 *
 * DEVIATION(librist): it has a second word, and does not read a message without it.
 */
public final class ControlFutureNonce {
    /** Figure 15. */
    public static final int LENGTH = 4;
    public static final int LIBRIST_LENGTH = 8;

    private ControlFutureNonce() {}

    /** Whether a message of {@code length} bytes is one, with a nonce: §8.2 wants it non-zero. */
    public static boolean valid(ByteBuffer b, int off, int length) {
        return length >= LENGTH && b.getInt(off) != 0;
    }

    public static int nonce(ByteBuffer b, int off) {
        return b.getInt(off);
    }

    /** Writes Figure 15. */
    public static void write(ByteBuffer b, int off, int nonce) {
        b.putInt(off, nonce);
    }

    /** Writes librist's. */
    public static void writeLibrist(ByteBuffer b, int off, int nonce, int aesBits) {
        b.putInt(off, nonce);
        b.putInt(off + 4, aesBits << 16);
    }
}
