package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The CEL rules in the CRD are well-formed, and judge random specs exactly as their Java twins do. */
class CelRulesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Cel CEL = CelFactory.standardCelBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS).addVar("self", SimpleType.DYN).build();

    private final Random random = new Random(20261123);

    @Test
    void celAndJavaJudgeAlike() throws Exception {
        Map<String, CelRuntime.Program> programs = new LinkedHashMap<>();
        compile(SchemaFileTest.crd(), "", programs);
        ManifestSchema schema = ManifestSchema.load();
        Map<String, int[]> verdicts = new HashMap<>();
        for (int round = 0; round < 1_500; round++) {
            ObjectNode whole = JSON.createObjectNode();
            whole.putObject("metadata").put("name", List.of("studio-a", "9", "a".repeat(64), "b-").get(random.nextInt(4)));
            JsonNode document = schema.withDefaults(whole.set("spec", spec()));
            for (ManifestRules.Rule rule : ManifestRules.ALL) {
                String id = rule.path() + ": " + rule.message();
                for (JsonNode node : at(document, rule.path())) {
                    boolean java = rule.holds().test(node);
                    assertThat(programs.get(id).eval(Map.of("self", JSON.convertValue(longs(node), Object.class)))).as(id + " of " + node).isEqualTo(java);
                    verdicts.computeIfAbsent(id, _ -> new int[2])[java ? 1 : 0]++;
                }
            }
        }
        assertThat(verdicts).hasSize(ManifestRules.ALL.size()).allSatisfy((rule, counts) -> assertThat(counts[0] > 0 && counts[1] > 0).as("both verdicts of " + rule).isTrue());
    }

    private static void compile(JsonNode schema, String path, Map<String, CelRuntime.Program> programs) throws Exception {
        for (JsonNode rule : schema.path("x-kubernetes-validations")) {
            programs.put(path + ": " + rule.path("message").asText(), CEL.createProgram(CEL.compile(rule.path("rule").asText()).getAst()));
        }
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) compile(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), programs);
        if (schema.has("items")) compile(schema.get("items"), path + "[]", programs);
    }

    private static List<JsonNode> at(JsonNode document, String path) {
        List<JsonNode> nodes = List.of(document);
        if (path.isEmpty()) return nodes;
        for (String step : path.split("\\.")) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : nodes) {
                JsonNode child = node.path(step.replace("[]", ""));
                if (step.endsWith("[]")) child.forEach(next::add);
                else if (!child.isMissingNode()) next.add(child);
            }
            nodes = next;
        }
        return nodes;
    }

    /** CEL's integers are 64 bits wide. */
    private static JsonNode longs(JsonNode node) {
        if (node.isInt()) return JSON.getNodeFactory().numberNode(node.longValue());
        JsonNode copy = node.deepCopy();
        widen(copy);
        return copy;
    }

    private static void widen(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.properties().stream().map(Map.Entry::getKey).toList())) {
                if (object.get(name).isInt()) object.put(name, object.get(name).longValue());
                else widen(object.get(name));
            }
        } else if (node.isArray()) {
            node.forEach(CelRulesTest::widen);
        }
    }

    private ObjectNode spec() {
        ObjectNode spec = JSON.createObjectNode();
        ArrayNode inputs = spec.putArray("inputs");
        for (int i = 1 + random.nextInt(2); i > 0; i--) inputs.add(end(i == 1 ? "a" : "b", true));
        ArrayNode outputs = spec.putArray("outputs");
        for (int i = 1 + random.nextInt(2); i > 0; i--) outputs.add(end("o" + i, false));
        if (random.nextBoolean()) {
            ObjectNode policy = spec.putObject("inputPolicy");
            if (random.nextBoolean()) policy.put("mode", random.nextBoolean() ? "Merge" : "Failover");
            if (random.nextBoolean()) policy.put("preferred", random.nextBoolean() ? "a" : "c");
        }
        ObjectNode toleration = spec.putObject("pod").putArray("tolerations").addObject();
        if (random.nextBoolean()) toleration.put("key", random.nextBoolean() ? "media" : "");
        if (random.nextBoolean()) toleration.put("operator", random.nextBoolean() ? "Exists" : "Equal");
        if (random.nextBoolean()) toleration.put("value", random.nextBoolean() ? "x" : "");
        if (random.nextBoolean()) toleration.put("effect", random.nextBoolean() ? "NoExecute" : "NoSchedule");
        if (random.nextBoolean()) toleration.put("tolerationSeconds", 60);
        return spec;
    }

    private ObjectNode end(String name, boolean input) {
        ObjectNode end = JSON.createObjectNode().put("name", name);
        if (random.nextInt(4) > 0) end.set("rist", rist(input));
        if (random.nextInt(4) == 0) end.putObject("udp").put("port", 5000);
        if (random.nextInt(4) == 0) end.putObject("rtp").put("port", 5000);
        if (input && random.nextInt(4) == 0) end.putObject("testSignal");
        return end;
    }

    private ObjectNode rist(boolean input) {
        ObjectNode rist = JSON.createObjectNode();
        if (random.nextBoolean()) rist.put("profile", List.of("Simple", "Main", "Auto").get(random.nextInt(3)));
        if (random.nextBoolean()) rist.put("oneWay", random.nextBoolean());
        if (random.nextInt(3) == 0) rist.put("dialect", random.nextBoolean() ? "Strict" : "Librist");
        if (!input && random.nextBoolean()) rist.put("reflector", random.nextBoolean());
        if (!input && random.nextBoolean()) rist.put("compression", random.nextBoolean());
        if (!input && random.nextBoolean()) rist.put("nullPacketDeletion", random.nextBoolean());
        if (!input) maybe(rist, "flowId", 2 + random.nextInt(100));
        ArrayNode paths = rist.putArray("paths");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            ObjectNode path = paths.addObject().put("name", "p" + i);
            if (random.nextBoolean()) maybe(path.putObject("listen"), "port", 5000 + random.nextInt(2));
            if (random.nextBoolean()) path.putObject("connect").put("host", "h").put("port", 5000 + random.nextInt(2));
            if (random.nextInt(4) == 0) path.put("rttRestoreMs", 1 + random.nextInt(400)).put("rttDropMs", 1 + random.nextInt(400));
            if (random.nextInt(4) == 0) path.put("sourcePort", 5000 + random.nextInt(2));
            if (random.nextInt(6) == 0) encryption(path);
        }
        if (random.nextBoolean()) {
            ObjectNode recovery = rist.putObject("recovery");
            for (String field : List.of("bufferMs", "bufferMinMs", "bufferMaxMs", "reorderMs", "rttMinMs", "rttMaxMs")) maybe(recovery, field, 1 + random.nextInt(1200));
        }
        if (random.nextInt(3) == 0) encryption(rist);
        if (random.nextInt(3) == 0) {
            ObjectNode srp = rist.putObject("authentication").putObject("srp");
            if (random.nextBoolean()) srp.putObject("usersSecretRef").put("name", "k");
            if (random.nextBoolean()) srp.putObject("credentialsSecretRef").put("name", "k");
        }
        if (random.nextInt(3) == 0) {
            ObjectNode outOfBand = rist.putObject("outOfBand");
            maybe(outOfBand, "etherType", List.of(0x888E, 0x88B5, 0x88B6, 0xCCE0, 0x86DD).get(random.nextInt(5)));
            if (random.nextBoolean()) outOfBand.putObject("forwardTo").put("host", "h").put("port", 7000);
            if (random.nextBoolean()) outOfBand.putObject("listen").put("port", 7001);
        }
        if (!input && random.nextInt(3) == 0) {
            ObjectNode adaptation = rist.putObject("adaptation").put("maxKbps", 10 + random.nextInt(1000));
            maybe(adaptation, "minKbps", 10 + random.nextInt(1000));
            if (random.nextBoolean()) {
                ObjectNode webhook = adaptation.putObject("webhook");
                if (random.nextBoolean()) webhook.put("url", List.of("https://encoder.example/rate", "HTTP://e/", "ftp://e.example/", "xhttp://e/\n").get(random.nextInt(4)));
                if (random.nextBoolean()) webhook.putObject("urlSecretRef").put("name", "k");
            }
        }
        if (input && random.nextInt(3) == 0) rist.putArray("allowedSources").add("192.0.2.0/24");
        return rist;
    }

    private void maybe(ObjectNode object, String field, int value) {
        if (random.nextBoolean()) object.put(field, value);
    }

    private void encryption(ObjectNode of) {
        ObjectNode encryption = of.putObject("encryption");
        encryption.putObject("secretRef").put("name", "k");
        if (random.nextBoolean()) encryption.putObject("nextSecretRef").put("name", "k");
        if (random.nextBoolean()) encryption.put("inForce", random.nextBoolean() ? "Secret" : "NextSecret");
        if (random.nextBoolean()) encryption.put("aesBits", new int[] {128, 192, 256}[random.nextInt(3)]);
    }
}
