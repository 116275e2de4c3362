package io.ristflow.operator.render;

import io.ristflow.operator.crd.v1alpha1.Encryption;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.Profile;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.ports.PortGrant;
import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.text.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where peers reach a flow's listeners. Pure. */
public final class Endpoints {
    /**
     * What is known of where the flow is.
     *
     * @param loadBalancer address or name that a load balancer answered with; null while none has
     * @param node address of the node that the pod runs on; null before it has one
     * @param pod address of the pod; null before it has one
     * @param networks addresses of the pod on its Multus networks, by interface
     * @param fallBack whether the node's address is told while no load balancer has answered
     */
    public record Whereabouts(String loadBalancer, String node, String pod, Map<String, String> networks, boolean fallBack) {}

    private final FlowPorts ports;
    private final Whereabouts where;
    private final List<Networks.Attachment> networks;
    private final List<Endpoint> endpoints = new ArrayList<>();

    private Endpoints(RistFlowSpec spec, FlowPorts ports, Whereabouts where) {
        this.ports = ports;
        this.where = where;
        this.networks = Networks.of(spec);
    }

    /** One for each listening path whose address is known, in the order of the spec. */
    public static List<Endpoint> of(RistFlowSpec spec, FlowPorts ports, Whereabouts where) {
        Endpoints all = new Endpoints(spec, ports, where);
        for (Input input : spec.inputs()) {
            if (input.rist() != null) all.add(Kind.INPUT, input.name(), input.rist().profile(), input.rist().encryption(), input.rist().paths());
        }
        for (Output output : spec.outputs()) {
            if (output.rist() != null) all.add(Kind.OUTPUT, output.name(), output.rist().profile(), output.rist().encryption(), output.rist().paths());
        }
        return List.copyOf(all.endpoints);
    }

    private void add(Kind kind, String end, Profile profile, Encryption shared, List<RistPath> paths) {
        for (RistPath path : paths) {
            if (path.listen() == null || path.listen().host() != null && Hosts.isLoopback(path.listen().host())) continue;
            ports.of(kind, end, path.name()).ifPresent(grant -> {
                String address = address(grant, path);
                Integer port = port(grant);
                if (address == null || port == null) return;
                endpoints.add(new Endpoint(kind == Kind.INPUT ? end : null, kind == Kind.OUTPUT ? end : null, path.name(), address, port, PeerUrl.of(address, port, profile, shared, path)));
            });
        }
    }

    private String address(PortGrant grant, RistPath path) {
        return switch (grant.need().reach()) {
            case POD -> path.network() == null ? where.pod() : where.networks().get(Networks.interfaceOf(networks, path));
            case LOAD_BALANCER -> where.loadBalancer() != null || !where.fallBack() ? where.loadBalancer() : where.node();
            case NODE_PORT, HOST_PORT, HOST_NETWORK -> where.node();
        };
    }

    private Integer port(PortGrant grant) {
        return switch (grant.need().reach()) {
            case POD, HOST_PORT, HOST_NETWORK -> Integer.valueOf(grant.port());
            case NODE_PORT -> grant.nodePort();
            case LOAD_BALANCER -> where.loadBalancer() != null ? Integer.valueOf(grant.port()) : grant.nodePort();
        };
    }
}
