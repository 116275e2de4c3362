package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.UrlParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * RistFlow manifests: the same YAML that {@code kubectl apply -f} takes. Documents are {@code kind: RistFlow} (one or more) and {@code kind:
 * Secret}. A refusal names file, path,
 * value and what is allowed.
 */
public final class Manifests {
    public static final String API_VERSION = "ristflow.io/v1alpha1";
    private static final int MAX_BYTES = 4 << 20;

    private Manifests() {}

    /**
     * @param notices what was read and has no meaning outside Kubernetes, a sentence each
     * @param secretFiles files that something else than a passphrase was read from; their change is one of the document
     */
    public record Manifest(List<FlowDocument> documents, List<String> notices, List<Path> secretFiles) {
        public Manifest {
            documents = List.copyOf(documents);
            notices = List.copyOf(notices);
            secretFiles = List.copyOf(secretFiles);
        }

        /** A flow that no document describes. */
        public static Manifest of(FlowSpec flow) {
            return new Manifest(List.of(FlowDocument.undocumented(flow)), List.of(), List.of());
        }

        public List<FlowSpec> flows() {
            return documents.stream().map(FlowDocument::flow).toList();
        }

        /** Passphrases, with the files that they came from. */
        public List<FlowKey> keys() {
            return documents.stream().flatMap(document -> document.keys().stream()).toList();
        }
    }

    /** @param file {@code -} for standard input; {@code secretsDirOrNull} holds {@code <name>/<key>} */
    public static Manifest read(Path file, Path secretsDirOrNull) {
        return read(file, secretsDirOrNull, Resolver.SYSTEM);
    }

    public static Manifest read(Path file, Path secretsDirOrNull, Resolver resolver) {
        return new ManifestFile(file, secretsDirOrNull, resolver).read();
    }

    static byte[] bytes(String shown, Path file) {
        if (Files.isDirectory(file)) throw new ConfigException(shown, "a directory; name a file in it");
        try (InputStream in = Files.newInputStream(file)) {
            return bytes(shown, in);
        } catch (NoSuchFileException e) {
            throw new ConfigException(shown, "not there");
        } catch (IOException e) {
            throw new ConfigException(shown, "cannot be read; check its permissions");
        }
    }

    static byte[] bytes(String shown, InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) throw new ConfigException(shown, "larger than 4 MiB; that is not a manifest");
            return bytes;
        } catch (IOException e) {
            throw new ConfigException(shown, "cannot be read");
        }
    }

    static Manifest parse(String shown, byte[] yaml, Path secretsDirOrNull, Resolver resolver) {
        List<JsonNode> documents = YamlDocuments.read(shown, yaml);
        Secrets secrets = new Secrets(shown, secretsDirOrNull);
        List<JsonNode> flows = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            String place = documents.size() == 1 ? shown : shown + " (document " + (i + 1) + ")";
            JsonNode document = documents.get(i);
            at(place, () -> {
                if (isSecret(document)) {
                    secrets.add(document);
                } else {
                    flows.add(document);
                    places.add(place);
                }
            });
        }
        if (flows.isEmpty()) throw new ConfigException(shown, "no document of kind RistFlow in it; at least one is needed");
        return flows(flows, places, secrets, resolver);
    }

    private static Manifest flows(List<JsonNode> documents, List<String> places, Secrets secrets, Resolver resolver) {
        ManifestSchema schema = ManifestSchema.load();
        List<FlowDocument> flows = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        List<Path> secretFiles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonNode document = documents.get(i);
            at(places.get(i), () -> {
                schema.validate(document);
                String name = name(document);
                FlowSpecs.checkName("metadata.name", name);
                if (!names.add(name)) {
                    throw new ConfigException("metadata.name", "two flows are called " + name + "; give each a name of its own");
                }
                JsonNode full = schema.withDefaults(document);
                ManifestRules.check(full);
                List<FlowKey> keys = new ArrayList<>();
                FlowSpec flow = new ManifestFlow(name, full.get("spec"), new ManifestKeys(name, secrets, keys, secretFiles), resolver, notices).read();
                flows.add(new FlowDocument(flow, full.get("spec"), generation(document), keys));
            });
        }
        return new Manifest(flows, notices, secretFiles);
    }

    /** Null if the document does not tell. */
    private static Long generation(JsonNode document) {
        JsonNode noted = document.path("metadata").path("annotations").path(FlowDocument.GENERATION);
        try {
            return noted.isValueNode() ? Long.valueOf(noted.asText()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Which generations of which flows a file tells of, whatever else is wrong with it; empty if it is no YAML. */
    static Map<String, Long> generations(byte[] yaml) {
        Map<String, Long> generations = new HashMap<>();
        try {
            for (JsonNode document : YamlDocuments.read("", yaml)) {
                Long generation = generation(document);
                if (generation != null && document.path("metadata").path("name").isTextual()) generations.put(document.path("metadata").path("name").asText(), generation);
            }
        } catch (ConfigException e) {
            return Map.of();
        }
        return generations;
    }

    private static void at(String place, Runnable step) {
        try {
            step.run();
        } catch (ConfigException e) {
            throw new ConfigException(place, e.getMessage());
        }
    }

    private static boolean isSecret(JsonNode document) {
        if (!document.isObject()) throw new ConfigException("document", "not an object with apiVersion, kind, metadata and spec");
        String apiVersion = document.path("apiVersion").asText("");
        String kind = document.path("kind").asText("");
        if (kind.equals("Secret") && apiVersion.equals("v1")) return true;
        if (!kind.equals("RistFlow")) {
            throw new ConfigException("kind",
                    (kind.isEmpty() ? "missing" : UrlParts.shown(kind)
                            + (kind.equals("Secret") ? " of apiVersion " + UrlParts.shown(apiVersion) : "") + " is not read here")
                                    + "; known: RistFlow (" + API_VERSION + "), Secret (v1)");
        }
        if (!apiVersion.equals(API_VERSION)) {
            throw new ConfigException("apiVersion", (apiVersion.isEmpty() ? "missing" : UrlParts.shown(apiVersion) + " is not known")
                    + "; take " + API_VERSION);
        }
        return false;
    }

    static String name(JsonNode document) {
        JsonNode name = document.path("metadata").path("name");
        if (!name.isTextual() || name.asText().isEmpty()) throw new ConfigException("metadata.name", "missing");
        return name.asText();
    }
}
