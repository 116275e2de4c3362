package io.ristflow.core.auth;

import io.ristflow.core.codec.eap.ChallengeLayout;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.SrpHashing;

/**
 * Which of the forms of EAP-SRP is spoken. Nothing on the wire tells one hashing from the other, so both ends must be configured alike.
 *
 * @param lowestVersion EAPOL version below which no exchange is held
 * @param highestVersion EAPOL version to offer
 * @param hashing from version 3 on
 * @param layout of challenges written; both are read
 * @param identifierByte where in the initialisation vector of version 3's passphrase the identifier stands
 */
public record AuthRules(int lowestVersion, int highestVersion, SrpHashing hashing, ChallengeLayout layout, int identifierByte) {
    private static final int LAST = 15;

    /** librist since 0.2.16. DEVIATION(librist): the identifier is in the last byte; TR-06-2 §D.3.4.9 has it in the most significant one. */
    public static final AuthRules LIBRIST = new AuthRules(EapolFrame.VERSION_3, EapolFrame.VERSION_4, SrpHashing.PADDED, ChallengeLayout.LIBRIST, LAST);

    /** librist up to 0.2.15, version 2 included: {@code srp-compat=1}. */
    public static final AuthRules COMPAT = new AuthRules(EapolFrame.VERSION_2, EapolFrame.VERSION_4, SrpHashing.UNPADDED, ChallengeLayout.LIBRIST, LAST);

    /** The letter of TR-06-2 Annex D; no peer is known to follow it. */
    public static final AuthRules STRICT = new AuthRules(EapolFrame.VERSION_3, EapolFrame.VERSION_3, SrpHashing.STRICT, ChallengeLayout.STRICT, 0);

    /** Which hashing a version has. */
    SrpHashing hashing(int version) {
        return version == EapolFrame.VERSION_2 ? SrpHashing.ZERO_STATE : hashing;
    }

    /** What to answer a peer of this version with. */
    int common(int peerVersion) {
        return Math.min(peerVersion, highestVersion);
    }
}
