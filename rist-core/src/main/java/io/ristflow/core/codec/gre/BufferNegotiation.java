package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;

/**
 * DEVIATION(librist): buffer negotiation, VSF subtype 0x8002, unknown to TR-06-2. The sender says how long it keeps packets, the receiver how
 * long its buffer is.
 *
 * <pre>
 * |     sender maximum (ms)       |     receiver current (ms)     |
 * |     protocol, 0               |
 * </pre>
 */
public final class BufferNegotiation {
    public static final int LENGTH = 6;

    private BufferNegotiation() {}

    /** Whether it is there; more bytes may follow. */
    public static boolean valid(ByteBuffer b, int off, int end) {
        return end - off >= LENGTH && end <= b.limit();
    }

    /** Each value is cut to 0..65535. */
    public static void write(ByteBuffer b, int off, int senderMaxMs, int receiverCurrentMs, int protocol) {
        b.putShort(off, clamp(senderMaxMs));
        b.putShort(off + 2, clamp(receiverCurrentMs));
        b.putShort(off + 4, (short) protocol);
    }

    /** 0..65535. */
    public static int senderMaxMs(ByteBuffer b, int off) {
        return b.getShort(off) & 0xFFFF;
    }

    /** 0..65535. */
    public static int receiverCurrentMs(ByteBuffer b, int off) {
        return b.getShort(off + 2) & 0xFFFF;
    }

    /** 0; another value asks for something unknown and turns negotiation off. */
    public static int protocol(ByteBuffer b, int off) {
        return b.getShort(off + 4) & 0xFFFF;
    }

    private static short clamp(int ms) {
        return (short) Math.max(0, Math.min(ms, 0xFFFF));
    }
}
