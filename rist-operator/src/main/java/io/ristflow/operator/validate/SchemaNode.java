package io.ristflow.operator.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.ristflow.operator.text.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One place of the CRD's schema and what lies below it: what a value must be like there, what it is where nothing is said, and its rules. Values are maps, lists, texts, longs, doubles and booleans. Immutable. */
final class SchemaNode {
    private static final String NAME_OF_THE_RESOURCE = "metadata.name";

    private final String type;
    private final Object fallback;
    private final Map<String, SchemaNode> fields;
    private final List<String> required;
    private final SchemaNode each;
    private final String key;
    private final Bounds bounds;
    private final List<CelRules.Rule> rules;

    /** Of a value that has no parts. {@code least} and {@code most} bound a number, or how many characters, items or entries there are. */
    private record Bounds(Double least, Double most, Double multipleOf, Pattern pattern, Set<Object> words) {}

    private SchemaNode(JSONSchemaProps schema, CelRules cel) {
        type = schema.getType() == null ? "" : schema.getType();
        fallback = schema.getDefault() == null ? null : value(schema.getDefault());
        fields = new LinkedHashMap<>();
        if (schema.getProperties() != null) schema.getProperties().forEach((name, field) -> fields.put(name, new SchemaNode(field, cel)));
        required = schema.getRequired() == null ? List.of() : List.copyOf(schema.getRequired());
        JSONSchemaProps items = type.equals("array") ? schema.getItems().getSchema() : schema.getAdditionalProperties() == null ? null : schema.getAdditionalProperties().getSchema();
        each = items == null ? null : new SchemaNode(items, cel);
        key = schema.getXKubernetesListMapKeys() == null || schema.getXKubernetesListMapKeys().isEmpty() ? null : schema.getXKubernetesListMapKeys().getFirst();
        bounds = new Bounds(least(schema), most(schema), schema.getMultipleOf(), schema.getPattern() == null ? null : Pattern.compile(schema.getPattern()),
                schema.getEnum() == null ? Set.of() : schema.getEnum().stream().map(SchemaNode::value).collect(Collectors.toCollection(LinkedHashSet::new)));
        rules = new ArrayList<>();
        if (schema.getXKubernetesValidations() != null) for (ValidationRule rule : schema.getXKubernetesValidations()) rules.add(cel.compile(rule.getRule(), rule.getMessage()));
    }

    static SchemaNode of(JSONSchemaProps schema, CelRules cel) {
        return new SchemaNode(schema, cel);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** A copy with defaults, and with numbers as CEL has them. */
    Object filled(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> {
                if (map.get(name) != null) copy.put(name, field.filled(map.get(name)));
                else if (field.fallback != null) copy.put(name, field.filled(field.fallback));
            });
            if (each != null) map.forEach((name, entry) -> copy.put((String) name, each.filled(entry)));
            return copy;
        }
        if (value instanceof List<?> list) return list.stream().map(item -> each.filled(item)).toList();
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    /** What types and bounds forbid. */
    void shape(Object value, String path, List<Violation> found) {
        if (value == null) {
            found.add(new Violation(path, "empty"));
        } else if (value instanceof Map<?, ?> map) {
            for (String name : required) if (!map.containsKey(name)) found.add(new Violation(join(path, name), "missing"));
            fields.forEach((name, field) -> {
                if (map.containsKey(name)) field.shape(map.get(name), join(path, name), found);
            });
            if (each != null) {
                count(map.size(), "entries", path, found);
                map.forEach((name, entry) -> each.shape(entry, path + "[" + name + "]", found));
            }
        } else if (value instanceof List<?> list) {
            count(list.size(), "items", path, found);
            Set<Object> seen = new HashSet<>();
            for (int i = 0; i < list.size(); i++) {
                String place = path + "[" + i + "]";
                each.shape(list.get(i), place, found);
                Object name = key == null || !(list.get(i) instanceof Map<?, ?> item) ? null : item.get(key);
                if (name != null && !seen.add(name)) found.add(new Violation(place + "." + key, name + " is given twice; each needs its own"));
            }
        } else {
            leaf(value, path, found);
        }
    }

    /** What the rules forbid. */
    void rules(Object value, String path, List<Violation> found) {
        // A rule of the whole resource can speak of its name and of nothing else.
        for (CelRules.Rule rule : rules) if (!rule.holds(value)) found.add(new Violation(path.isEmpty() ? NAME_OF_THE_RESOURCE : path, rule.message()));
        if (value instanceof Map<?, ?> map) {
            fields.forEach((name, field) -> {
                if (map.containsKey(name)) field.rules(map.get(name), join(path, name), found);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) each.rules(list.get(i), path + "[" + i + "]", found);
        }
    }

    private void leaf(Object value, String path, List<Violation> found) {
        // Somebody may have put the key itself where its reference belongs.
        String shown = path.contains("encryption") || path.contains("authentication") ? "the text" : Texts.shown(String.valueOf(value));
        if (!bounds.words.isEmpty() && !bounds.words.contains(value)) {
            found.add(new Violation(path, shown + " is not one of " + bounds.words.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        } else if (value instanceof Number number) {
            if (outside(number.doubleValue())) found.add(new Violation(path, number + " is not in " + span()));
            else if (bounds.multipleOf != null && number.doubleValue() % bounds.multipleOf != 0) found.add(new Violation(path, number + " is not a multiple of " + bounds.multipleOf.longValue()));
        } else if (value instanceof String text) {
            count(text.codePointCount(0, text.length()), "characters", path, found);
            if (bounds.pattern != null && !bounds.pattern.matcher(text).find()) found.add(new Violation(path, shown + " does not have the form " + bounds.pattern));
        }
    }

    private void count(int count, String of, String path, List<Violation> found) {
        if (outside(count)) found.add(new Violation(path, count + " " + of + " are not in " + span() + " " + of));
    }

    private boolean outside(double number) {
        return bounds.least != null && number < bounds.least || bounds.most != null && number > bounds.most;
    }

    private String span() {
        return (bounds.least == null ? 0 : bounds.least.longValue()) + ".." + (bounds.most == null ? "" : bounds.most.longValue());
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Double least(JSONSchemaProps schema) {
        return first(schema.getMinimum(), schema.getMinLength(), schema.getMinItems(), schema.getMinProperties());
    }

    private static Double most(JSONSchemaProps schema) {
        return first(schema.getMaximum(), schema.getMaxLength(), schema.getMaxItems(), schema.getMaxProperties());
    }

    private static Double first(Number... bounds) {
        for (Number bound : bounds) if (bound != null) return bound.doubleValue();
        return null;
    }

    private static Object value(JsonNode node) {
        return node.isIntegralNumber() ? (Object) node.longValue() : node.isNumber() ? (Object) node.doubleValue() : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
