package io.ristflow.core.crypto;

import java.math.BigInteger;

/**
 * The arithmetic of SRP-6a (RFC 5054 §2.5, TR-06-2 §D.2) in the letters of those texts. Pure and immutable; an exponentiation of 2,048 bits takes a
 * millisecond or more, so never on a flow's event loop.
 *
 * <pre>
 * x = H(s | H(I ":" P))    v = g^x    k = H(N | g)    u = H(A | B)
 * A = g^a    B = kv + g^b    S = (B - k g^x)^(a + ux) = (A v^u)^b    K = H(S)
 * </pre>
 */
public final class Srp {
    private final SrpGroup group;
    private final SrpHashing hashing;

    public Srp(SrpGroup group, SrpHashing hashing) {
        this.group = group;
        this.hashing = hashing;
    }

    /** @param salt hashed without leading zero bytes, as peers do, whose salts are numbers: one salt in 256 has one */
    public BigInteger x(byte[] salt, byte[] user, byte[] password) {
        byte[] inner = hashing.hashChained(user, new byte[] {':'}, password);
        return number(hashing.hash(SrpGroup.withoutLeadingZeros(salt), inner));
    }

    /** v, what an authenticator keeps of a password. */
    public BigInteger verifier(BigInteger x) {
        return group.generator().modPow(x, group.modulus());
    }

    public BigInteger k() {
        return hashOfTwo(group.modulus(), group.generator());
    }

    public BigInteger u(BigInteger publicA, BigInteger publicB) {
        return hashOfTwo(publicA, publicB);
    }

    public BigInteger publicA(BigInteger a) {
        return group.generator().modPow(a, group.modulus());
    }

    public BigInteger publicB(BigInteger b, BigInteger verifier) {
        return k().multiply(verifier).add(group.generator().modPow(b, group.modulus())).mod(group.modulus());
    }

    /** S as the authenticatee finds it. */
    public BigInteger clientSecret(BigInteger a, BigInteger x, BigInteger u, BigInteger publicB) {
        BigInteger base = publicB.subtract(k().multiply(verifier(x))).mod(group.modulus());
        return base.modPow(a.add(u.multiply(x)), group.modulus());
    }

    /** S as the authenticator finds it. */
    public BigInteger serverSecret(BigInteger b, BigInteger verifier, BigInteger u, BigInteger publicA) {
        BigInteger base = publicA.multiply(verifier.modPow(u, group.modulus())).mod(group.modulus());
        return base.modPow(b, group.modulus());
    }

    /** K. */
    public SessionKey sessionKey(BigInteger secret) {
        return new SessionKey(hashing.hash(SrpGroup.minimal(secret)));
    }

    /** M1: the authenticatee has the password. */
    public byte[] clientProof(byte[] user, byte[] salt, BigInteger publicA, BigInteger publicB, SessionKey key) {
        byte[] mixed = hashing.hash(SrpGroup.minimal(group.modulus()));
        byte[] generator = hashing.hash(SrpGroup.minimal(group.generator()));
        for (int i = 0; i < mixed.length; i++) mixed[i] ^= generator[i];
        byte[] a = SrpGroup.minimal(publicA);
        byte[] b = SrpGroup.minimal(publicB);
        if (hashing.nestedProof()) return hashing.hash(mixed, hashing.hash(user, salt, a, b, key.bytes()));
        return hashing.hashChained(mixed, hashing.hash(user), SrpGroup.withoutLeadingZeros(salt), a, b, key.bytes());
    }

    /** M2: the authenticator has the verifier. */
    public byte[] serverProof(BigInteger publicA, byte[] clientProof, SessionKey key) {
        return hashing.hashChained(SrpGroup.minimal(publicA), clientProof, key.bytes());
    }

    private BigInteger hashOfTwo(BigInteger first, BigInteger second) {
        if (hashing.padded()) return number(hashing.hash(group.padded(first), group.padded(second)));
        return number(hashing.hash(SrpGroup.minimal(first), SrpGroup.minimal(second)));
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }
}
