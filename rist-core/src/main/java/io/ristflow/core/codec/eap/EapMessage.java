package io.ristflow.core.codec.eap;

/**
 * Everything that EAP-SRP says (TR-06-2 §D.3). Numbers of the group are big-endian bytes without sign, as on the wire: "shall not be padded". Byte arrays are
 * the message's own; nobody changes them.
 */
public sealed interface EapMessage {
    /** "I am here, authenticate me" (§D.3.1): to the authenticator. */
    record Start() implements EapMessage {}

    /** Back to the unauthenticated state (§D.3.1). Anybody can forge it. */
    record Logoff() implements EapMessage {}

    /**
     * The messages with an identifier (§D.3.2, Figure 21).
     *
     * <pre>
     * |     code      |  identifier   |            length             |
     * |     type      |  type data ...                                   requests and responses alone
     * </pre>
     */
    sealed interface Eap extends EapMessage {
        /** 0..255. */
        int identifier();
    }

    /** §D.3.3.1. {@code text}: something to show, not to be trusted; may be empty. */
    record IdentityRequest(int identifier, byte[] text) implements Eap {}

    /** §D.3.3.1. {@code user}: UTF-8, not terminated. */
    record IdentityResponse(int identifier, byte[] user) implements Eap {}

    /** §D.3.3.2: the request was unknown or is not supported. */
    record Nak(int identifier) implements Eap {}

    /**
     * §D.3.4.3: what the user's key is made with; see {@link ChallengeLayout} for the two ways it is laid out.
     *
     * @param name not authenticated; mostly empty
     * @param generator empty: 2
     * @param modulus empty: the group of 2,048 bits
     */
    record Challenge(int identifier, ChallengeLayout layout, byte[] name, byte[] salt, byte[] generator, byte[] modulus) implements Eap {}

    /** §D.3.4.4: A. */
    record ClientKey(int identifier, byte[] publicKey) implements Eap {}

    /** §D.3.4.5: B. */
    record ServerKey(int identifier, byte[] publicKey) implements Eap {}

    /** §D.3.4.6: M1 (32 bytes). {@code useKey}: U, the authenticatee's own traffic is encrypted under K. */
    record ClientValidator(int identifier, boolean useKey, byte[] proof) implements Eap {}

    /** §D.3.4.7: M2 (32 bytes). {@code useKey}: U, the authenticator's own traffic is encrypted under K. */
    record ServerValidator(int identifier, boolean useKey, byte[] proof) implements Eap {}

    /** librist up to 0.2.7, EAPOL version 2: its word for success in place of {@link Success}. */
    record ServerValidatorResponse(int identifier) implements Eap {}

    /** §D.3.4.8: "what passphrase do you encrypt with?". */
    record PassphraseRequest(int identifier) implements Eap {}

    /**
     * §D.3.4.9.
     *
     * @param flags {@link #USE_KEY}, {@link #AES_256}
     * @param sealed encrypted; empty with {@link #USE_KEY}
     */
    record PassphraseResponse(int identifier, int flags, byte[] sealed) implements Eap {
        /** U: the passphrase is the session key K. */
        public static final int USE_KEY = 0x80;
        /** H: encrypted under 256 bits of K, not 128. */
        public static final int AES_256 = 0x40;

        public boolean useKey() {
            return (flags & USE_KEY) != 0;
        }

        public boolean aes256() {
            return (flags & AES_256) != 0;
        }
    }

    /** §D.3.5. */
    record Success(int identifier) implements Eap {}

    /** §D.3.5. */
    record Failure(int identifier) implements Eap {}

    /** A request of a type or subtype that no clause knows: to be answered with {@link Nak} (§D.3.3.2, §D.3.4). */
    record UnknownRequest(int identifier, int type, int subtype) implements Eap {}
}
