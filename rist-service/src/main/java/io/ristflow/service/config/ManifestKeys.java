package io.ristflow.service.config;

import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.SrpConfig;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Passphrases of one RistFlow: from its Secrets into settings, and which files they came from. */
final class ManifestKeys {
    private final String flow;
    private final Secrets secrets;
    private final List<KeyFile> files;

    /** @param files takes the files that were read */
    ManifestKeys(String flow, Secrets secrets, List<KeyFile> files) {
        this.flow = flow;
        this.secrets = secrets;
        this.files = files;
    }

    /**
     * @param node an {@code encryption} object
     * @param endpoint the name of the input or output whose it is
     */
    PskConfig read(JsonNode node, String path, String endpoint) {
        return read(node, path, endpoint, RistSession.EVERY_LEG);
    }

    /** @param leg the path whose own it is */
    PskConfig read(JsonNode node, String path, String endpoint, int leg) {
        String even = passphrase(node.get("secretRef"), path + ".secretRef", endpoint, leg, Parity.EVEN);
        String odd = node.has("nextSecretRef") ? passphrase(node.get("nextSecretRef"), path + ".nextSecretRef", endpoint, leg, Parity.ODD) : null;
        return new PskConfig(even, odd, node.get("inForce").asString().equals("NextSecret"), node.get("aesBits").asInt(), node.get("keyRotationPackets").asLong());
    }

    /** @param node an {@code authentication.srp} object; a caller has credentials, a listener either */
    SrpConfig login(JsonNode node, String path) {
        boolean compat = node.path("compat").asBoolean(false);
        boolean clearMedia = node.path("clearMedia").asBoolean(false);
        boolean users = node.has("usersSecretRef");
        String field = path + (users ? ".usersSecretRef" : ".credentialsSecretRef");
        JsonNode ref = node.get(users ? "usersSecretRef" : "credentialsSecretRef");
        String secret = ref.get("name").asString();
        try {
            if (users) {
                String lines = secrets.value(field, secret, ref.get("key").asString());
                if (lines.isBlank()) throw new ConfigException("srp-file", "is empty; ristsrppasswd USER PASSWORD writes a line");
                return new SrpConfig("", "", lines, compat, clearMedia);
            }
            String user = secrets.value(field, secret, ref.get("username").asString());
            return new SrpConfig(user, secrets.value(field, secret, ref.get("password").asString()), "", compat, clearMedia);
        } catch (ConfigException e) {
            throw e.getMessage().startsWith(field) ? e : new ConfigException(field, "the Secret " + secret + ": " + e.getMessage());
        }
    }

    /** The value that a reference by name and key leads to. */
    String value(String field, JsonNode ref) {
        return secrets.value(field, ref.get("name").asString(), ref.get("key").asString());
    }

    private String passphrase(JsonNode ref, String field, String endpoint, int leg, Parity parity) {
        String secret = ref.get("name").asString();
        String key = ref.get("key").asString();
        String passphrase = secrets.value(field, secret, key);
        try {
            PskConfig.checkPassphrase("secret", passphrase);
        } catch (ConfigException e) {
            throw new ConfigException(field, "key " + key + " of the Secret " + secret + ": " + e.getMessage());
        }
        Path file = secrets.file(secret, key);
        if (file != null) files.add(new KeyFile(flow, endpoint, leg, parity, file, passphrase));
        return passphrase;
    }
}
