package io.ristflow.core.session;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.profile.Refusal;
import java.util.EnumMap;
import java.util.Map;

/** What to tell a person about a refusal: both sides' values and what to do. Made once, not per datagram. */
final class FaultDetails {
    private static final String CHANGED =
            "what the peer sends can no longer be decrypted: it has changed to a passphrase that this side does not hold; set it here too, beside the present one (secret-odd) or in its place";

    private final Map<Refusal, String> texts = new EnumMap<>(Refusal.class);

    /** @param psk of the path; null: in the clear */
    FaultDetails(Profile profile, PskConfig psk) {
        boolean simple = profile == Profile.SIMPLE;
        int bits = psk == null ? 0 : psk.aesBits();
        int other = bits == 256 ? 128 : 256;
        for (Refusal refusal : Refusal.values()) {
            texts.put(refusal, switch (refusal) {
                case PROFILE_MISMATCH -> profile == Profile.AUTO
                        ? "the peer changed its profile; it is known by its first datagrams until it has been silent for the session timeout"
                        : simple
                        ? "this port speaks the Simple profile and the peer does not (GRE or Advanced datagrams arrive); set profile=main here, or profile=simple at the peer"
                        : "this port speaks the " + (profile == Profile.MAIN ? "Main" : "Advanced") + " profile and the peer does not (RTP without GRE arrives); set profile=simple here, or profile=main at the peer";
                case AES_SIZE_MISMATCH -> "the peer encrypts with AES-" + other + ", this side with AES-" + bits + "; set aes-type=" + bits + " at the peer or aes-type=" + other + " here";
                case PASSPHRASE_MISMATCH -> "what the peer sends cannot be decrypted with this side's secret; set the same secret on both sides";
                case CLEAR_TEXT -> "a secret is set here and the peer sends in the clear; set the same secret at the peer, or take it out here";
                case KEY_UNEXPECTED -> "the peer encrypts and no secret is set here; set the peer's secret here, or take it out there";
                case INSECURE_IV -> "the peer encrypts in the way of TR-06-2:2020 (GRE version 0), whose initialisation vector is insecure; update the peer's software";
                case CIPHER_UNSUPPORTED -> "the peer protects its packets by another cipher of the Advanced profile than AES-CTR (PSK field 2 to 7); set it to AES-CTR";
                case MALFORMED -> switch (profile) {
                    case SIMPLE -> "datagrams arrive that are neither RTP nor RTCP";
                    case MAIN -> "datagrams arrive that are not RIST Main profile (GRE)";
                    case ADVANCED -> "datagrams arrive that are neither RIST Advanced nor Main profile, or cannot be expanded";
                    case AUTO -> "datagrams arrive that are of no RIST profile";
                };
            });
        }
    }

    /** @param understood whether this peer's datagrams could be decrypted before */
    String text(Refusal refusal, boolean understood) {
        return refusal == Refusal.PASSPHRASE_MISMATCH && understood ? CHANGED : texts.get(refusal);
    }

    static Fault fault(Refusal refusal) {
        return switch (refusal) {
            case PROFILE_MISMATCH -> Fault.PROFILE_MISMATCH;
            case AES_SIZE_MISMATCH -> Fault.AES_SIZE_MISMATCH;
            case PASSPHRASE_MISMATCH -> Fault.PASSPHRASE_MISMATCH;
            case CLEAR_TEXT -> Fault.CLEAR_TEXT_REFUSED;
            case KEY_UNEXPECTED -> Fault.KEY_UNEXPECTED;
            case INSECURE_IV -> Fault.INSECURE_IV_REFUSED;
            case CIPHER_UNSUPPORTED, MALFORMED -> Fault.MALFORMED;
        };
    }
}
