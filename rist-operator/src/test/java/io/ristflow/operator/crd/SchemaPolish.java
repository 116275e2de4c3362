package io.ristflow.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import io.ristflow.operator.crd.v1alpha1.Schema;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks a generated schema beside the record that it was made from and adds what the generator lacks: fields, required ones and words of an enumeration in the order in which the record has them, number formats, defaults of the
 * field's own type, descriptions of list items, and all that {@link Schema} says.
 */
final class SchemaPolish {
    /** As every API server reads one, but for a sign. */
    private static final String QUANTITY = "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$";

    private SchemaPolish() {}

    static void describe(Class<?> type, ObjectNode schema) {
        JsonClassDescription description = type.getAnnotation(JsonClassDescription.class);
        if (description == null) throw new IllegalStateException(type + " has no @JsonClassDescription, which describes it where it is an item of a list");
        schema.put("description", description.value());
    }

    static void polish(Class<?> type, ObjectNode schema) {
        ObjectNode properties = schema.objectNode();
        ArrayNode required = schema.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = field(type, component.getName());
            String name = field.isAnnotationPresent(JsonProperty.class) ? field.getAnnotation(JsonProperty.class).value() : component.getName();
            ObjectNode property = (ObjectNode) schema.get("properties").get(name);
            if (property == null) throw new IllegalStateException("the generator left out " + type + "." + name);
            polish(field, property);
            properties.set(name, property);
            if (field.isAnnotationPresent(Required.class)) required.add(name);
        }
        if (properties.size() != schema.get("properties").size()) throw new IllegalStateException(type + " has fields that are not its components: " + schema.get("properties"));
        schema.set("properties", properties);
        if (!required.isEmpty()) schema.set("required", required);
    }

    private static void polish(Field field, ObjectNode property) {
        shape(field.getGenericType(), property);
        Schema schema = field.getAnnotation(Schema.class);
        if (schema != null) say(schema, property);
        if (property.has("x-kubernetes-validations")) once((ArrayNode) property.get("x-kubernetes-validations"));
        JsonNode fallback = property.get("default");
        if (fallback != null && fallback.isTextual()) property.set("default", typed(property, fallback.asText()));
    }

    private static void shape(Type type, ObjectNode schema) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            Class<?> item = (Class<?>) generic.getActualTypeArguments()[0];
            ObjectNode items = (ObjectNode) schema.get("items");
            shape(item, items);
            if (item.isRecord()) describe(item, items);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            shape(generic.getActualTypeArguments()[1], (ObjectNode) schema.get("additionalProperties"));
        } else if (type instanceof Class<?> leaf) {
            if (leaf.isRecord()) polish(leaf, schema);
            if (leaf == Integer.class) schema.put("format", "int32");
            if (leaf == Long.class) schema.put("format", "int64");
            if (leaf == Quantity.class) schema.put("pattern", QUANTITY);
            if (leaf.isEnum()) {
                ArrayNode words = schema.putArray("enum");
                for (Object word : leaf.getEnumConstants()) words.add(word.toString());
            }
        }
    }

    /** A rule of a component is a rule of its field and of its accessor, and the generator takes both. */
    private static void once(ArrayNode rules) {
        Set<JsonNode> distinct = new LinkedHashSet<>();
        rules.forEach(distinct::add);
        rules.removeAll();
        rules.addAll(distinct);
    }

    private static void say(Schema said, ObjectNode property) {
        if (!said.key().isEmpty()) property.put("x-kubernetes-list-type", "map").putArray("x-kubernetes-list-map-keys").add(said.key());
        if (said.oneOf().length > 0) for (int number : said.oneOf()) property.withArray("enum").add(number);
        if (said.multipleOf() > 0) property.put("multipleOf", said.multipleOf());
        if (!said.format().isEmpty()) property.put("format", said.format());
        if (!said.item().isEmpty()) ((ObjectNode) property.get("items")).put("description", said.item());
    }

    private static JsonNode typed(ObjectNode property, String text) {
        return switch (property.get("type").asText()) {
            case "integer" -> property.numberNode(Long.parseLong(text));
            case "number" -> property.numberNode(Double.parseDouble(text));
            case "boolean" -> property.booleanNode(Boolean.parseBoolean(text));
            default -> property.textNode(text);
        };
    }

    private static Field field(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
