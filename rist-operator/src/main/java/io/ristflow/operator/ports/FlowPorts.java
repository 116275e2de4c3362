package io.ristflow.operator.ports;

import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.ports.PortNeed.Kind;
import java.util.List;
import java.util.Optional;

/** The ports that a flow holds, in the order of its spec. */
public record FlowPorts(List<PortGrant> grants) {
    public static final FlowPorts NONE = new FlowPorts(List.of());

    public FlowPorts {
        grants = List.copyOf(grants);
    }

    public Optional<PortGrant> of(Kind kind, String end, String path) {
        return grants.stream().filter(g -> g.need().kind() == kind && g.need().end().equals(end) && g.need().path().equals(path)).findFirst();
    }

    /** Where the pod's health, metrics and REST are. */
    public int http() {
        return grants.stream().filter(g -> g.need().kind() == Kind.HTTP).map(PortGrant::port).findFirst().orElse(Names.HTTP_PORT_NUMBER);
    }

    /** As a status shows them. */
    public List<PortClaim> claims() {
        return grants.stream().map(PortGrant::claim).toList();
    }

    /** Ports of listeners that peers outside are told of. */
    public List<PortGrant> listeners() {
        return grants.stream().filter(g -> g.need().kind() == Kind.INPUT || g.need().kind() == Kind.OUTPUT).toList();
    }
}
