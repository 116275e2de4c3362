package io.ristflow.core.auth;

import io.ristflow.core.crypto.Srp;
import io.ristflow.core.crypto.SrpGroup;
import io.ristflow.core.crypto.SessionKey;
import java.math.BigInteger;

/** A computation of some milliseconds: immutable, to be {@link #run} on any thread but a flow's own. Shows nothing of itself. */
public sealed interface SrpWork {
    /** Never throws for what a peer sent. */
    Result run();

    /** A finished computation, opaque to everybody but its machine. {@code exchange} tells which one it belongs to. */
    sealed interface Result {
        Object exchange();
    }

    /** A public key: A, or B. */
    record PublicKey(Object exchange, BigInteger number) implements Result {}

    /** K and the two proofs that follow from it. {@code key} is null where the peer's key led nowhere. */
    record Proofs(Object exchange, SessionKey key, byte[] clientProof, byte[] serverProof) implements Result {
        @Override
        public String toString() {
            return "Proofs[hidden]";
        }
    }

    /** A = g^a. */
    record MakeClientKey(Object exchange, Srp srp, BigInteger secret) implements SrpWork {
        @Override
        public Result run() {
            return new PublicKey(exchange, srp.publicA(secret));
        }

        @Override
        public String toString() {
            return "MakeClientKey[hidden]";
        }
    }

    /** B = kv + g^b. */
    record MakeServerKey(Object exchange, Srp srp, BigInteger secret, Enrolment enrolment) implements SrpWork {
        @Override
        public Result run() {
            return new PublicKey(exchange, srp.publicB(secret, enrolment.verifier(srp)));
        }

        @Override
        public String toString() {
            return "MakeServerKey[hidden]";
        }
    }

    /** K and M1 from the password. */
    record MakeClientProof(Object exchange, Srp srp, byte[] user, byte[] password, byte[] salt, BigInteger secret, BigInteger publicA, BigInteger publicB) implements SrpWork {
        @Override
        public Result run() {
            BigInteger u = srp.u(publicA, publicB);
            // RFC 5054 §2.5.3 leaves u unchecked; SRP-6a aborts where it is 0
            if (u.signum() == 0) return new Proofs(exchange, null, null, null);
            SessionKey key = srp.sessionKey(srp.clientSecret(secret, srp.x(salt, user, password), u, publicB));
            byte[] proof = srp.clientProof(user, salt, publicA, publicB, key);
            return new Proofs(exchange, key, proof, srp.serverProof(publicA, proof, key));
        }

        @Override
        public String toString() {
            return "MakeClientProof[hidden]";
        }
    }

    /** K, the M1 to expect and the M2 to answer with, from the verifier. */
    record MakeServerProof(Object exchange, Srp srp, byte[] user, Enrolment enrolment, BigInteger secret, BigInteger publicA, BigInteger publicB) implements SrpWork {
        @Override
        public Result run() {
            BigInteger u = srp.u(publicA, publicB);
            if (u.signum() == 0) return new Proofs(exchange, null, null, null);
            SessionKey key = srp.sessionKey(srp.serverSecret(secret, enrolment.verifier(srp), u, publicA));
            byte[] proof = srp.clientProof(user, enrolment.salt(), publicA, publicB, key);
            return new Proofs(exchange, key, proof, srp.serverProof(publicA, proof, key));
        }

        @Override
        public String toString() {
            return "MakeServerProof[hidden]";
        }
    }

    /** RFC 5054 §2.5.3, §2.5.4: at least 256 bits. */
    static BigInteger secret(java.util.random.RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        bytes[0] |= (byte) 0x80;
        return new BigInteger(1, bytes);
    }

    /** Big-endian without sign, as on the wire. */
    static byte[] wire(BigInteger number) {
        return SrpGroup.minimal(number);
    }
}
