package io.ristflow.core.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-256 over raw bytes: the JDK's own takes characters only and would re-encode a passphrase. Any thread. */
public final class Pbkdf2 {
    private Pbkdf2() {}

    /** {@code keyBytes} bytes of key. An empty password is allowed, zero iterations are the caller's mistake. */
    public static byte[] hmacSha256(byte[] password, byte[] salt, int iterations, int keyBytes) {
        if (iterations < 1 || keyBytes < 1) throw new IllegalArgumentException("iterations " + iterations + " and keyBytes " + keyBytes + " must be at least 1");
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, iterations);
        return ((KeyParameter) generator.generateDerivedParameters(keyBytes * Byte.SIZE)).getKey();
    }
}
