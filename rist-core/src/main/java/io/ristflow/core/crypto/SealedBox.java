package io.ristflow.core.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Whole messages under AES, for what is said once and not per packet. Pure; allocates. */
public final class SealedBox {
    public static final int GCM_NONCE_BYTES = 12;
    public static final int GCM_TAG_BYTES = 16;

    private SealedBox() {}

    /** AES-CTR over 16 bytes of initial counter; encrypting and decrypting are the same. */
    public static byte[] ctr(byte[] key, byte[] initialCounter, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(initialCounter));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-CTR", e);
        }
    }

    /** AES-GCM: the ciphertext with its tag of 16 bytes behind it. No nonce may be used twice under one key. */
    public static byte[] gcmSeal(byte[] key, byte[] nonce, byte[] associated, byte[] plain) {
        try {
            return gcm(Cipher.ENCRYPT_MODE, key, nonce, associated, plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-GCM", e);
        }
    }

    /** What was sealed; null if anything of it was changed, or the key is another. */
    public static byte[] gcmOpen(byte[] key, byte[] nonce, byte[] associated, byte[] sealed) {
        if (sealed.length < GCM_TAG_BYTES) return null;
        try {
            return gcm(Cipher.DECRYPT_MODE, key, nonce, associated, sealed);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-GCM", e);
        }
    }

    private static byte[] gcm(int mode, byte[] key, byte[] nonce, byte[] associated, byte[] data) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(GCM_TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(data);
    }
}
