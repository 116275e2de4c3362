package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Java twins of the CEL rules (x-kubernetes-validations) in the CRD, for where no API server checks them. A test holds both lists to the same
 * places and the same messages. They
 * run after the schema and after its defaults, as CEL does.
 */
final class ManifestRules {
    /** @param path place in the schema, {@code []} for each item of a list */
    record Rule(String path, String message, Predicate<JsonNode> holds) {}

    static final List<Rule> ALL = List.of(
            new Rule("", "1..63 lower-case letters, digits and hyphens, the first a letter and the last not a hyphen: Kubernetes allows no other name for a Service", ManifestRules::nameOfAService),
            new Rule("spec", "inputPolicy needs two inputs", spec -> spec.get("inputs").size() == 2 || !spec.has("inputPolicy")),
            new Rule("spec", "two inputs need an inputPolicy", spec -> spec.get("inputs").size() == 1 || spec.has("inputPolicy")),
            new Rule("spec", "inputPolicy.preferred must be the name of an input", ManifestRules::preferredIsAnInput),
            new Rule("spec.inputPolicy", "preferred belongs to mode Failover; Merge takes packets from both inputs alike", policy ->
                    !policy.has("preferred") || is(policy, "mode", "Failover")),
            new Rule("spec", "mode Merge needs inputs whose packets are numbered: rist or rtp", spec ->
                    !is(spec.path("inputPolicy"), "mode", "Merge") || allNumbered(spec)),
            new Rule("spec.inputs[]", "exactly one of rist, udp, rtp and testSignal must be given", input ->
                    count(input, "rist", "udp", "rtp", "testSignal") == 1),
            new Rule("spec.outputs[]", "exactly one of rist, udp and rtp must be given", output -> count(output, "rist", "udp", "rtp") == 1),
            new Rule("spec.inputs[].rist", "allowedSources belongs to listeners; a path that connects knows its peer", rist ->
                    !rist.has("allowedSources") || allListen(rist)),
            oneRole("spec.inputs[].rist"), oneRole("spec.outputs[].rist"),
            new Rule("spec.inputs[].rist", "an input with oneWay is never heard, so it cannot connect; its paths must listen", rist ->
                    !rist.path("oneWay").asBoolean(false) || allListen(rist)),
            new Rule("spec.outputs[].rist", "an output with oneWay hears nobody, so nobody can call it; its paths must connect", rist ->
                    !rist.path("oneWay").asBoolean(false) || allConnect(rist)),
            new Rule("spec.outputs[].rist", "reflector belongs to listeners; a path that connects has one peer", rist ->
                    !rist.path("reflector").asBoolean(false) || allListen(rist)),
            autoListens("spec.inputs[].rist"), autoListens("spec.outputs[].rist"),
            simpleIsEven("spec.inputs[].rist"), simpleIsEven("spec.outputs[].rist"),
            simpleIsClear("spec.inputs[].rist"), simpleIsClear("spec.outputs[].rist"),
            size192("spec.inputs[].rist"), size192("spec.outputs[].rist"),
            inForce("spec.inputs[].rist.encryption"), inForce("spec.outputs[].rist.encryption"),
            inForce("spec.inputs[].rist.paths[].encryption"), inForce("spec.outputs[].rist.paths[].encryption"),
            simpleIsOpen("spec.inputs[].rist"), simpleIsOpen("spec.outputs[].rist"),
            oneWay("spec.inputs[].rist.paths[]"), oneWay("spec.outputs[].rist.paths[]"),
            sourcePort("spec.inputs[].rist.paths[]"), sourcePort("spec.outputs[].rist.paths[]"),
            restoreBelowDrop("spec.inputs[].rist.paths[]"), restoreBelowDrop("spec.outputs[].rist.paths[]"),
            bufferOrRange("spec.inputs[].rist.recovery"), bufferOrRange("spec.outputs[].rist.recovery"),
            bufferPair("spec.inputs[].rist.recovery"), bufferPair("spec.outputs[].rist.recovery"),
            bufferOrder("spec.inputs[].rist.recovery"), bufferOrder("spec.outputs[].rist.recovery"),
            rttOrder("spec.inputs[].rist.recovery"), rttOrder("spec.outputs[].rist.recovery"),
            reorder("spec.inputs[].rist.recovery"), reorder("spec.outputs[].rist.recovery"),
            oneSrp("spec.inputs[].rist.authentication.srp"), oneSrp("spec.outputs[].rist.authentication.srp"),
            simpleHasNoTunnel("spec.inputs[].rist"), simpleHasNoTunnel("spec.outputs[].rist"),
            someWayOutOfBand("spec.inputs[].rist.outOfBand"), someWayOutOfBand("spec.outputs[].rist.outOfBand"),
            new Rule("spec.outputs[].rist.adaptation", "minKbps must not be above maxKbps", a ->
                    !a.has("minKbps") || a.get("minKbps").asInt() <= a.get("maxKbps").asInt()),
            new Rule("spec.outputs[].rist.adaptation.webhook", "exactly one of url and urlSecretRef must be given", w ->
                    w.has("url") != w.has("urlSecretRef")),
            new Rule("spec.outputs[].rist.adaptation.webhook.url", "does not start with http:// or https://", url ->
                    url.asText().matches("(?s)[hH][tT][tT][pP][sS]?://.*")),
            new Rule("spec.outputs[].rist.flowId", "odd; the low bit marks retransmissions, take an even number", id -> id.asLong() % 2 == 0),
            new Rule("spec.outputs[].rist", "only the Advanced profile has compression; take profile Advanced or leave compression out", rist ->
                    !rist.path("compression").asBoolean(false) || speaksAdvanced(rist)),
            new Rule("spec.outputs[].rist", "the Advanced profile has no nullPacketDeletion (TR-06-3); take profile Main, or compression in its place", rist ->
                    !rist.path("nullPacketDeletion").asBoolean(false) || !speaksAdvanced(rist)),
            strictIsAdvanced("spec.inputs[].rist"), strictIsAdvanced("spec.outputs[].rist"),
            usersListen("spec.inputs[].rist"), usersListen("spec.outputs[].rist"),
            loginNeedsAnswers("spec.inputs[].rist"), loginNeedsAnswers("spec.outputs[].rist"),
            foreignEtherType("spec.inputs[].rist.outOfBand.etherType"), foreignEtherType("spec.outputs[].rist.outOfBand.etherType"),
            new Rule("spec.pod.tolerations[]", "without a key operator must be Exists, which tolerates every taint", t ->
                    !t.path("key").asText("").isEmpty() || is(t, "operator", "Exists")),
            new Rule("spec.pod.tolerations[]", "operator Exists takes no value", t ->
                    !is(t, "operator", "Exists") || t.path("value").asText("").isEmpty()),
            new Rule("spec.pod.tolerations[]", "tolerationSeconds needs effect NoExecute", t ->
                    !t.has("tolerationSeconds") || is(t, "effect", "NoExecute")));

