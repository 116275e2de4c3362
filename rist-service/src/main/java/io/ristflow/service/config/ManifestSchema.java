package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ristflow.core.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The schema of a RistFlow as the CRD has it (crds/ristflows.ristflow.io.yaml): unknown fields are refused, defaults are filled in, as the API server does.
 *
 * <p>{@value #FILE} is that schema without what only people and the API server read. {@code SchemaFileTest} holds it in step with the CRD and writes it.
 */
final class ManifestSchema {
    static final String FILE = "ristflow.schema.json";

    private final JsonNode structural;

    private ManifestSchema(JsonNode structural) {
        this.structural = structural;
    }

    /** Read once: the text of {@value #FILE} is 23 KB where the CRD has 105. */
    static ManifestSchema load() {
        return Held.SCHEMA;
    }

    private static final class Held {
        static final ManifestSchema SCHEMA = new ManifestSchema(read());

        private static JsonNode read() {
            try (InputStream in = ManifestSchema.class.getResourceAsStream(FILE)) {
                return new JsonMapper().readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @throws ConfigException for the first mistake, by its path */
    void validate(JsonNode document) {
        SchemaCheck.check(structural, document);
        checkListKeys(structural, document, "");
    }

    private static String join(String path, String property) {
        return path.isEmpty() ? property : path + "." + property;
    }

    private static void checkListKeys(JsonNode schema, JsonNode value, String path) {
        JsonNode properties = schema.get("properties");
        if (value.isObject() && properties != null) {
            value.properties().forEach(field -> {
                if (properties.has(field.getKey())) checkListKeys(properties.get(field.getKey()), field.getValue(), join(path, field.getKey()));
            });
        }
        if (!value.isArray() || !schema.has("items")) return;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            String place = path + "[" + i + "]";
            for (JsonNode key : schema.path("x-kubernetes-list-map-keys")) {
                String name = value.get(i).path(key.asText()).asText();
                if (!seen.add(name)) throw new ConfigException(place + "." + key.asText(), name + " is given twice; each needs its own");
            }
            checkListKeys(schema.get("items"), value.get(i), place);
        }
    }

    /** A copy with the schema's defaults in the objects that are there. */
    JsonNode withDefaults(JsonNode document) {
        JsonNode copy = document.deepCopy();
        fill(structural, copy);
        return copy;
    }

    private static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object && schema.has("properties")) {
            schema.get("properties").properties().forEach(field -> {
                if (!object.has(field.getKey()) && field.getValue().has("default")) object.set(field.getKey(),
                        field.getValue().get("default").deepCopy());
                if (object.has(field.getKey())) fill(field.getValue(), object.get(field.getKey()));
            });
        }
        if (value.isArray() && schema.has("items")) value.forEach(item -> fill(schema.get("items"), item));
    }
}
