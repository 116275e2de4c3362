package io.ristflow.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What both ends were told, from which every key of a flow is derived (TR-06-2 §7.3). Immutable: {@link #derive} runs on any thread and takes about a
 * millisecond, so never on a flow's event loop. Never shown by {@link #toString()}.
 */
public final class Passphrase {
    /** TR-06-2 §7.3: "1,024 iterations", which peers cannot be told to change on the wire. */
    static final int ITERATIONS = 1_024;

    /** DEVIATION(librist): its passphrase is a C string in 128 bytes; longer ones, or what follows a NUL, never reach its key. */
    static final int MAX_BYTES = 127;

    private final byte[] bytes;

    public Passphrase(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        while (length < Math.min(utf8.length, MAX_BYTES) && utf8[length] != 0) length++;
        bytes = Arrays.copyOf(utf8, length);
    }

    private Passphrase(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A passphrase that came as bytes, from a peer or as a session key (TR-06-2 §D.3.4): none is a terminator, none is cut off. */
    public static Passphrase ofBytes(byte[] bytes) {
        return new Passphrase(bytes.clone());
    }

    /** A copy, to be told to an authenticated peer (TR-06-2 §D.3.4.9) and nobody else. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The key of one nonce.
     *
     * @param nonce the GRE key field as it stands on the wire, B included: TR-06-2 §7.4, receivers use "the full 32-bit Nonce field"
     * @param aesBits 128 or 256, on the Advanced profile 192 as well (TR-06-3 §8)
     */
    public PskKey derive(int nonce, int aesBits) {
        // TR-06-2 §7.3: the nonce, in network byte order, is the salt
        byte[] salt = {(byte) (nonce >>> 24), (byte) (nonce >>> 16), (byte) (nonce >>> 8), (byte) nonce};
        return new PskKey(nonce, Pbkdf2.hmacSha256(bytes, salt, ITERATIONS, aesBits / Byte.SIZE), this);
    }

    /** Whether both make the same keys. */
    public boolean sameAs(Passphrase other) {
        return other != null && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "Passphrase[hidden]";
    }
}
