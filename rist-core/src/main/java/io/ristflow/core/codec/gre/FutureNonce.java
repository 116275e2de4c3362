package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;

/**
 * The future nonce announcement behind VSF subtype 0x8001 (TR-06-2 §7.6, Figure 13): at least one second before a sender changes its nonce.
 *
 * <pre>
 * |                       future PSK nonce                        |
 * </pre>
 */
public final class FutureNonce {
    public static final int LENGTH = 4;

    private FutureNonce() {}

    /** Whether it is there and a nonce: TR-06-2 §7.2 wants it non-zero. */
    public static boolean valid(ByteBuffer b, int off, int end) {
        return end - off >= LENGTH && b.getInt(off) != 0;
    }

    public static void write(ByteBuffer b, int off, int nonce) {
        b.putInt(off, nonce);
    }

    public static int nonce(ByteBuffer b, int off) {
        return b.getInt(off);
    }
}
