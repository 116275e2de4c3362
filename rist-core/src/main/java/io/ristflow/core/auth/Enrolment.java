package io.ristflow.core.auth;

import io.ristflow.core.crypto.Srp;
import java.math.BigInteger;
import java.util.Arrays;

/** What is known of one user, enough to authenticate them. Byte arrays are its own. */
public sealed interface Enrolment {
    /** Not empty. */
    byte[] salt();

    /** v; may take as long as {@link SrpWork}. */
    BigInteger verifier(Srp srp);

    /** Whether nothing changed. */
    boolean same(Enrolment other);

    /** A line of a verifier file: the password is not known here. */
    record Stored(byte[] salt, BigInteger verifier) implements Enrolment {
        @Override
        public BigInteger verifier(Srp srp) {
            return verifier;
        }

        @Override
        public boolean same(Enrolment other) {
            return other instanceof Stored stored && Arrays.equals(salt, stored.salt) && verifier.equals(stored.verifier);
        }

        @Override
        public String toString() {
            return "Stored[hidden]";
        }
    }

    /** A password from a configuration: the verifier is made when it is needed. */
    record Password(byte[] salt, byte[] user, byte[] password) implements Enrolment {
        @Override
        public BigInteger verifier(Srp srp) {
            return srp.verifier(srp.x(salt, user, password));
        }

        @Override
        public boolean same(Enrolment other) {
            return other instanceof Password p && Arrays.equals(salt, p.salt) && Arrays.equals(user, p.user) && Arrays.equals(password, p.password);
        }

        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }
}
