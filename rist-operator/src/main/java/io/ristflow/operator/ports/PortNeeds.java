package io.ristflow.operator.ports;

import io.ristflow.operator.crd.v1alpha1.Exposure;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.OutOfBand;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.Profile;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.ports.PortNeed.Reach;
import io.ristflow.operator.text.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What ports a spec needs, in the order of the spec. Pure. */
public final class PortNeeds {
    /** End and path of a pod's HTTP port among a flow's claims. */
    static final String HTTP = "http";

    private final List<PortNeed> needs = new ArrayList<>();
    private final ExposureType type;

    private PortNeeds(ExposureType type) {
        this.type = type;
    }

    public static List<PortNeed> of(RistFlowSpec spec) {
        PortNeeds collected = new PortNeeds(type(spec));
        for (Input input : spec.inputs()) collected.add(input);
        for (Output output : spec.outputs()) {
            if (output.rist() != null) collected.add(Kind.OUTPUT, output.name(), output.rist().profile(), output.rist().paths(), output.rist().outOfBand());
        }
        if (collected.type == ExposureType.HostNetwork) collected.needs.add(new PortNeed(Kind.HTTP, HTTP, HTTP, false, null, Reach.HOST_NETWORK));
        return List.copyOf(collected.needs);
    }

    public static ExposureType type(RistFlowSpec spec) {
        Exposure exposure = spec.exposure();
        return exposure == null || exposure.type() == null ? ExposureType.LoadBalancer : exposure.type();
    }

    /** Whether the pod's ports are the node's, so that no two pods with one of them are on a node. */
    public static boolean onNode(RistFlowSpec spec) {
        return type(spec) == ExposureType.HostPort || type(spec) == ExposureType.HostNetwork;
    }

    /** Name of the pool that the flow's ports come from. */
    public static String pool(RistFlowSpec spec) {
        Exposure exposure = spec.exposure();
        return exposure == null || exposure.portPool() == null ? PortPools.DEFAULT : exposure.portPool();
    }

    /** Nodes that the flow's pod may run on: two flows whose labels contradict each other never meet on one. */
    public static Map<String, String> nodes(RistFlowSpec spec) {
        return spec.pod() == null || spec.pod().nodeSelector() == null ? Map.of() : spec.pod().nodeSelector();
    }

    private void add(Input input) {
        if (input.rist() != null) add(Kind.INPUT, input.name(), input.rist().profile(), input.rist().paths(), input.rist().outOfBand());
        if (input.udp() != null) bound(input.name(), "udp", input.udp().host(), input.udp().port(), false);
        if (input.rtp() != null) bound(input.name(), "rtp", input.rtp().host(), input.rtp().port(), false);
    }

    private void add(Kind kind, String end, Profile profile, List<RistPath> paths, OutOfBand outOfBand) {
        boolean pair = Profile.takesTwoPorts(profile);
        for (RistPath path : paths) {
            if (path.listen() != null) needs.add(new PortNeed(kind, end, path.name(), pair, path.listen().port(), reach(path)));
            if (path.sourcePort() != null) bound(end, path.name(), null, path.sourcePort(), pair);
        }
        if (outOfBand != null && outOfBand.listen() != null) bound(end, "out-of-band", null, outOfBand.listen().port(), false);
    }

    private Reach reach(RistPath path) {
        if (type == ExposureType.HostNetwork) return Reach.HOST_NETWORK;
        // A Multus network has addresses of its own, and nobody comes to a loopback from outside.
        if (path.network() != null || path.listen().host() != null && Hosts.isLoopback(path.listen().host())) return Reach.POD;
        return switch (type) {
            case LoadBalancer -> Reach.LOAD_BALANCER;
            case NodePort -> Reach.NODE_PORT;
            case HostPort -> Reach.HOST_PORT;
            case HostNetwork -> Reach.HOST_NETWORK;
            case None -> Reach.POD;
        };
    }

    /** Ports that are bound and not told to anybody matter where pods share them: on the node's network. A multicast group's port may be bound by several. */
    private void bound(String end, String what, String host, int port, boolean pair) {
        if (type == ExposureType.HostNetwork && (host == null || !Hosts.isMulticast(host))) needs.add(new PortNeed(Kind.BOUND, end, what, pair, port, Reach.HOST_NETWORK));
    }
}
