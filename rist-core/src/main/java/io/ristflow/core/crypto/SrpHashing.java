package io.ristflow.core.crypto;

import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * How SRP's numbers are hashed: each generation of peers has its own way, and the wire does not tell which, but for {@link #ZERO_STATE}.
 *
 * @param digest the hash
 * @param chained the hash over several inputs given one by one: the same, but for {@link #ZERO_STATE}
 * @param padded whether k and u are made of numbers filled up to the length of N (RFC 5054 §2.5.3, §2.6)
 * @param nestedProof whether M1 has an inner hash, as TR-06-2 §D.2 has it
 */
public record SrpHashing(Supplier<Digest> digest, Supplier<Digest> chained, boolean padded, boolean nestedProof) {
    /**
     * librist since 0.2.16. DEVIATION(librist): M1 is one flat hash, H(H(N) xor H(g) | H(I) | s | A | B | K), as in RFC 2945; TR-06-2 §D.2 nests a
     * second one inside and leaves I unhashed.
     */
    public static final SrpHashing PADDED = new SrpHashing(SHA256Digest::new, SHA256Digest::new, true, false);

    /** DEVIATION(librist): 0.2.8 to 0.2.15, with EAPOL version 3: k and u without PAD. */
    public static final SrpHashing UNPADDED = new SrpHashing(SHA256Digest::new, SHA256Digest::new, false, false);

    /**
     * DEVIATION(librist): up to 0.2.7, with EAPOL version 2: besides, a hash over several inputs begins with a state of zeros in place of SHA-256's constants.
     * Found in its verifiers: x comes out right in no other way.
     */
    public static final SrpHashing ZERO_STATE = new SrpHashing(SHA256Digest::new, SrpHashing::zeroState, false, false);

    /** The letter of TR-06-2 §D.2. */
    public static final SrpHashing STRICT = new SrpHashing(SHA256Digest::new, SHA256Digest::new, true, true);

    /** Where Bouncy Castle's saved state has its eight words: behind the word buffer (4 bytes), its fill (4) and the byte count (8). */
    private static final int STATE_OFFSET = 16;
    private static final int STATE_BYTES = 32;

    private static Digest zeroState() {
        byte[] state = new SHA256Digest().getEncodedState();
        for (int i = 0; i < STATE_BYTES; i++) state[STATE_OFFSET + i] = 0;
        return new SHA256Digest(state);
    }

    byte[] hash(byte[]... inputs) {
        return finish(digest.get(), inputs);
    }

    byte[] hashChained(byte[]... inputs) {
        return finish(chained.get(), inputs);
    }

    private static byte[] finish(Digest digest, byte[]... inputs) {
        for (byte[] input : inputs) digest.update(input, 0, input.length);
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }
}