    private ManifestRules() {}

    /** @param document with defaults filled in */
    static void check(JsonNode document) {
        for (Rule rule : ALL) check(rule, document, rule.path, "");
    }

    private static void check(Rule rule, JsonNode node, String rest, String path) {
        if (node == null || node.isMissingNode()) return;
        if (rest.isEmpty()) {
            // A rule of the whole resource can speak of nothing else.
            if (!rule.holds.test(node)) throw new ConfigException(path.isEmpty() ? "metadata.name" : path, rule.message);
            return;
        }
        int dot = rest.indexOf('.');
        String step = dot < 0 ? rest : rest.substring(0, dot);
        String after = dot < 0 ? "" : rest.substring(dot + 1);
        boolean each = step.endsWith("[]");
        String name = each ? step.substring(0, step.length() - 2) : step;
        JsonNode child = node.path(name);
        String place = path.isEmpty() ? name : path + "." + name;
        if (!each) {
            check(rule, child, after, place);
            return;
        }
        for (int i = 0; i < child.size(); i++) check(rule, child.get(i), after, place + "[" + i + "]");
    }

    private static Rule oneRole(String path) {
        return new Rule(path, "one path listens and another connects; give listen to all or connect to all", rist -> allListen(rist) || allConnect(rist));
    }

    private static Rule strictIsAdvanced(String path) {
        return new Rule(path, "dialect Strict is for the Advanced profile; take profile Advanced or dialect Librist", rist ->
                !is(rist, "dialect", "Strict") || speaksAdvanced(rist));
    }

