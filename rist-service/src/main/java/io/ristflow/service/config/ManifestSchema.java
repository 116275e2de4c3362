package io.ristflow.service.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Nearest;
import io.ristflow.core.config.UrlParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The schema of a RistFlow as the CRD has it (crds/ristflows.ristflow.io.yaml): unknown fields are refused, defaults are filled in, as the API
 * server does.
 */
final class ManifestSchema {
    static final String CRD = "/crds/ristflows.ristflow.io.yaml";
    static final String VERSION = "v1alpha1";

    private final JsonNode structural;
    private final Schema closed;

    private ManifestSchema(JsonNode structural) {
        this.structural = structural;
        JsonNode copy = structural.deepCopy();
        close(copy);
        this.closed = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(copy);
    }

    static ManifestSchema load() {
        return new ManifestSchema(loadStructural());
    }

    /** The openAPIV3Schema of {@value #VERSION}. */
    static JsonNode loadStructural() {
        try (InputStream in = ManifestSchema.class.getResourceAsStream(CRD)) {
            if (in == null) throw new IllegalStateException("the build left " + CRD + " out");
            for (JsonNode version : new YAMLMapper().readTree(in).path("spec").path("versions")) {
                if (version.path("name").asString().equals(VERSION)) return version.path("schema").path("openAPIV3Schema");
            }
            throw new IllegalStateException(CRD + " has no version " + VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A structural schema prunes what it does not know; here that is a mistake to be named. */
    private static void close(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) return;
        // Kubernetes' own keywords mean nothing to a JSON Schema validator, which would warn of each.
        object.remove(object.propertyNames().stream().filter(keyword -> keyword.startsWith("x-kubernetes-")).toList());
        JsonNode properties = object.get("properties");
        if (properties != null) {
            if (!object.has("additionalProperties")) object.put("additionalProperties", false);
            properties.forEach(ManifestSchema::close);
        }
        if (object.has("items")) close(object.get("items"));
        if (object.path("additionalProperties").isObject()) close(object.get("additionalProperties"));
    }

    /** @throws ConfigException for the first mistake, by its path */
    void validate(JsonNode document) {
        List<Error> errors = closed.validate(document);
        if (!errors.isEmpty()) {
            // A misspelt field is also a missing one; the misspelling is the cause.
            Error first = errors.stream().filter(e -> e.getKeyword().equals("additionalProperties")).findFirst().orElse(errors.getFirst());
            throw explained(first);
        }
        checkListKeys(structural, document, "");
    }

    private ConfigException explained(Error error) {
        String path = path(error);
        JsonNode schema = schemaAt(error);
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                    new ConfigException(join(path, UrlParts.shown(error.getProperty())), "unknown field"
                            + Nearest.hint(error.getProperty(), schema.path("properties").propertyNames()));
            case "required" -> new ConfigException(join(path, error.getProperty()), "missing");
            case "type" -> new ConfigException(path, wrongType(path, value, schema));
            case "enum" -> new ConfigException(path, (hides(path) && value.isString() ? "the text" : scalar(value)) + " is not one of "
                    + words(schema.get("enum")));
            case "minimum", "maximum" -> new ConfigException(path, scalar(value) + " is not in " + span(schema, "minimum", "maximum"));
            case "multipleOf" -> new ConfigException(path, scalar(value) + " is not a multiple of " + schema.get("multipleOf").asString());
            case "minItems", "maxItems" ->
                    new ConfigException(path, value.size() + " items are not in " + span(schema, "minItems", "maxItems") + " items");
            case "minLength", "maxLength" ->
                    new ConfigException(path, value.asString().length() + " characters are not in " + span(schema, "minLength", "maxLength")
                            + " characters");
            case "pattern" -> new ConfigException(path, (hides(path) ? "the text" : scalar(value)) + " does not have the form "
                    + schema.get("pattern").asString());
            default -> new ConfigException(path, "not as the schema wants it (" + error.getKeyword() + ")");
        };
    }

    private JsonNode schemaAt(Error error) {
        JsonNode schema = structural;
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            Object element = error.getInstanceLocation().getElement(i);
            JsonNode next = element instanceof Integer ? schema.path("items") : schema.path("properties").path(element.toString());
            schema = next.isMissingNode() ? schema.path("additionalProperties") : next;
        }
        return schema;
    }

    private static String span(JsonNode schema, String least, String greatest) {
        return schema.path(least).asString("0") + ".." + schema.path(greatest).asString("");
    }

    private static String wrongType(String path, JsonNode value, JsonNode schema) {
        String type = schema.path("type").asString("");
        String wanted = article(type)
                + (schema.has("minimum") ? " in " + span(schema, "minimum", "maximum") : schema.has("enum") ? " out of "
                        + words(schema.get("enum")) : "") + " is expected";
        if (value == null || value.isNull()) return "empty; " + wanted;
        String is = value.isObject() ? "an object" : value.isArray() ? "a list" : value.isString() ? "text" : value.isBoolean()
                ? "a boolean" : "a number";
        return (value.isValueNode() && !hides(path) ? scalar(value) + " is " : "") + is + "; " + wanted;
    }

    /** Somebody may have put the key itself where its reference belongs. */
    private static boolean hides(String path) {
        return path.contains("encryption") || path.contains("authentication");
    }

    private static String article(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "array" -> "a list";
            case "string" -> "text (in quotes if it looks like a number)";
            case "boolean" -> "true or false";
            case "object" -> "an object";
            default -> "a " + type;
        };
    }

    private static String scalar(JsonNode value) {
        return value.isValueNode() ? UrlParts.shown(value.asString()) : value.isArray() ? "a list" : "an object";
    }

    private static String words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asString()));
        return String.join(", ", words);
    }

    private static String path(Error error) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            Object element = error.getInstanceLocation().getElement(i);
            if (element instanceof Integer index) out.append('[').append(index).append(']');
            else out.append(out.isEmpty() ? "" : ".").append(element);
        }
        return out.toString();
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
                String name = value.get(i).path(key.asString()).asString();
                if (!seen.add(name)) throw new ConfigException(place + "." + key.asString(), name + " is given twice; each needs its own");
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
