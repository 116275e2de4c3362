package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.ristflow.operator.crd.v1alpha1.Exposure;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.ExternalTrafficPolicy;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.ports.PortGrant;
import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.ports.PortNeed.Reach;
import io.ristflow.operator.ports.PortNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leads peers from outside to the pod, where the exposure is a LoadBalancer or a NodePort. One Service for all ports, as a session's must all reach one pod. */
public final class MediaService extends Child<Service> {
    public MediaService() {
        super(Service.class);
    }

    @Override
    protected Service wanted(FlowPlan plan) {
        List<ServicePort> ports = ports(plan);
        if (ports.isEmpty()) return null;
        Exposure exposure = plan.flow().getSpec().exposure();
        boolean local = exposure == null || exposure.externalTrafficPolicy() != ExternalTrafficPolicy.Cluster;
        return new ServiceBuilder()
                .withNewMetadata().withAnnotations(exposure == null || exposure.annotations() == null ? Map.of() : exposure.annotations()).endMetadata()
                .withNewSpec()
                .withType(PortNeeds.type(plan.flow().getSpec()) == ExposureType.NodePort ? "NodePort" : "LoadBalancer")
                .withExternalTrafficPolicy(local ? "Local" : "Cluster")
                // The way to the pod stands before its sockets do, stays while its process is started anew, and leads to a draining pod as long as it drains. Without it a caller that keeps its port, as callers of RIST do,
                // meets a node without the rule, and the node's connection tracking remembers that for as long as the caller calls.
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.podSelector(plan.flow().getMetadata().getName()))
                .withPorts(ports)
                .endSpec().build();
    }

    /** Those of 1.20 do not, for Services. */
    @Override
    protected boolean versionOnCreation() {
        return false;
    }

    private static List<ServicePort> ports(FlowPlan plan) {
        List<ServicePort> ports = new ArrayList<>();
        for (PortGrant grant : plan.ports().listeners()) {
            if (grant.need().reach() != Reach.NODE_PORT && grant.need().reach() != Reach.LOAD_BALANCER) continue;
            ports.add(port(grant, 0));
            if (grant.need().pair()) ports.add(port(grant, 1));
        }
        return ports;
    }

    private static ServicePort port(PortGrant grant, int further) {
        String side = grant.need().kind() == Kind.INPUT ? "in" : "out";
        return new ServicePortBuilder()
                .withName(Names.servicePort(side, grant.need().end(), grant.need().path(), further == 1)).withProtocol("UDP")
                .withPort(grant.port() + further).withTargetPort(new IntOrString(grant.port() + further)).withNodePort(grant.nodePort() + further).build();
    }
}
