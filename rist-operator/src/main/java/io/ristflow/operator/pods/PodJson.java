package io.ristflow.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The pod's JSON into a sample. Fields that are missing or unknown are no error: pods may be older or newer than the operator. */
final class PodJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<PodReport.Path> BY_PEER = Comparator.comparing(PodReport.Path::leg).thenComparing(PodReport.Path::remote);

    private PodJson() {}

    /**
     * @param flows body of {@code /api/v1/flows}
     * @param document that of {@code /api/v1/document}; null if the pod has none
     * @throws IOException if it is no JSON
     */
    static Sample sample(MediaPod pod, byte[] flows, byte[] document) throws IOException {
        JsonNode flow = named(pod.flow(), elements(JSON.readTree(flows)).toList());
        JsonNode read = document == null ? null : named(pod.flow(), elements(JSON.readTree(document).path("flows")).toList());
        PodReport report = new PodReport(pod.name(), pod.uid(), true, flow == null ? null : flow(flow), read == null ? null : document(read));
        return new Sample(report, flow == null ? Map.of() : bytes(flow));
    }

    private static Map<String, Long> bytes(JsonNode flow) {
        Map<String, Long> bytes = new HashMap<>();
        for (boolean input : new boolean[] {true, false}) {
            elements(flow.path(input ? "inputs" : "outputs")).forEach(end -> {
                String name = text(end, "name", "");
                JsonNode rist = end.path("rist");
                count(bytes, Sample.end(input, name), end.path("media").path("bytes"));
                count(bytes, Sample.end(input, name), rist.path("pushedBytes"));
                elements(rist.path("flows")).forEach(f -> count(bytes, Sample.end(input, name), f.path("receivedBytes")));
                elements(rist.path("paths")).forEach(p -> count(bytes, Sample.path(input, name, leg(p), text(p, "remote", "")), p.path(input ? "receivedBytes"
                        : "sentBytes")));
            });
        }
        return Map.copyOf(bytes);
    }

    private static void count(Map<String, Long> bytes, String key, JsonNode counter) {
        if (counter.isIntegralNumber()) bytes.merge(key, counter.asLong(), Long::sum);
    }

    private static String leg(JsonNode path) {
        String leg = text(path, "leg", "");
        return leg.isEmpty() ? text(path, "name", "") : leg;
    }

    private static JsonNode named(String name, List<JsonNode> all) {
        return all.stream().filter(n -> name.equals(n.path("name").asText())).findFirst().orElse(null);
    }

    private static PodReport.Document document(JsonNode d) {
        JsonNode generation = d.path("generation");
        return new PodReport.Document(
                generation.isIntegralNumber() || generation.isTextual() ? Long.valueOf(generation.asLong()) : null, text(d, "state", ""),
                elements(d.path("restartNeeded")).map(JsonNode::asText).toList(), text(d, "message", ""));
    }

    private static PodReport.Flow flow(JsonNode f) {
        JsonNode join = f.path("join");
        String switched = text(join, "lastSwitchAt", null);
        return new PodReport.Flow(
                text(f, "name", ""), text(f, "state", ""), text(f, "failure", null), f.path("payloadBitrateBps").asLong(),
                elements(f.path("inputs")).map(i -> end(i, true)).toList(), elements(f.path("outputs")).map(o -> end(o, false)).toList(),
                switched == null ? null : new PodReport.Switch(text(join, "lastSwitchTo", ""), text(join, "lastSwitchWhy", ""), switched));
    }

    private static PodReport.End end(JsonNode e, boolean input) {
        JsonNode lost = e.path("loss").path("windowLostPercent");
        JsonNode rist = e.path("rist");
        String media = text(e.path("media"), "state", "");
        return new PodReport.End(
                text(e, "name", ""), text(e, "state", ""), e.path("active").asBoolean(true), e.path("payloadBitrateBps").asLong(),
                lost.isNumber() ? Double.valueOf(lost.asDouble()) : null,
                rist.isObject() ? rist(rist, input) : null, media.startsWith("failed") ? media : null);
    }

    private static PodReport.Rist rist(JsonNode r, boolean input) {
        boolean listening = r.path("listening").asBoolean();
        Map<Long, Long> recovered = new HashMap<>();
        elements(r.path("flows")).forEach(f -> recovered.merge(f.path("flowId").asLong(), f.path("recoveredPackets").asLong(), Long::sum));
        List<PodReport.Path> paths = elements(r.path("paths"))
                .map(p -> path(p, input ? recovered.getOrDefault(p.path("flowId").asLong(), 0L) : null))
                // Who knocks at a listener and is not known yet is nobody's peer: strangers must not make a status change
                .filter(p -> !listening || p.connected() || "SILENT".equals(p.state()))
                .sorted(BY_PEER).toList();
        return new PodReport.Rist(listening, paths, faults(r.path("activeFaults"), paths), text(r.path("connections"), "lastLostWhy", null));
    }

    private static PodReport.Path path(JsonNode p, Long recovered) {
        return new PodReport.Path(
                leg(p), text(p, "remote", ""), text(p, "state", ""), text(p, "user", null),
                p.path("rttMs").asDouble(), p.path("bitrateBps").asLong(), recovered, p.path("silent").asBoolean(), p.path("muted").asBoolean());
    }

    /**
     * A caller that is refused tries again from another port every few seconds; it is one fault all the while, whether it knocks just now or did a moment
     * ago.
     */
    private static List<PodReport.Fault> faults(JsonNode faults, List<PodReport.Path> paths) {
        Set<String> connected = new HashSet<>();
        for (PodReport.Path path : paths) if (path.connected()) connected.add(path.remote());
        Map<PodReport.Fault, Boolean> over = new HashMap<>();
        elements(faults).filter(f -> !text(f, "reason", "").isEmpty()).forEach(f -> {
            boolean ofConnected = connected.contains(text(f, "remote", ""));
            PodReport.Fault fault = new PodReport.Fault(text(f, "reason", ""), text(f, "leg", null), text(f, "detail", ""), ofConnected, false);
            over.merge(fault, text(f, "until", null) != null, Boolean::logicalAnd);
        });
        return over.entrySet().stream()
                .map(e -> new PodReport.Fault(e.getKey().reason(), e.getKey().leg(), e.getKey().detail(), e.getKey().ofConnectedPeer(), e.getValue()))
                .sorted(Comparator.comparing(PodReport.Fault::reason).thenComparing(f -> f.leg() == null ? "" : f.leg()).thenComparing(PodReport.Fault::detail)
                        .thenComparing(PodReport.Fault::ofConnectedPeer))
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    private static String text(JsonNode node, String field, String absent) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? absent : value.asText();
    }
}
