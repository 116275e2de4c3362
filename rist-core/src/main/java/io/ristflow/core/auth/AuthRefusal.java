package io.ristflow.core.auth;

/** Why somebody was refused. The peer is never told more than "failure". */
public enum AuthRefusal {
    /** The authenticatee's proof is wrong: another password, or hashes of another generation (srp-compat). */
    WRONG_PASSWORD("the password is wrong, or the peers' srp-compat differ"),
    /** No such user here. The peer saw the same exchange as with a wrong password. */
    UNKNOWN_USER("this user is not in the directory"),
    /** The user was taken out of the directory. */
    USER_REMOVED("this user was taken out of the directory"),
    /** Too many failures of this user, from wherever. */
    LOCKED_OUT("too many failures; this user may try again later"),
    /** The host's own decision. */
    REJECTED("refused by this side's own rule"),
    /** The authenticator said failure. */
    REFUSED_BY_PEER("the peer refused: user name or password is wrong, or the peers' srp-compat differ"),
    /** The authenticator could not prove that it has the verifier. */
    PEER_NOT_TRUSTED("the peer could not prove that it knows this user: an impostor, or its srp-compat differs"),
    /** EAPOL version 2, which needs srp-compat. */
    VERSION_TOO_OLD("the peer speaks EAPOL version 2 only; srp-compat=1 on both sides allows it"),
    /** A group that is not the default one: a false one would give the password away. */
    UNSUPPORTED_GROUP("the peer wants another group than the one of 2,048 bits"),
    /** A or B of 0 modulo N, or no number of the group. */
    INVALID_KEY("the peer sent a public key that no honest peer sends");

    private final String text;

    AuthRefusal(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
