package io.ristflow.core.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-256 over raw bytes, as TR-06-2 §7.3 wants it. */
public final class Pbkdf2 {
    private Pbkdf2() {}

    public static byte[] hmacSha256(byte[] password, byte[] salt, int iterations, int keyBytes) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(SHA256Digest.newInstance());
        generator.init(password, salt, iterations);
        return ((KeyParameter) generator.generateDerivedMacParameters(keyBytes * 8)).getKey();
    }
}