    private static Rule usersListen(String path) {
        return new Rule(path, "usersSecretRef belongs to a listener; a caller has credentialsSecretRef", rist ->
                !rist.path("authentication").path("srp").has("usersSecretRef") || allListen(rist));
    }

    private static Rule loginNeedsAnswers(String path) {
        return new Rule(path, "a login needs answers, and none come on a one-way link; leave oneWay or authentication out", rist ->
                !rist.path("oneWay").asBoolean(false) || !rist.has("authentication"));
    }

    /** TR-06-2 §5.2 */
    private static Rule foreignEtherType(String path) {
        return new Rule(path, "RIST's own; take 2048 (0x0800) or one that is in nobody's use", type -> !List.of(0x888E, 0x88B5, 0x88B6, 0xCCE0).contains(type.asInt()));
    }

    private static boolean nameOfAService(JsonNode document) {
        return document.path("metadata").path("name").asText("").matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    }

    private static boolean speaksAdvanced(JsonNode rist) {
        return is(rist, "profile", "Advanced") || is(rist, "profile", "Auto");
    }

    private static Rule restoreBelowDrop(String path) {
        return new Rule(path, "rttRestoreMs must not be above rttDropMs", p -> p.get("rttRestoreMs").asInt() <= p.get("rttDropMs").asInt());
    }

    private static Rule autoListens(String path) {
        return new Rule(path, "profile Auto is for listeners; a path that connects needs Simple, Main or Advanced", rist ->
                !is(rist, "profile", "Auto") || allListen(rist));
    }

    private static Rule simpleIsEven(String path) {
        return new Rule(path, "the Simple profile, and so Auto, needs even ports, as the next port carries RTCP", rist -> {
            if (!is(rist, "profile", "Simple") && !is(rist, "profile", "Auto")) return true;
            for (JsonNode p : rist.get("paths")) {
                if (odd(p.path("listen").path("port")) || odd(p.path("connect").path("port")) || odd(p.path("sourcePort"))) return false;
            }
            return true;
        });
    }

    private static Rule simpleIsClear(String path) {
        return new Rule(path, "the Simple profile has no encryption; take profile Main or leave encryption out", rist ->
                !is(rist, "profile", "Simple") || encryptions(rist).isEmpty());
    }

    private static Rule size192(String path) {
        return new Rule(path, "aesBits 192 needs the Advanced profile, as Main signals the key size in one bit", rist ->
                is(rist, "profile", "Advanced") || encryptions(rist).stream().noneMatch(e -> e.get("aesBits").asInt() == 192));
    }

    /** Of all paths, and of each. */
    private static List<JsonNode> encryptions(JsonNode rist) {
        List<JsonNode> all = new ArrayList<>();
        if (rist.has("encryption")) all.add(rist.get("encryption"));
        for (JsonNode path : rist.get("paths")) if (path.has("encryption")) all.add(path.get("encryption"));
        return all;
    }

    private static Rule inForce(String path) {
        return new Rule(path, "inForce NextSecret needs nextSecretRef", e -> is(e, "inForce", "Secret") || e.has("nextSecretRef"));
    }

