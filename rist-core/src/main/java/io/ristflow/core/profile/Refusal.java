package io.ristflow.core.profile;

/** Why a datagram was not taken; what the session tells its host as a fault. */
public enum Refusal {
    PROFILE_MISMATCH, AES_SIZE_MISMATCH, PASSPHRASE_MISMATCH, CLEAR_TEXT, KEY_UNEXPECTED, INSECURE_IV, CIPHER_UNSUPPORTED, MALFORMED
}
