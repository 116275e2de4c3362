package io.ristflow.core.config;

import java.nio.charset.StandardCharsets;

/**
 * A pre-shared key (TR-06-2 §7). The passphrase never appears in {@link #toString()}.
 *
 * @param passphrase 1..127 bytes of UTF-8, cut by peers at a NUL, so none is allowed
 * @param aesBits 128 or 256; 192 in the Advanced profile alone, as the Main profile cannot signal it
 * @param keyRotationPackets a new nonce after so many packets; 0: only before the counter would wrap
 */
public record PskConfig(String passphrase, int aesBits, long keyRotationPackets) {
    public PskConfig {
        int bytes = passphrase.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > 127) throw new ConfigException("secret", "a passphrase of " + bytes + " bytes is not in 1..127 bytes");
        if (passphrase.indexOf('\0') >= 0) throw new ConfigException("secret", "the passphrase holds a NUL, at which peers would cut it; take another one");
        if (aesBits != 128 && aesBits != 192 && aesBits != 256) throw new ConfigException("aes-type", aesBits + " is not in {128, 192, 256}");
        ConfigException.inRange("key-rotation", keyRotationPackets, 0, 0xFFFF_FFFFL, "packets");
    }

    static void refuse192() {
        throw new ConfigException("aes-type", "192 is not in {128, 256}: the Main profile signals the key size in one bit (TR-06-2 §7.1), so a peer could not know; take 256, or profile=advanced at both ends");
    }

    @Override
    public String toString() {
        return "PskConfig[AES-" + aesBits + ", keyRotationPackets=" + keyRotationPackets + "]";
    }
}
