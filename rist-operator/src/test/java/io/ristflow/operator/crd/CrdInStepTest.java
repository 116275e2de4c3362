package io.ristflow.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** crds/, the chart's copy of it and docs/resource.md are what the records say. {@code -Dcrd.write=true} writes it anew. */
class CrdInStepTest {
    @BeforeAll
    static void writeIfAsked() throws Exception {
        if (!Boolean.getBoolean("crd.write")) return;
        Files.writeString(CrdFile.FILE, CrdFile.text());
        Files.writeString(CrdFile.CHARTS_COPY, CrdFile.text());
        Files.writeString(ResourcePage.FILE, ResourcePage.text());
    }

    @Test
    void theFileIsWhatTheRecordsSay() throws Exception {
        same(CrdFile.FILE, CrdFile.text());
        same(CrdFile.CHARTS_COPY, CrdFile.text());
    }

    @Test
    void thePageForPeopleIsWhatTheRecordsSay() throws Exception {
        same(ResourcePage.FILE, ResourcePage.text());
        assertThat(ResourcePage.text()).contains("| `reorderMs` | whole number, 0..30000 |", "- rttMinMs must not be above rttMaxMs", "- `flowId`: odd;");
    }

    private static void same(Path file, String text) throws Exception {
        List<String> is = Files.readAllLines(file);
        List<String> wanted = text.lines().toList();
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(i < is.size() ? is.get(i) : "").as(file + " line " + (i + 1) + "; write it anew: mvn -pl rist-operator test -Dtest=CrdInStepTest -Dcrd.write=true").isEqualTo(wanted.get(i));
        }
        assertThat(is).hasSameSizeAs(wanted);
    }

    @Test
    void whatIsWrittenIsWhatWasMeant() {
        assertThat(CrdFile.read(CrdFile.text()).equals(CrdFile.read(CrdFile.tree().toString()))).isTrue();
        assertThat(CrdFile.text()).isEqualTo(CrdFile.text()).doesNotContain("---", "\t");
    }

    @Test
    void everyFieldHasADescription() {
        List<String> mute = new ArrayList<>();
        walk((path, schema) -> {
            if (schema.path("description").asText().isBlank() && !path.endsWith("{}") && !path.equals("metadata")) mute.add(path);
        });
        assertThat(mute).isEmpty();
    }

    /** The API server reckons what a CEL rule may cost from the bounds, and refuses a resource that could cost too much. */
    @Test
    void everyListTextMapAndNumberOfTheSpecHasBounds() {
        List<String> boundless = new ArrayList<>();
        walk((path, schema) -> {
            boolean bounded = switch (schema.path("type").asText()) {
                case "array" -> schema.has("maxItems");
                case "string" -> schema.has("maxLength") || schema.has("enum") || schema.has("format");
                case "integer", "number" -> schema.has("enum") || schema.has("minimum") && (schema.has("maximum") || path.startsWith("status"));
                case "object" -> !schema.has("additionalProperties") || schema.has("maxProperties");
                default -> true;
            };
            if (!bounded && !List.of("apiVersion", "kind").contains(path)) boundless.add(path);
        });
        assertThat(boundless).isEmpty();
    }

    /** What apiextensions.k8s.io/v1 asks of a schema since 1.16: a type for every node, none of the keywords that it forbids, and keys of a map list that are required. */
    @Test
    void theSchemaIsStructural() {
        List<String> broken = new ArrayList<>();
        walk((path, schema) -> {
            boolean intOrString = schema.path("x-kubernetes-int-or-string").asBoolean();
            if (!schema.has("type") && !intOrString) broken.add(path + " has no type");
            for (String keyword : List.of("$ref", "definitions", "deprecated", "discriminator", "id", "patternProperties", "readOnly", "writeOnly", "xml", "uniqueItems")) {
                if (schema.has(keyword)) broken.add(path + " has " + keyword);
            }
            if (schema.has("properties") && schema.has("additionalProperties")) broken.add(path + " has both properties and additionalProperties");
            for (JsonNode key : schema.path("x-kubernetes-list-map-keys")) {
                boolean required = false;
                for (JsonNode field : schema.at("/items/required")) required |= field.equals(key);
                if (!required) broken.add(path + " is a map by " + key + ", which its items need not have");
            }
            if (path.equals("metadata") && schema.size() != 1) broken.add("metadata says more than its type");
            if (schema.has("default") && !fits(schema)) broken.add(path + " has a default that it would refuse");
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void noWordOfAnEnumerationIsABooleanToOldYaml() {
        walk((path, schema) -> {
            for (JsonNode word : schema.path("enum")) assertThat(word.asText()).as(path).doesNotMatch("(?i)on|off|yes|no|y|n" + (path.startsWith("status") ? "" : "|true|false"));
        });
    }

    @Test
    void peopleSeeTheColumnsInTheOrderOfTheirQuestions() {
        List<String> columns = new ArrayList<>();
        for (JsonNode column : CrdFile.tree().at("/spec/versions/0/additionalPrinterColumns")) columns.add(column.get("name").asText() + " " + column.get("type").asText() + " " + column.path("priority").asInt());
        assertThat(columns).containsExactly("Profile string 0", "Ready string 0", "Peers integer 0", "Bitrate integer 0", "RTT integer 0", "Loss number 0", "Endpoint string 0", "Age date 0", "Phase string 1");
    }

    private static boolean fits(JsonNode schema) {
        JsonNode value = schema.get("default");
        if (schema.has("enum")) {
            for (JsonNode word : schema.get("enum")) if (word.asText().equals(value.asText())) return word.isTextual() == value.isTextual();
            return false;
        }
        return switch (schema.get("type").asText()) {
            case "integer" -> value.isIntegralNumber() && value.asLong() >= schema.path("minimum").asLong() && value.asLong() <= schema.path("maximum").asLong(Long.MAX_VALUE);
            case "boolean" -> value.isBoolean();
            case "string" -> value.isTextual();
            default -> false;
        };
    }

    private static void walk(BiConsumer<String, ObjectNode> visit) {
        walk("", CrdFile.schema(CrdFile.read(CrdFile.asItIs())), visit);
    }

    private static void walk(String path, JsonNode schema, BiConsumer<String, ObjectNode> visit) {
        visit.accept(path, (ObjectNode) schema);
        for (Iterator<Map.Entry<String, JsonNode>> fields = schema.path("properties").fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            walk(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), visit);
        }
        if (schema.has("items")) walk(path + "[]", schema.get("items"), visit);
        if (schema.has("additionalProperties")) walk(path + "{}", schema.get("additionalProperties"), visit);
    }
}