    private static Rule simpleIsOpen(String path) {
        return new Rule(path, "the Simple profile has no authentication; take profile Main or leave authentication out", rist ->
                !is(rist, "profile", "Simple") || !rist.has("authentication"));
    }

    private static Rule simpleHasNoTunnel(String path) {
        return new Rule(path, "the Simple profile has no tunnel for datagrams beside the media; take profile Main or leave outOfBand out", rist ->
                !is(rist, "profile", "Simple") || !rist.has("outOfBand"));
    }

    private static Rule someWayOutOfBand(String path) {
        return new Rule(path, "forwardTo, listen or both must be given", o -> o.has("forwardTo") || o.has("listen"));
    }

    private static Rule oneWay(String path) {
        return new Rule(path, "exactly one of listen and connect must be given", p -> p.has("listen") != p.has("connect"));
    }

    private static Rule sourcePort(String path) {
        return new Rule(path, "sourcePort belongs to a path that connects; a listener has listen.port", p -> !p.has("sourcePort")
                || p.has("connect"));
    }

    private static Rule bufferOrRange(String path) {
        return new Rule(path, "bufferMs excludes bufferMinMs and bufferMaxMs", r -> !r.has("bufferMs") || !r.has("bufferMinMs")
                && !r.has("bufferMaxMs"));
    }

    private static Rule bufferPair(String path) {
        return new Rule(path, "bufferMinMs and bufferMaxMs go together", r -> r.has("bufferMinMs") == r.has("bufferMaxMs"));
    }

    private static Rule bufferOrder(String path) {
        return new Rule(path, "bufferMinMs must not be above bufferMaxMs", r -> !r.has("bufferMinMs") || !r.has("bufferMaxMs")
                || r.get("bufferMinMs").asInt() <= r.get("bufferMaxMs").asInt());
    }

    private static Rule rttOrder(String path) {
        return new Rule(path, "rttMinMs must not be above rttMaxMs", r -> r.get("rttMinMs").asInt() <= r.get("rttMaxMs").asInt());
    }

    private static Rule reorder(String path) {
        return new Rule(path, "reorderMs must not be above the recovery buffer", r -> !r.has("reorderMs")
                || r.get("reorderMs").asInt() <= bufferMaxMs(r));
    }

    static int bufferMaxMs(JsonNode recovery) {
        return recovery.has("bufferMaxMs") ? recovery.get("bufferMaxMs").asInt() : recovery.path("bufferMs").asInt(1000);
    }

    private static Rule oneSrp(String path) {
        return new Rule(path, "exactly one of usersSecretRef and credentialsSecretRef must be given", srp ->
                srp.has("usersSecretRef") != srp.has("credentialsSecretRef"));
    }

    private static boolean preferredIsAnInput(JsonNode spec) {
        if (!spec.path("inputPolicy").has("preferred")) return true;
        String preferred = spec.get("inputPolicy").get("preferred").asText();
        for (JsonNode input : spec.get("inputs")) {
            if (is(input, "name", preferred)) return true;
        }
        return false;
    }

    private static boolean allNumbered(JsonNode spec) {
        for (JsonNode input : spec.get("inputs")) {
            if (!input.has("rist") && !input.has("rtp")) return false;
        }
        return true;
    }

    private static boolean allListen(JsonNode rist) {
        for (JsonNode path : rist.get("paths")) {
            if (!path.has("listen")) return false;
        }
        return true;
    }

    private static boolean allConnect(JsonNode rist) {
        for (JsonNode path : rist.get("paths")) {
            if (!path.has("connect")) return false;
        }
        return true;
    }

    private static boolean odd(JsonNode port) {
        return port.isNumber() && port.asInt() % 2 != 0;
    }

    private static boolean is(JsonNode node, String field, String value) {
        return node.path(field).asText("").equals(value);
    }

    private static int count(JsonNode node, String... fields) {
        int count = 0;
        for (String field : fields) count += node.has(field) ? 1 : 0;
        return count;
    }
}
