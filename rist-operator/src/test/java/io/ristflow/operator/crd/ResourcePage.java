package io.ristflow.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** docs/resource.md: the schema as people read it, a table for each object. An object that is the same in several places has one table. */
final class ResourcePage {
    static final Path FILE = Path.of("../docs/resource.md");

    private static final String HEAD = """
            # The RistFlow resource, field by field

            Generated from the [CRD](../crds/ristflows.ristflow.io.yaml) by rist-operator's `CrdInStepTest`; `kubectl explain ristflow.spec` says the same. [Examples](examples/studio-a.yaml) lie in `docs/examples`, one for each exposure and profile.

            - A cluster takes it with `kubectl apply -f`, a laptop with `./rist run -f`. There, `exposure`, `placement`, `maintenance`, `pod` and a path's `network` are ignored with a notice, and every listener needs its port.
            - A field in **bold** must be given. Where a default stands, leaving the field out means the same. A default of a field inside an object counts once the object is there.
            - A cluster takes the CRD itself with `kubectl apply -f crds/`; before Kubernetes 1.25 with `--validate=false`, as rules are unknown there, and never by server-side apply.
            - The rules below a table are checked by the API server from Kubernetes 1.25 on and by the operator on every version: what breaks one is told in the condition `Accepted`, with its path.
            """;

    private final StringBuilder out = new StringBuilder(HEAD);
    /** What an object is, but for its description, and the places where it stands. */
    private final Map<JsonNode, List<String>> places = new LinkedHashMap<>();

    private ResourcePage() {}

    static String text() {
        ResourcePage page = new ResourcePage();
        ObjectNode root = CrdFile.schema(CrdFile.tree());
        JsonNode fields = root.get("properties");
        page.gather("spec", fields.get("spec"));
        page.gather("status", fields.get("status"));
        page.out.append("\nThe name of a RistFlow (`metadata.name`): ").append(root.at("/x-kubernetes-validations/0/message").asText()).append(".\n");
        page.places.forEach(page::section);
        return page.out.toString();
    }

    private void gather(String path, JsonNode schema) {
        JsonNode object = schema.has("items") ? schema.get("items") : schema;
        if (!object.has("properties")) return;
        String place = schema.has("items") ? path + "[]" : path;
        List<String> known = places.computeIfAbsent(nameless(object), _ -> new ArrayList<>());
        known.add(place);
        each(object, (name, field) -> gather(place + "." + name, field));
    }

    private void section(JsonNode object, List<String> at) {
        out.append("\n## ").append(at.getFirst()).append("\n\n");
        if (at.size() > 1) out.append("Also ").append(String.join(", ", at.subList(1, at.size()).stream().map(place -> "`" + place + "`").toList())).append(".\n\n");
        out.append("| field | what it takes | default | what it is |\n|---|---|---|---|\n");
        each(object, (name, field) -> row(name, field, required(object, name)));
        List<String> rules = new ArrayList<>();
        object.path("x-kubernetes-validations").forEach(rule -> rules.add(rule.get("message").asText()));
        each(object, (name, field) -> field.path("x-kubernetes-validations").forEach(rule -> {
            if (!field.has("properties")) rules.add("`" + name + "`: " + rule.get("message").asText());
        }));
        if (!rules.isEmpty()) out.append("\nRules:\n\n");
        rules.forEach(rule -> out.append("- ").append(rule).append('\n'));
    }

    private void row(String name, JsonNode field, boolean required) {
        String shown = required ? "**`" + name + "`**" : "`" + name + "`";
        String fallback = field.has("default") ? "`" + field.get("default").asText() + "`" : "";
        out.append("| ").append(shown).append(" | ").append(takes(field)).append(" | ").append(fallback).append(" | ").append(field.path("description").asText().replace("|", "\\|")).append(" |\n");
    }

    private String takes(JsonNode field) {
        if (field.has("enum")) {
            List<String> words = new ArrayList<>();
            field.get("enum").forEach(word -> words.add("`" + word.asText() + "`"));
            return String.join(", ", words);
        }
        if (field.has("items")) {
            String item = field.get("items").has("properties") ? "[objects](#" + anchor(places.get(nameless(field.get("items"))).getFirst()) + ")" : "texts";
            return field.path("minItems").asInt() + ".." + field.get("maxItems").asInt() + " " + item;
        }
        return switch (field.path("type").asText()) {
            case "integer" -> "whole number" + (field.has("maximum") ? ", " + field.get("minimum").asText() + ".." + field.get("maximum").asText() : " from " + field.path("minimum").asText());
            case "number" -> "number, " + field.get("minimum").asText() + ".." + field.get("maximum").asText();
            case "boolean" -> "`true`, `false`";
            case "string" -> field.has("format") ? field.get("format").asText() : "text, up to " + field.get("maxLength").asText();
            default -> field.has("additionalProperties") ? "names and " + (field.at("/additionalProperties/x-kubernetes-int-or-string").asBoolean() ? "quantities" : "texts")
                    : "[object](#" + anchor(places.get(nameless(field)).getFirst()) + ")";
        };
    }

    /** As the sites that show Markdown make it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "");
    }

    private static boolean required(JsonNode object, String name) {
        for (JsonNode required : object.path("required")) if (required.asText().equals(name)) return true;
        return false;
    }

    private static JsonNode nameless(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("description");
        return copy;
    }

    private interface Visit {
        void field(String name, JsonNode schema);
    }

    private static void each(JsonNode object, Visit visit) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.get("properties").fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            visit.field(field.getKey(), field.getValue());
        }
    }
}
