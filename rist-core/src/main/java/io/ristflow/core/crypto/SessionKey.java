package io.ristflow.core.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** K of one SRP exchange (TR-06-2 §D.2): 32 bytes that both ends know and nobody else. Immutable, and never shown by {@link #toString()}. */
public final class SessionKey {
    private final byte[] bytes;

    public SessionKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes;
    }

    /** K in place of a passphrase (§D.3.4.6, U): all its bytes, zeros too, go into the derivation of each nonce's key. */
    public Passphrase asPassphrase() {
        return Passphrase.ofBytes(bytes);
    }

    /** HKDF-Expand with SHA-256 (RFC 5869 §2.3), K being the pseudo-random key. */
    public byte[] expand(byte[] info, int length) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(HKDFParameters.skipExtractParameters(bytes, info));
        byte[] out = new byte[length];
        generator.generateBytes(out, 0, length);
        return out;
    }

    /** The first {@code count} bytes. */
    public byte[] first(int count) {
        byte[] part = new byte[count];
        System.arraycopy(bytes, 0, part, 0, count);
        return part;
    }

    @Override
    public String toString() {
        return "SessionKey[hidden]";
    }
}
