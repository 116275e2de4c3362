package io.ristflow.service.observe;

import java.util.Locale;

/** What librist's statistics say of a profile, by its name. */
final class RistProfiles {
    private RistProfiles() {}

    static boolean isAdvanced(String profile) {
        return profile.equalsIgnoreCase("advanced");
    }

    /** Wide sequence numbers are the Advanced profile's. */
    static int sequenceBits(String profile) {
        return isAdvanced(profile) ? 32 : 16;
    }

    /** librist's enum rist_profile; -1 for a name it does not have. */
    static int number(String profile) {
        return switch (profile.toLowerCase(Locale.ROOT)) {
            case "simple" -> 0;
            case "main" -> 1;
            case "advanced" -> 2;
            default -> -1;
        };
    }
}
