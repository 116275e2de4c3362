package io.ristflow.operator.render;

import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Multus networks of a flow's pod, and the interface that each is there. Pure. */
public final class Networks {
    /** @param network name of the NetworkAttachmentDefinition, {@code namespace/name} where it lies in another namespace */
    public record Attachment(String network, String interfaceName) {}

    private Networks() {}

    /** Each network once for each interface that paths ask it to be; net1, net2 … where they do not. */
    public static List<Attachment> of(RistFlowSpec spec) {
        List<RistPath> paths = paths(spec).filter(path -> path.network() != null).toList();
        List<String> asked = paths.stream().map(RistPath::interfaceName).filter(name -> name != null).toList();
        List<Attachment> attachments = new ArrayList<>();
        int next = 1;
        for (RistPath path : paths) {
            if (find(attachments, path) != null) continue;
            String name = path.interfaceName();
            while (name == null) {
                String candidate = "net" + next++;
                if (!asked.contains(candidate)) name = candidate;
            }
            attachments.add(new Attachment(path.network(), name));
        }
        return List.copyOf(attachments);
    }

    /** Interface of the path's network in the pod; null for a path without one. */
    static String interfaceOf(List<Attachment> attachments, RistPath path) {
        Attachment found = path.network() == null ? null : find(attachments, path);
        return found == null ? null : found.interfaceName();
    }

    private static Attachment find(List<Attachment> attachments, RistPath path) {
        return attachments.stream().filter(a -> a.network().equals(path.network()) && (path.interfaceName() == null || path.interfaceName().equals(a.interfaceName()))).findFirst().orElse(null);
    }

    /** The pod's annotation; null without networks. */
    static String annotation(List<Attachment> attachments) {
        return attachments.isEmpty() ? null : attachments.stream().map(a -> a.network() + "@" + a.interfaceName()).collect(Collectors.joining(","));
    }

    /** Every path of every RIST input and output. */
    static Stream<RistPath> paths(RistFlowSpec spec) {
        return Stream.concat(
                spec.inputs().stream().map(Input::rist).filter(rist -> rist != null).flatMap(rist -> rist.paths().stream()),
                spec.outputs().stream().map(Output::rist).filter(rist -> rist != null).flatMap(rist -> rist.paths().stream()));
    }
}
