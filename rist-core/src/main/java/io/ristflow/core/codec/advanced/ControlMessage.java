package io.ristflow.core.codec.advanced;

import java.nio.ByteBuffer;

/**
 * The envelope of a control message (TR-06-3 §5.3, Figure 7), the payload of a packet of Type 4. There is one message in a packet.
 *
 * <pre>
 * |         control index         |            length             |  of the message, in bytes
 * |                            message                          ...
 * </pre>
 */
public final class ControlMessage {
    public static final int HEADER = 4;
    public static final int MALFORMED = -1;

    public static final int NACK_BITMASK = 0x0000;
    public static final int NACK_RANGE = 0x0001;
    /** TR-06-4 Part 1: the link quality message. */
    public static final int LINK_QUALITY = 0x0002;
    public static final int LINK_QUALITY_EXTENDED = 0x0003;
    public static final int ECHO_REQUEST = 0x0010;
    public static final int ECHO_RESPONSE = 0x0011;
    public static final int KEEP_ALIVE = 0x8000;
    public static final int FLOW_ATTRIBUTES = 0x8001;
    /** EAPOL of TR-06-2 Annex D, from its version byte on. */
    public static final int EAP = 0x8010;
    public static final int FUTURE_NONCE = 0x8011;
    public static final int UNSUPPORTED = 0x8020;

    private ControlMessage() {}

    /**
     * Bytes of the message between {@code off} and {@code end}; {@link #MALFORMED} if envelope or message are cut off. More than the length says may follow: librist's "unsupported" says 12 and has
     * 16.
     */
    public static int bodyLength(ByteBuffer b, int off, int end) {
        if (end - off < HEADER) return MALFORMED;
        int length = b.getShort(off + 2) & 0xFFFF;
        return length <= end - off - HEADER ? length : MALFORMED;
    }

    /** 0..65535. */
    public static int index(ByteBuffer b, int off) {
        return b.getShort(off) & 0xFFFF;
    }

    public static void write(ByteBuffer b, int off, int index, int bodyLength) {
        b.putShort(off, (short) index);
        b.putShort(off + 2, (short) bodyLength);
    }
}
