package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Nearest;
import io.ristflow.core.config.UrlParts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A document against a structural schema of Kubernetes: the part of JSON Schema that such a schema may have, in messages that name path, value and what is allowed. A general validator
 * loads a thousand classes for it, at every start and for as long as the process lives.
 */
final class SchemaCheck {
    /** Keywords that are judged here. {@code SchemaFileTest} fails where the schema has another one. */
    static final Set<String> JUDGED = Set.of("additionalProperties", "enum", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minimum", "multipleOf", "pattern", "properties",
            "required", "type", "x-kubernetes-int-or-string");

    private SchemaCheck() {}

    /** @throws ConfigException for the first mistake; an unknown field comes before all others, as a misspelt field is also a missing one */
    static void check(JsonNode schema, JsonNode document) {
        unknownFields(schema, document, "");
        values(schema, document, "");
    }

    private static void unknownFields(JsonNode schema, JsonNode value, String path) {
        JsonNode properties = schema.path("properties");
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode known = properties.path(field.getKey());
                if (known.isMissingNode()) known = schema.path("additionalProperties");
                if (known.isMissingNode() && !properties.isMissingNode()) {
                    List<String> names = new ArrayList<>();
                    properties.fieldNames().forEachRemaining(names::add);
                    throw new ConfigException(join(path, UrlParts.shown(field.getKey())), "unknown field" + Nearest.hint(field.getKey(), names));
                }
                unknownFields(known, field.getValue(), join(path, field.getKey()));
            }
        }
        if (value.isArray()) for (int i = 0; i < value.size(); i++) unknownFields(schema.path("items"), value.get(i), path + "[" + i + "]");
    }

    /** Keywords in the order of their names, which is that of the CRD. */
    private static void values(JsonNode schema, JsonNode value, String path) {
        boolean comparable = !schema.has("type") || isOf(schema.get("type").asText(), value) || schema.get("type").asText().equals("string");
        if (schema.has("enum") && comparable) oneOf(schema.get("enum"), value, path);
        if (schema.path("x-kubernetes-int-or-string").asBoolean(false) && !isWhole(value) && !value.isTextual()) {
            throw new ConfigException(path, "neither a whole number nor text");
        }
        if (value.isArray()) list(schema, value, path);
        if (value.isTextual()) text(schema, value, path);
        if (value.isNumber()) number(schema, value, path);
        if (value.isObject()) object(schema, value, path);
        if (schema.has("type") && !isOf(schema.get("type").asText(), value)) throw new ConfigException(path, wrongType(path, value, schema));
    }

    private static void oneOf(JsonNode words, JsonNode value, String path) {
        for (JsonNode word : words) if (word.equals(value)) return;
        throw new ConfigException(path, (hides(path) && value.isTextual() ? "the text" : scalar(value)) + " is not one of " + words(words));
    }

    private static void list(JsonNode schema, JsonNode value, String path) {
        for (int i = 0; i < value.size(); i++) values(schema.path("items"), value.get(i), path + "[" + i + "]");
        if (isOutside(schema, value.size(), "minItems", "maxItems")) throw new ConfigException(path, value.size() + " items are not in " + span(schema, "minItems", "maxItems") + " items");
    }

    private static void text(JsonNode schema, JsonNode value, String path) {
        String text = value.asText();
        if (isOutside(schema, text.codePointCount(0, text.length()), "minLength", "maxLength")) {
            throw new ConfigException(path, text.length() + " characters are not in " + span(schema, "minLength", "maxLength") + " characters");
        }
        if (schema.has("pattern") && !Pattern.compile(schema.get("pattern").asText()).matcher(text).find()) {
            throw new ConfigException(path, (hides(path) ? "the text" : scalar(value)) + " does not have the form " + schema.get("pattern").asText());
        }
    }

    private static void number(JsonNode schema, JsonNode value, String path) {
        BigDecimal number = value.decimalValue();
        boolean low = schema.has("minimum") && number.compareTo(schema.get("minimum").decimalValue()) < 0;
        boolean high = schema.has("maximum") && number.compareTo(schema.get("maximum").decimalValue()) > 0;
        if (low || high) throw new ConfigException(path, scalar(value) + " is not in " + span(schema, "minimum", "maximum"));
        if (schema.has("multipleOf") && number.remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
            throw new ConfigException(path, scalar(value) + " is not a multiple of " + schema.get("multipleOf").asText());
        }
    }

    private static void object(JsonNode schema, JsonNode value, String path) {
        JsonNode properties = schema.path("properties");
        if (isOutside(schema, value.size(), "minProperties", "maxProperties")) throw new ConfigException(path, value.size() + " entries are not in " + span(schema, "minProperties", "maxProperties") + " entries");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = properties.path(field.getKey());
            if (known.isMissingNode()) values(schema.path("additionalProperties"), field.getValue(), join(path, field.getKey()));
        }
        for (Map.Entry<String, JsonNode> known : properties.properties()) {
            if (value.has(known.getKey())) values(known.getValue(), value.get(known.getKey()), join(path, known.getKey()));
        }
        for (JsonNode name : schema.path("required")) if (!value.has(name.asText())) throw new ConfigException(join(path, name.asText()), "missing");
    }

    private static boolean isOutside(JsonNode schema, int size, String least, String greatest) {
        return size < schema.path(least).asInt(0) || size > schema.path(greatest).asInt(Integer.MAX_VALUE);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "integer" -> isWhole(value);
            case "number" -> value.isNumber();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalStateException("the schema has the type " + type);
        };
    }

    /** 5.0 is a whole number, for JSON Schema as for the API server. */
    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() || value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    // ---- words -----------------------------------------------------------------------------------------------------------------

    private static String wrongType(String path, JsonNode value, JsonNode schema) {
        String wanted = article(schema.get("type").asText())
                + (schema.has("minimum") ? " in " + span(schema, "minimum", "maximum") : schema.has("enum") ? " out of " + words(schema.get("enum")) : "") + " is expected";
        if (value.isNull()) return "empty; " + wanted;
        String is = value.isObject() ? "an object" : value.isArray() ? "a list" : value.isTextual() ? "text" : value.isBoolean() ? "a boolean" : "a number";
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
        return value.isValueNode() ? UrlParts.shown(value.asText()) : value.isArray() ? "a list" : "an object";
    }

    private static String span(JsonNode schema, String least, String greatest) {
        return schema.path(least).asText("0") + ".." + schema.path(greatest).asText("");
    }

    private static String words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return String.join(", ", words);
    }

    private static String join(String path, String property) {
        return path.isEmpty() ? property : path + "." + property;
    }
}
