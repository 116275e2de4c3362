package io.ristflow.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The CRD as the records of {@code crd.v1alpha1} have it: fabric8's generator, what it lacks ({@link SchemaPolish}), and how the file is laid out ({@link CrdYaml}). */
final class CrdFile {
    static final Path FILE = Path.of("../crds/ristflows.ristflow.io.yaml");
    /** Helm reads nothing outside its chart. */
    static final Path CHARTS_COPY = Path.of("../helm/ristflow/files/crds/ristflows.ristflow.io.yaml");

    private static final String HEADER = """
            # The RistFlow resource: one schema for `kubectl apply -f` and `./rist run -f`. Every field has a description (`kubectl explain ristflow.spec`), bounds and, where there is one, a default.
            # Generated from the records of rist-operator (io.ristflow.operator.crd.v1alpha1); do not edit. After a change of the records:
            #   mvn -pl rist-operator test -Dtest=CrdInStepTest -Dcrd.write=true
            # rist-service carries it on its class path (pom.xml) and validates manifests with it; its Java twins of the CEL rules (config/ManifestRules) are held to the messages below by a test.
            # Enumerations hold no word that YAML 1.1 reads as a boolean (Off, On, Yes, No): kubectl would send false instead.
            """;
    /** What every resource has, and the generator leaves out. An API server refuses metadata that says more than this. */
    private static final List<Map.Entry<String, ObjectNode>> HEAD = List.of(
            Map.entry("apiVersion", node("string").put("description", RistFlow.GROUP + "/" + RistFlow.VERSION)),
            Map.entry("kind", node("string").put("description", RistFlow.KIND)),
            Map.entry("metadata", node("object")));

    private CrdFile() {}

    /** The whole file. */
    static String text() {
        return HEADER + CrdYaml.write(tree());
    }

    static String asItIs() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode read(String yaml) {
        return (ObjectNode) new KubernetesSerialization(new ObjectMapper(), false).unmarshal(yaml, JsonNode.class);
    }

    static ObjectNode schema(ObjectNode crd) {
        return (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema");
    }

    static ObjectNode tree() {
        ObjectNode crd = read(generated());
        ((ObjectNode) crd.at("/spec/names")).put("listKind", RistFlow.KIND + "List").putArray("categories").add("media");
        ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
        sortColumns(version);
        ObjectNode root = schema(crd);
        ObjectNode properties = (ObjectNode) root.get("properties");
        SchemaPolish.describe(RistFlow.class, root);
        SchemaPolish.polish(RistFlowSpec.class, (ObjectNode) properties.get("spec"));
        SchemaPolish.polish(RistFlowStatus.class, (ObjectNode) properties.get("status"));
        ((ObjectNode) properties.get("spec")).put("description", "What is wanted.");
        ((ObjectNode) properties.get("status")).put("description", "What is.");
        root.putArray("required").add("spec");
        ObjectNode ordered = root.objectNode();
        HEAD.forEach(field -> ordered.set(field.getKey(), field.getValue().deepCopy()));
        ordered.setAll(properties);
        root.set("properties", ordered);
        whole(crd);
        return crd;
    }

    private static ObjectNode node(String type) {
        return new ObjectMapper().createObjectNode().put("type", type);
    }

    private static String generated() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CRDGenerator().customResourceClasses(RistFlow.class).forCRDVersions("v1").withOutput(new CRDGenerator.CRDOutput<ByteArrayOutputStream>() {
            @Override
            public ByteArrayOutputStream outputFor(String name) {
                return out;
            }

            @Override
            public void close() {}
        }).generate();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Bounds are floating point numbers to the generator; 1.0 is no bound to people. */
    private static void whole(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                JsonNode value = field.getValue();
                if (value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue())) field.setValue(object.numberNode(value.longValue()));
                else whole(value);
            });
        } else if (node.isArray()) {
            node.forEach(CrdFile::whole);
        }
    }

    /** The generator sorts columns by name; people read them in the order that they were thought of. */
    private static void sortColumns(ObjectNode version) {
        Map<String, JsonNode> byName = new HashMap<>();
        for (JsonNode column : version.get("additionalPrinterColumns")) byName.put(column.get("name").asText(), column);
        ArrayNode sorted = version.putArray("additionalPrinterColumns");
        for (AdditionalPrinterColumn column : RistFlow.class.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            ObjectNode node = (ObjectNode) byName.get(column.name());
            if (column.priority() == 0) node.remove("priority");
            sorted.add(node);
        }
    }
}
