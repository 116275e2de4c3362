package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Nearest;
import io.ristflow.core.config.UrlParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of Secrets: from {@code kind: Secret} documents beside the flow, and from files {@code DIR/<name>/<key>} as a pod has them mounted.
 * Never printed, not even in part.
 */
public final class Secrets {
    private static final List<String> FIELDS = List.of("apiVersion", "kind", "metadata", "type", "immutable", "data", "stringData");
    private static final long MAX_BYTES = 1 << 20;

    private final String file;
    private final Path directory;
    private final Map<String, Map<String, byte[]>> documents = new HashMap<>();

    /** @param file the manifest as messages call it; {@code directory} null: none */
    Secrets(String file, Path directory) {
        this.file = file;
        this.directory = directory;
        if (directory != null && !Files.isDirectory(directory)) {
            throw new ConfigException("--secrets", UrlParts.shown(directory.toString())
                    + " is not a directory; it holds a file NAME/KEY for each key of each Secret");
        }
    }

    /** Takes a {@code kind: Secret} document. */
    void add(JsonNode document) {
        document.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new ConfigException(UrlParts.shown(field), "unknown field of a Secret" + Nearest.hint(field, FIELDS));
            }
        });
        String name = Manifests.name(document);
        Map<String, byte[]> values = new HashMap<>();
        entries(document, "data").forEach((key, text) -> values.put(key, decoded(key, text)));
        entries(document, "stringData").forEach((key, text) -> values.put(key, text.getBytes(StandardCharsets.UTF_8)));
        if (documents.put(name, values) != null) throw new ConfigException("metadata.name", "two Secrets are called " + name + "; merge them");
    }

    private static Map<String, String> entries(JsonNode document, String field) {
        Map<String, String> out = new HashMap<>();
        if (!document.has(field)) return out;
        if (!document.get(field).isObject()) throw new ConfigException(field, "an object of keys and texts is expected");
        document.get(field).properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw new ConfigException(field + "." + UrlParts.shown(entry.getKey()), "not text; put the value in quotes");
            }
            out.put(entry.getKey(), entry.getValue().asText());
        });
        return out;
    }

    private static byte[] decoded(String key, String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("data." + UrlParts.shown(key), "not base64; plain text goes into stringData");
        }
    }

    /** @param field where the reference stands */
    String value(String field, String name, String key) {
        Map<String, byte[]> document = documents.get(name);
        if (document != null && document.containsKey(key)) return text(field, name, key, document.get(key));
        Path mounted = file(name, key);
        if (mounted != null && Files.isRegularFile(mounted)) return text(field, name, key, read(field, mounted));
        boolean there = document != null || directory != null && Files.isDirectory(directory.resolve(name));
        List<String> places = new ArrayList<>(List.of(file));
        if (directory != null) places.add(directory.resolve(name).toString());
        String where = " (looked in " + String.join(" and ", places) + (directory == null ? "; --secrets DIR would add files" : "") + ")";
        throw new ConfigException(field, there ? "the Secret " + name + " has no key " + key + where : "there is no Secret " + name
                + ", whose key " + key + " is wanted" + where);
    }

    /** A mounted Secret: DIR/&lt;name>/&lt;key>, whether it is there or not; null if a document has the value. The names cannot leave the directory, the schema's patterns see to it. */
    Path file(String name, String key) {
        Map<String, byte[]> document = documents.get(name);
        if (directory == null || document != null && document.containsKey(key)) return null;
        return directory.resolve(name).resolve(key);
    }

    /** What such a file holds now. @throws ConfigException that names {@code field}, if it cannot be read or is no text */
    public static String reread(String field, Path file) {
        return text(field, file.getParent().getFileName().toString(), file.getFileName().toString(), read(field, file));
    }

    private static byte[] read(String field, Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) throw new ConfigException(field, path + " is larger than 1 MiB");
            byte[] bytes = Files.readAllBytes(path);
            int end = bytes.length;
            // Editors end a file with a line feed that nobody means to be part of the key.
            if (end > 0 && bytes[end - 1] == '\n') end--;
            if (end > 0 && end < bytes.length && bytes[end - 1] == '\r') end--;
            return java.util.Arrays.copyOf(bytes, end);
        } catch (IOException e) {
            throw new ConfigException(field, path + " cannot be read; check its permissions");
        }
    }

    private static String text(String field, String name, String key, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(field, "key " + key + " of the Secret " + name + " is not UTF-8 text");
        }
    }

    @Override
    public String toString() {
        return "Secrets" + documents.keySet();
    }
}
