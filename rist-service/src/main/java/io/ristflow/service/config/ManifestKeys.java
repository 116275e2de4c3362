package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ristflow.core.api.Parity;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.SrpConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What one RistFlow takes from its Secrets: into settings. Passphrases are remembered with the files that they came from, as they may change while the flow runs. Beside a reference to anything else
 * stands a mark of its value ({@link Place#CONTENTS}), so that a change of it is one of the document.
 */
final class ManifestKeys {
    private final String flow;
    private final Secrets secrets;
    private final List<FlowKey> keys;
    private final List<Path> files;

    /** @param keys takes the passphrases that were read, {@code files} the files of whatever else was */
    ManifestKeys(String flow, Secrets secrets, List<FlowKey> keys, List<Path> files) {
        this.flow = flow;
        this.secrets = secrets;
        this.keys = keys;
        this.files = files;
    }

    /**
     * @param node an {@code encryption} object
     * @param end whose it is
     */
    PskConfig read(JsonNode node, String path, EndRef end) {
        return read(node, path, end, "");
    }

    /** @param owner the path whose own it is */
    PskConfig read(JsonNode node, String path, EndRef end, String owner) {
        String even = passphrase(node.get("secretRef"), path + ".secretRef", new FlowKey.Id(flow, end, owner, Parity.EVEN));
        String odd = node.has("nextSecretRef") ? passphrase(node.get("nextSecretRef"), path + ".nextSecretRef", new FlowKey.Id(flow, end, owner, Parity.ODD)) : null;
        return new PskConfig(even, odd, node.get("inForce").asText().equals("NextSecret"), node.get("aesBits").asInt(), node.get("keyRotationPackets").asLong());
    }

    /** @param node an {@code authentication.srp} object; a caller has credentials, a listener either */
    SrpConfig login(JsonNode node, String path) {
        boolean compat = node.path("compat").asBoolean(false);
        boolean clearMedia = node.path("clearMedia").asBoolean(false);
        boolean users = node.has("usersSecretRef");
        String field = path + (users ? ".usersSecretRef" : ".credentialsSecretRef");
        JsonNode ref = node.get(users ? "usersSecretRef" : "credentialsSecretRef");
        String secret = ref.get("name").asText();
        try {
            if (users) {
                String lines = value(field, ref);
                if (lines.isBlank()) throw new ConfigException("srp-file", "is empty; ristsrppasswd USER PASSWORD writes a line");
                return new SrpConfig("", "", lines, compat, clearMedia);
            }
            String user = secrets.value(field, secret, ref.get("username").asText());
            String password = secrets.value(field, secret, ref.get("password").asText());
            remember(secret, ref.get("username").asText());
            remember(secret, ref.get("password").asText());
            // Neither of them holds a NUL, and which is which must tell
            mark(ref, user + '\0' + password);
            return new SrpConfig(user, password, "", compat, clearMedia);
        } catch (ConfigException e) {
            throw e.getMessage().startsWith(field) ? e : new ConfigException(field, "the Secret " + secret + ": " + e.getMessage());
        }
    }

    /** The value that a reference by name and key leads to. */
    String value(String field, JsonNode ref) {
        String value = secrets.value(field, ref.get("name").asText(), ref.get("key").asText());
        remember(ref.get("name").asText(), ref.get("key").asText());
        mark(ref, value);
        return value;
    }

    private void remember(String secret, String key) {
        Path file = secrets.file(secret, key);
        if (file != null) files.add(file);
    }

    private static void mark(JsonNode ref, String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            ((ObjectNode) ref).put(Place.CONTENTS, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String passphrase(JsonNode ref, String field, FlowKey.Id id) {
        String secret = ref.get("name").asText();
        String key = ref.get("key").asText();
        String passphrase = secrets.value(field, secret, key);
        try {
            PskConfig.checkPassphrase("secret", passphrase);
        } catch (ConfigException e) {
            throw new ConfigException(field, "key " + key + " of the Secret " + secret + ": " + e.getMessage());
        }
        Path file = secrets.file(secret, key);
        // A file's change is noticed by itself (KeyWatch), without another look at the document
        if (file == null) mark(ref, passphrase);
        keys.add(new FlowKey(id, file, passphrase));
        return passphrase;
    }
}
