package io.ristflow.core.codec.advanced;

import io.ristflow.core.codec.gre.KeepAlive;
import java.nio.ByteBuffer;

/**
 * The keep-alive as a control message (TR-06-3 §5.3.6). Figure 12 is Main's message, with C, G and I as the lowest bits of the second capability byte:
 *
 * <pre>
 * |                     48-bit MAC address ...                    |
 * | ...                           |X|R|B|A|P|E|L|N|D|T|V|J|F|C|G|I|
 * |                     JSON (UTF-8), optional                  ...
 * </pre>
 *
 * DEVIATION(librist): its message has a word of its own in the place of the capabilities, and wants to be read one of 10 bytes at least:
 *
 * <pre>
 * |                     48-bit MAC address ...                    |
 * | ...                           |I|G|C|    0    |    0    |F|  0  |
 * |               0               |
 * </pre>
 *
 * F (TR-06-2 §5.6.3) is ours, and stands where Figure 12 has it; librist leaves it clear and does not look there.
 *
 * JSON begins with a brace, librist's third byte of capabilities does not: so the two are told apart.
 */
public final class ControlKeepAlive {
    /** librist's. */
    public static final int LIBRIST_LENGTH = 10;

    private static final int MAC = 6;

    private ControlKeepAlive() {}

    /** A peer's message of {@code length} bytes, librist's capabilities as the extension block of a {@link KeepAlive}; null if it is too short. */
    public static KeepAlive read(ByteBuffer b, int off, int length) {
        if (!librist(b, off, length)) return KeepAlive.read(b, off, off + length);
        byte[] mac = new byte[MAC];
        b.get(off, mac);
        return new KeepAlive(mac, 0, 0, true, b.get(off + MAC), "");
    }

    /** {@link KeepAlive#advancedCapabilities} of a message of at least {@link KeepAlive#MIN_LENGTH} bytes, in either layout. */
    public static int advancedCapabilities(ByteBuffer b, int off, int length) {
        if (!librist(b, off, length)) return KeepAlive.advancedCapabilities(b, off, off + length);
        return b.get(off + MAC) & (KeepAlive.BLOCK_ADVANCED | KeepAlive.BLOCK_G | KeepAlive.BLOCK_COMPRESSION);
    }

    private static boolean librist(ByteBuffer b, int off, int length) {
        return length >= LIBRIST_LENGTH && b.get(off + KeepAlive.MIN_LENGTH) != '{';
    }

    /** Writes librist's layout and returns its length. */
    public static int writeLibrist(ByteBuffer b, int off, byte[] mac, int flags) {
        b.put(off, mac);
        b.putInt(off + MAC, flags << 24);
        return LIBRIST_LENGTH;
    }

    /** Writes Figure 12 and returns its length; JSON ends with a zero byte. */
    public static int writeStrict(ByteBuffer b, int off, KeepAlive message) {
        int length = message.write(b, off);
        if (message.json().isEmpty()) return length;
        // §5.3.6: terminated by a byte of zero
        b.put(off + length, (byte) 0);
        return length + 1;
    }
}
