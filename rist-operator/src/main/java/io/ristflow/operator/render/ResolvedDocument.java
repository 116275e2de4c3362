package io.ristflow.operator.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.ports.PortNeed.Kind;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The RistFlow that a pod reads: the flow itself, its ports filled in, its networks as interfaces of the pod, and nothing that is the operator's alone (exposure, placement, maintenance, pod). Its
 * annotation {@value Annotations#GENERATION} tells the pod, and through its report the operator, which generation this is.
 */
public final class ResolvedDocument {
    private static final List<String> OPERATORS_OWN = List.of("exposure", "placement", "maintenance", "pod");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).disable(YAMLGenerator.Feature.SPLIT_LINES).build();

    private ResolvedDocument() {}

    /** YAML, the same for the same flow and ports. */
    public static String of(RistFlow flow, FlowPorts ports) {
        ObjectNode document = JSON.createObjectNode();
        document.put("apiVersion", RistFlow.GROUP + "/" + RistFlow.VERSION);
        document.put("kind", RistFlow.KIND);
        ObjectNode metadata = document.putObject("metadata");
        metadata.put("name", flow.getMetadata().getName());
        metadata.put("namespace", flow.getMetadata().getNamespace());
        metadata.putObject("annotations").put(Annotations.GENERATION, String.valueOf(flow.getMetadata().getGeneration()));

        ObjectNode spec = JSON.valueToTree(flow.getSpec());
        spec.remove(OPERATORS_OWN);
        List<Networks.Attachment> networks = Networks.of(flow.getSpec());
        for (int i = 0; i < flow.getSpec().inputs().size(); i++) {
            Input input = flow.getSpec().inputs().get(i);
            if (input.rist() != null) resolve(spec.at("/inputs/" + i + "/rist/paths"), Kind.INPUT, input.name(), input.rist().paths(), ports, networks);
        }
        for (int i = 0; i < flow.getSpec().outputs().size(); i++) {
            Output output = flow.getSpec().outputs().get(i);
            if (output.rist() != null) resolve(spec.at("/outputs/" + i + "/rist/paths"), Kind.OUTPUT, output.name(), output.rist().paths(), ports, networks);
        }
        document.set("spec", spec);
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void resolve(JsonNode nodes, Kind kind, String end, List<RistPath> paths, FlowPorts ports, List<Networks.Attachment> networks) {
        for (int i = 0; i < paths.size(); i++) {
            RistPath path = paths.get(i);
            ObjectNode node = (ObjectNode) nodes.get(i);
            if (path.listen() != null) ports.of(kind, end, path.name()).ifPresent(grant -> ((ObjectNode) node.get("listen")).put("port", grant.port()));
            if (path.network() != null) {
                node.remove("network");
                node.put("interface", Networks.interfaceOf(networks, path));
            }
        }
    }
}
