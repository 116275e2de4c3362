package io.ristflow.core.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A passphrase, cut as peers cut it: at a NUL, or after 127 bytes. Immutable; keys may be derived from it on any thread. */
public final class Passphrase {
    private static final int MAX_BYTES = 127;
    private static final int ITERATIONS = 1_024;

    private final byte[] bytes;

    public Passphrase(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int end = 0;
        while (end < utf8.length && end < MAX_BYTES && utf8[end] != 0) end++;
        bytes = Arrays.copyOf(utf8, end);
    }

    /** TR-06-2 §7.3: the nonce, big-endian, is the salt. Takes about a millisecond. */
    public PskKey derive(int nonce, int aesBits) {
        byte[] salt = ByteBuffer.allocate(4).putInt(nonce).array();
        return new PskKey(nonce, aesBits, Pbkdf2.hmacSha256(bytes, salt, ITERATIONS, aesBits / 8));
    }
}
