package io.ristflow.core.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A derived key and its AES-CTR key stream (TR-06-2 §7.2). The counter blocks of a packet are encrypted in one call of the JDK's AES in ECB mode: a CTR cipher would have to be
 * initialised anew, and allocate, for every packet.
 */
public final class PskKey {
    private static final int BLOCK = 16;
    private static final int MAX_BYTES = 10_240;

    private final int nonce;
    private final int aesBits;
    private final Cipher cipher;
    private byte[] counters = new byte[1_536];
    private byte[] stream = new byte[1_536];

    PskKey(int nonce, int aesBits, byte[] key) {
        this.nonce = nonce;
        this.aesBits = aesBits;
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
        numberBlocks();
    }

    private void numberBlocks() {
        for (int block = 0; block < counters.length / BLOCK; block++) {
            counters[block * BLOCK + 14] = (byte) (block >>> 8);
            counters[block * BLOCK + 15] = (byte) block;
        }
    }

    public int nonce() {
        return nonce;
    }

    public int aesBits() {
        return aesBits;
    }

    /** En- or decrypts {@code data[offset, offset + length)} in place; the GRE sequence is the first four bytes of the initialisation vector. */
    public void crypt(int greSequence, ByteBuffer data, int offset, int length) {
        int padded = (length + BLOCK - 1) / BLOCK * BLOCK;
        if (padded > counters.length) grow();
        for (int at = 0; at < padded; at += BLOCK) {
            counters[at] = (byte) (greSequence >>> 24);
            counters[at + 1] = (byte) (greSequence >>> 16);
            counters[at + 2] = (byte) (greSequence >>> 8);
            counters[at + 3] = (byte) greSequence;
        }
        try {
            cipher.update(counters, 0, padded, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("whole blocks into a buffer of their size", e);
        }
        for (int i = 0; i < length; i++) data.put(offset + i, (byte) (data.get(offset + i) ^ stream[i]));
    }

    private void grow() {
        counters = new byte[MAX_BYTES];
        stream = new byte[MAX_BYTES];
        numberBlocks();
    }
}
