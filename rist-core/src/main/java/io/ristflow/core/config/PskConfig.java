package io.ristflow.core.config;

import java.nio.charset.StandardCharsets;

/**
 * Pre-shared keys (TR-06-2 §7, TR-06-3 §8). No passphrase ever appears in {@link #toString()}.
 *
 * @param passphrase 1..127 bytes of UTF-8, cut by peers at a NUL, so none is allowed; the even one, if there are two
 * @param oddPassphrase the other one to change to while the flow runs (TR-06-2 §7.4), or null
 * @param oddInForce whether that one is in force at the start
 * @param aesBits 128 or 256; 192 on the Advanced profile alone, which {@link SessionConfig} sees to
 * @param keyRotationPackets a new nonce after so many packets; 0: only before the counter would wrap
 */
public record PskConfig(String passphrase, String oddPassphrase, boolean oddInForce, int aesBits, long keyRotationPackets) {
    public PskConfig {
        checkPassphrase("secret", passphrase);
        if (oddPassphrase != null) checkPassphrase("secret-odd", oddPassphrase);
        if (oddPassphrase == null && oddInForce) throw new ConfigException("secret-in-force", "odd without an odd passphrase; add secret-odd=… or leave secret-in-force out");
        if (aesBits != 128 && aesBits != 192 && aesBits != 256) throw new ConfigException("aes-type", aesBits + " is not in {128, 192, 256}");
        ConfigException.inRange("key-rotation", keyRotationPackets, 0, 0xFFFF_FFFFL, "packets");
    }

    /** One passphrase. */
    public PskConfig(String passphrase, int aesBits, long keyRotationPackets) {
        this(passphrase, null, false, aesBits, keyRotationPackets);
    }

    /** @throws ConfigException that names {@code field}, if this is no passphrase */
    public static void checkPassphrase(String field, String passphrase) {
        int bytes = passphrase.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > 127) throw new ConfigException(field, "a passphrase of " + bytes + " bytes is not in 1..127 bytes");
        if (passphrase.indexOf('\0') >= 0) throw new ConfigException(field, "the passphrase holds a NUL, at which peers would cut it; take another one");
    }

    /** Called where the profile is known. */
    void checkFor(Profile profile) {
        if (aesBits == 192 && (profile == Profile.MAIN || profile == Profile.AUTO)) {
            throw new ConfigException("aes-type",
                    "192 is not in {128, 256}: the Main profile signals the key size in one bit (TR-06-2 §7.1), so a peer could not know; take 256, or profile=advanced at both ends");
        }
    }

    @Override
    public String toString() {
        return "PskConfig[AES-" + aesBits + (oddPassphrase == null ? "" : ", two passphrases") + ", keyRotationPackets=" + keyRotationPackets + "]";
    }
}
