package io.ristflow.core.auth;

import io.ristflow.core.codec.eap.EapMessage.PassphraseResponse;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.SealedBox;
import io.ristflow.core.crypto.SessionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A passphrase on the wire (TR-06-2 §D.3.4.9).
 *
 * <pre>
 * version 3   ciphertext ...                            AES-CTR under K, the identifier in the initialisation vector
 * version 4   nonce (12: four zeros, counter) | ciphertext ... | tag (16)
 * </pre>
 *
 * DEVIATION(librist): version 4 is librist's own, since 0.2.20: AES-256-GCM, a key for each direction by HKDF-Expand from K, a counter that only rises, and
 * as associated data code, identifier, type, subtype, flags and nonce.
 */
final class PassphraseSeal {
    private static final byte[] CLIENT_TO_SERVER = "RIST-EAP-v4 pass c2s".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER_TO_CLIENT = "RIST-EAP-v4 pass s2c".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;
    private static final int COUNTER_OFFSET = 4;

    private PassphraseSeal() {}

    static PassphraseResponse seal(AuthRules rules, int version, SessionKey key, boolean fromClient, int identifier, long counter, byte[] passphrase) {
        int flags = PassphraseResponse.AES_256;
        if (version < EapolFrame.VERSION_4) return new PassphraseResponse(identifier, flags, ctr(rules, key, identifier, KEY_BYTES, passphrase));
        byte[] nonce = new byte[SealedBox.GCM_NONCE_BYTES];
        ByteBuffer.wrap(nonce).putLong(COUNTER_OFFSET, counter);
        byte[] sealed = SealedBox.gcmSeal(directionKey(key, fromClient), nonce, associated(identifier, flags, nonce), passphrase);
        byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return new PassphraseResponse(identifier, flags, all);
    }

    /** Null if nothing sensible was sealed, or if it was changed on its way. Version 3 cannot tell the latter. */
    static byte[] open(AuthRules rules, int version, SessionKey key, boolean fromClient, PassphraseResponse message) {
        byte[] sealed = message.sealed();
        if (version < EapolFrame.VERSION_4) {
            return sealed.length == 0 ? null : ctr(rules, key, message.identifier(), message.aes256() ? KEY_BYTES : KEY_BYTES / 2, sealed);
        }
        if (sealed.length <= SealedBox.GCM_NONCE_BYTES + SealedBox.GCM_TAG_BYTES) return null;
        byte[] nonce = Arrays.copyOf(sealed, SealedBox.GCM_NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(sealed, SealedBox.GCM_NONCE_BYTES, sealed.length);
        return SealedBox.gcmOpen(directionKey(key, fromClient), nonce, associated(message.identifier(), message.flags(), nonce), rest);
    }

    /** Which of a direction's passphrases this is, from 0 on; only of one that {@link #open} took. */
    static long counter(PassphraseResponse message) {
        return ByteBuffer.wrap(message.sealed()).getLong(COUNTER_OFFSET);
    }

    private static byte[] ctr(AuthRules rules, SessionKey key, int identifier, int keyBytes, byte[] data) {
        byte[] initial = new byte[IV_BYTES];
        initial[rules.identifierByte()] = (byte) identifier;
        return SealedBox.ctr(key.first(keyBytes), initial, data);
    }

    private static byte[] directionKey(SessionKey key, boolean fromClient) {
        return key.expand(fromClient ? CLIENT_TO_SERVER : SERVER_TO_CLIENT, KEY_BYTES);
    }

    private static byte[] associated(int identifier, int flags, byte[] nonce) {
        byte[] data = Arrays.copyOf(new byte[] {2, (byte) identifier, 0x13, 0x10, (byte) flags}, 5 + nonce.length);
        System.arraycopy(nonce, 0, data, 5, nonce.length);
        return data;
    }
}
