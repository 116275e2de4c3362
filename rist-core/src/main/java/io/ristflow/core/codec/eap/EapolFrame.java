package io.ristflow.core.codec.eap;

import java.nio.ByteBuffer;

/**
 * The authentication packet behind the GRE header (TR-06-2 §D.3.1, Figure 20).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |  EAP version  |  EAPOL type   |        payload length         |
 * :                EAP packet, if the EAPOL type is 0             :
 * </pre>
 *
 * @param version 0..255: 3 in the specification; librist speaks 2 up to 0.2.7, 3, and since 0.2.20 4
 */
public record EapolFrame(int version, EapMessage message) {
    /** librist's own older form, with hashes that agree with nobody else's. */
    public static final int VERSION_2 = 2;
    /** TR-06-2 §D.3.1. */
    public static final int VERSION_3 = 3;
    /** librist 0.2.20: version 3 but for the passphrase, which is under AES-256-GCM. */
    public static final int VERSION_4 = 4;

    private static final int TYPE_EAP = 0;
    private static final int TYPE_START = 1;
    private static final int TYPE_LOGOFF = 2;
    private static final int HEADER = 4;

    /** Whether these bytes are a frame on their own, told from what else may come on the port. */
    public static boolean looksLike(ByteBuffer b, int off, int end) {
        if (end - off < HEADER) return false;
        int version = b.get(off) & 0xFF;
        int length = b.getShort(off + 2) & 0xFFFF;
        return version >= VERSION_2 && version <= VERSION_4 && (b.get(off + 1) & 0xFF) <= TYPE_LOGOFF && length == end - off - HEADER;
    }

    /** The frame between {@code off} and {@code end}; null if it is cut off, of a reserved type, or holds no EAP message. */
    public static EapolFrame read(ByteBuffer b, int off, int end) {
        if (end - off < HEADER) return null;
        int length = b.getShort(off + 2) & 0xFFFF;
        int body = off + HEADER;
        if (length > end - body) return null;
        // TR-06-2 §D.3.1: "receivers shall silently discard packets with these types" for 3 to 255.
        EapMessage message = switch (b.get(off + 1) & 0xFF) {
            case TYPE_EAP -> EapReader.read(b, body, body + length);
            case TYPE_START -> new EapMessage.Start();
            case TYPE_LOGOFF -> new EapMessage.Logoff();
            default -> null;
        };
        return message == null ? null : new EapolFrame(b.get(off) & 0xFF, message);
    }

    /** Writes the frame at {@code off} and returns its length, at most {@link #MAX_LENGTH}. */
    public int write(ByteBuffer b, int off) {
        int length = EapWriter.write(message, b, off + HEADER);
        b.put(off, (byte) version);
        b.put(off + 1, (byte) switch (message) {
            case EapMessage.Start start -> TYPE_START;
            case EapMessage.Logoff logoff -> TYPE_LOGOFF;
            case EapMessage.Eap eap -> TYPE_EAP;
        });
        b.putShort(off + 2, (short) length);
        return HEADER + length;
    }

    /** Longer than any message that this room reads from a datagram: what was read can be written. */
    public static final int MAX_LENGTH = 65_535 + HEADER;
}
