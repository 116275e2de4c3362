package io.ristflow.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a CRD as people write YAML: keywords in one order, short lists on one line, no quotes around plain words. The same tree gives the same bytes. */
final class CrdYaml {
    /** Keywords of a schema come in this order, others after them by name; fields of the resource stay as they are. */
    private static final List<String> ORDER = List.of("apiVersion", "kind", "metadata", "spec", "name", "group", "scope", "names", "versions", "plural", "singular", "listKind", "shortNames", "categories",
            "served", "storage", "subresources", "additionalPrinterColumns", "description", "type", "jsonPath", "format", "required", "minLength", "maxLength", "pattern", "enum", "minimum", "maximum", "multipleOf", "default",
            "minItems", "maxItems", "minProperties", "maxProperties", "anyOf", "properties", "additionalProperties", "items", "rule", "message");
    /** No number, no date, no word with a meaning of its own, nothing that could end or open anything. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][-A-Za-z0-9_./]*");
    private static final Pattern WORDS = Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|none");
    /** Texts for people or programs are quoted whatever they hold, so that a change of a word is a change of that line alone. */
    private static final List<String> QUOTED = List.of("description", "message", "rule", "pattern", "jsonPath");

    private final StringBuilder out = new StringBuilder();

    private CrdYaml() {}

    static String write(JsonNode crd) {
        CrdYaml yaml = new CrdYaml();
        yaml.object(crd, "", "", false);
        return yaml.out.toString();
    }

    /** @param first what stands before the first line: the indentation, or the dash of a list */
    private void object(JsonNode node, String first, String indent, boolean named) {
        String lead = first;
        for (String key : named ? names(node) : sorted(node)) {
            out.append(lead).append(key).append(':');
            lead = indent;
            value(key, node.get(key), indent, named);
        }
    }

    private void value(String key, JsonNode value, String indent, boolean named) {
        if (value.isObject()) {
            if (value.isEmpty()) {
                out.append(" {}\n");
                return;
            }
            out.append('\n');
            object(value, indent + "  ", indent + "  ", key.equals("properties") && !named);
        } else if (value.isArray() && (value.isEmpty() || value.get(0).isValueNode())) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(scalar("", item)));
            out.append(" [").append(String.join(", ", items)).append("]\n");
        } else if (value.isArray()) {
            out.append('\n');
            for (JsonNode item : value) object(item, indent + "- ", indent + "  ", false);
        } else {
            out.append(' ').append(scalar(named ? "" : key, value)).append('\n');
        }
    }

    private static String scalar(String key, JsonNode value) {
        if (value.isTextual()) {
            String text = value.asText();
            boolean plain = !QUOTED.contains(key) && PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches();
            return plain ? text : TextNode.valueOf(text).toString();
        }
        return value.asText();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext();) names.add(fields.next().getKey());
        return names;
    }

    private static List<String> sorted(JsonNode node) {
        return names(node).stream().sorted((a, b) -> {
            int byOrder = Integer.compare(place(a), place(b));
            return byOrder != 0 ? byOrder : a.compareTo(b);
        }).toList();
    }

    private static int place(String key) {
        int place = ORDER.indexOf(key);
        return place < 0 ? ORDER.size() : place;
    }
}
