package io.ristflow.core.auth;

import io.ristflow.core.crypto.SrpGroup;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Who may come in. Asked for each authentication and each minute, so an implementation may change; it answers at once and on the flow's thread. */
public interface UserDirectory {
    /**
     * Null if there is no such user.
     *
     * @param legacy for EAPOL version 2, whose verifiers are made with another hash
     */
    Enrolment find(String user, boolean legacy);

    /** What an unknown user is challenged with: always the same for one name, and as costly as a true one (TR-06-2 §D.4: "random (fake) data"). */
    Enrolment decoy(String user);

    /** One user with a password, as in a listener's URL. */
    static UserDirectory of(String user, String password, RandomGenerator random) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        Enrolment only = new Enrolment.Password(derived(seed, "salt", user, 32), name, secret);
        return new UserDirectory() {
            @Override
            public Enrolment find(String asked, boolean legacy) {
                return asked.equals(user) ? only : null;
            }

            @Override
            public Enrolment decoy(String asked) {
                return new Enrolment.Password(derived(seed, "salt", asked, 32), asked.getBytes(StandardCharsets.UTF_8), derived(seed, "password", asked, 32));
            }
        };
    }

    /** A stored decoy made of a secret seed. */
    static Enrolment decoy(byte[] seed, String user) {
        BigInteger number = new BigInteger(1, derived(seed, "verifier", user, SrpGroup.RFC5054_2048.paddedLength()));
        BigInteger verifier = number.mod(SrpGroup.RFC5054_2048.modulus().subtract(BigInteger.ONE)).add(BigInteger.ONE);
        return new Enrolment.Stored(derived(seed, "salt", user, 32), verifier);
    }

    private static byte[] derived(byte[] seed, String what, String user, int bytes) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(seed, what.getBytes(StandardCharsets.UTF_8), user.getBytes(StandardCharsets.UTF_8)));
        byte[] out = new byte[bytes];
        generator.generateBytes(out, 0, bytes);
        return out;
    }
}
