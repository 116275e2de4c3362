package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;

/**
 * The VSF packet header behind a GRE header of protocol 0xCCE0 (TR-06-2 §5.2, Figure 3); inside the encrypted part of a keyed packet.
 *
 * <pre>
 * |       VSF protocol type       |      VSF protocol subtype     |
 * </pre>
 */
public final class VsfHeader {
    public static final int LENGTH = 4;
    /** RIST. */
    public static final int TYPE_RIST = 0;
    public static final int SUBTYPE_REDUCED = 0;
    public static final int SUBTYPE_KEEPALIVE = 0x8000;
    public static final int SUBTYPE_FUTURE_NONCE = 0x8001;
    /** DEVIATION(librist): reserved in TR-06-2 §5.2; librist's {@link BufferNegotiation}. */
    public static final int SUBTYPE_BUFFER_NEGOTIATION = 0x8002;

    private VsfHeader() {}

    /** Whether it is there. */
    public static boolean fits(int off, int end) {
        return end - off >= LENGTH;
    }

    /** Writes type {@link #TYPE_RIST} and that subtype. */
    public static void write(ByteBuffer b, int off, int subtype) {
        b.putShort(off, (short) TYPE_RIST);
        b.putShort(off + 2, (short) subtype);
    }

    public static int type(ByteBuffer b, int off) {
        return b.getShort(off) & 0xFFFF;
    }

    public static int subtype(ByteBuffer b, int off) {
        return b.getShort(off + 2) & 0xFFFF;
    }
}
