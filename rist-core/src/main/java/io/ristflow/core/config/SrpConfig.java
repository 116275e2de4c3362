package io.ristflow.core.config;

import java.nio.charset.StandardCharsets;

/**
 * EAP-SRP (TR-06-2 Annex D): whoever calls proves a user name and a password, whoever listens proves to know them. Password and users never appear in
 * {@link #toString()}.
 *
 * <p>Without a secret besides, each side encrypts under the key that both come to, where the other understands that. With librist only what its listener sends goes so, up to 0.2.7 not even
 * that; the rest goes in the clear.
 *
 * @param user a caller's, or the only one that a listener takes: 1..255 bytes; empty with {@code users}
 * @param password 1..255 bytes; empty with {@code users}
 * @param users a listener's: lines as librist's {@code ristsrppasswd} writes them; empty: the one user
 * @param compat speak with librist up to 0.2.15 and no other
 * @param clearMedia without a secret, let media through in the clear where the peer does not encrypt
 */
public record SrpConfig(String user, String password, String users, boolean compat, boolean clearMedia) {
    private static final int MAX_BYTES = 255;

    public SrpConfig {
        if (!users.isEmpty()) {
            if (!user.isEmpty() || !password.isEmpty()) throw new ConfigException("srp-file", "given together with username or password; a listener takes the one or the other");
        } else {
            check("username", user, "password", password);
            check("password", password, "username", user);
        }
    }

    private static void check(String key, String value, String otherKey, String other) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 && !other.isEmpty()) throw new ConfigException(key, "missing; " + otherKey + " is given, and one means nothing without the other");
        if (bytes < 1 || bytes > MAX_BYTES) throw new ConfigException(key, bytes + " bytes are not in 1.." + MAX_BYTES + " bytes");
    }

    /** A caller's, or a listener's for one user. */
    public static SrpConfig of(String user, String password) {
        return new SrpConfig(user, password, "", false, false);
    }

    /** A listener's, see {@code users}. */
    public static SrpConfig ofUsers(String users) {
        return new SrpConfig("", "", users, false, false);
    }

    public SrpConfig withCompat(boolean on) {
        return new SrpConfig(user, password, users, on, clearMedia);
    }

    public SrpConfig withClearMedia(boolean on) {
        return new SrpConfig(user, password, users, compat, on);
    }

    /** Called where role and profile are known. */
    void checkFor(Profile profile, Role role) {
        if (profile == Profile.SIMPLE) throw new ConfigException("username", "the Simple profile has no authentication (TR-06-1); take profile=main or leave username, password and srp-file out");
        if (role == Role.CALLER && !users.isEmpty()) throw new ConfigException("srp-file", "belongs to a listener; a caller has username and password");
    }

    @Override
    public String toString() {
        return "SrpConfig[" + (users.isEmpty() ? user : "users") + (compat ? ", compat" : "") + (clearMedia ? ", clearMedia" : "") + "]";
    }
}
