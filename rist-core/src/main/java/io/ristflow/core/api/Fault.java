package io.ristflow.core.api;

/** What can be wrong between two peers that no retry mends. Each is a counter, and an event when it begins. */
public enum Fault {
    /** The peer speaks another profile on this port. */
    PROFILE_MISMATCH("ProfileMismatch"),
    /** The peer encrypts with another AES key size. */
    AES_SIZE_MISMATCH("AesSizeMismatch"),
    /** What arrives cannot be decrypted to anything sensible: most likely another passphrase. */
    PASSPHRASE_MISMATCH("PassphraseMismatch"),
    /** A key is set here and the peer sends in the clear. */
    CLEAR_TEXT_REFUSED("ClearTextRefused"),
    /** The peer encrypts and no key is set here. */
    KEY_UNEXPECTED("KeyUnexpected"),
    /** GRE version 0, whose initialisation vector is insecure (TR-06-2 §7.2), is refused. */
    INSECURE_IV_REFUSED("InsecureIvRefused"),
    /** The two ends could not prove to each other who they are (TR-06-2 Annex D), or one of them does not try. */
    AUTH_FAILED("AuthFailed"),
    /** Media arrives but no SDES has: the peer's RTCP is missing or blocked. */
    NO_SDES("NoSdes"),
    /** Nothing was heard from the peer for the session timeout. */
    SESSION_TIMEOUT("SessionTimeout"),
    /** A caller hears nothing at all from the address that it calls. */
    NO_ANSWER("NoAnswer"),
    /** More flows or peers than this port may serve. */
    FLOW_LIMIT("FlowLimit"),
    /** Datagrams that are no RIST at all. */
    MALFORMED("Malformed");

    private final String reason;

    Fault(String reason) {
        this.reason = reason;
    }

    /** The CamelCase constant used in conditions, metrics labels, REST and logs. */
    public String reason() {
        return reason;
    }
}
