package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * values.yaml, its schema and the table in README.md say the same. The table is made by a program that npm has:
 * {@code npx @bitnami/readme-generator-for-helm -v helm/ristflow/values.yaml -r helm/ristflow/README.md}.
 */
class ValuesInStepTest {
    private static final Pattern PARAMETER = Pattern.compile("(?m)^ *## @param (\\S+) (?:\\[\\w+] )?(.+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` +\\| (.+?) +\\| `(.*)` +\\|$");

    private final JsonNode values = Chart.yaml(Chart.FOLDER.resolve("values.yaml"));
    private final JsonNode schema = Chart.json(Chart.FOLDER.resolve("values.schema.json"));

    @Test
    void everyValueHasALineThatSaysWhatItIs() {
        assertThat(described().keySet()).containsExactlyElementsOf(leaves("", values).keySet());
    }

    @Test
    void theTableHasEveryValueWithItsDefault() {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Chart.read(Chart.FOLDER.resolve("README.md")));
        while (row.find()) rows.put(row.group(1), row.group(2) + " = " + row.group(3));
        Map<String, String> wanted = new LinkedHashMap<>();
        Map<String, JsonNode> leaves = leaves("", values);
        described().forEach((path, text) -> wanted.put(path, text + " = " + shown(leaves.get(path))));
        assertThat(rows.entrySet()).containsExactlyElementsOf(wanted.entrySet());
    }

    @Test
    void theSchemaHasEveryValueWithItsDescriptionAndDefault() {
        Map<String, JsonNode> leaves = leaves("", values);
        described().forEach((path, text) -> {
            JsonNode at = schema.at("/properties/" + path.replace(".", "/properties/"));
            assertThat(at.path("description").asText()).as(path).isEqualTo(text);
            if (!leaves.get(path).isObject()) assertThat(at.path("default")).as(path).isEqualTo(leaves.get(path));
        });
    }

    /** Beside what a parent chart hands down. */
    @Test
    void theSchemaHasNoOtherValue() {
        Map<String, JsonNode> known = new LinkedHashMap<>();
        properties("", schema, known);
        known.remove("global");
        assertThat(known.keySet()).containsExactlyInAnyOrderElementsOf(leaves("", values).keySet());
    }

    private static Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(Chart.read(Chart.FOLDER.resolve("values.yaml")));
        while (parameter.find()) assertThat(described.put(parameter.group(1), parameter.group(2))).as(parameter.group(1)).isNull();
        return described;
    }

    private static Map<String, JsonNode> leaves(String path, JsonNode node) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        if (node.isObject() && !node.isEmpty()) node.properties().forEach(field -> leaves.putAll(leaves(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue())));
        else leaves.put(path, node);
        return leaves;
    }

    private static void properties(String path, JsonNode node, Map<String, JsonNode> found) {
        if (!node.has("properties")) found.put(path, node);
        node.path("properties").properties().forEach(field -> properties(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), found));
    }

    private static String shown(JsonNode value) {
        if (value.isFloatingPointNumber()) return value.decimalValue().stripTrailingZeros().toPlainString();
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : value.toString();
    }
}
