package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.ports.PortGrant;
import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.ports.PortNeeds;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets in whom {@code allowedSources} names, on the ports of the input that names them; all else that the flow listens on stays open, and so does HTTP, for probes, metrics and the operator. There is
 * none where no input names sources, nor on the node's network, which policies do not reach (the service itself checks sources in any case).
 */
public final class SourcesPolicy extends Child<NetworkPolicy> {
    public SourcesPolicy() {
        super(NetworkPolicy.class);
    }

    @Override
    protected NetworkPolicy wanted(FlowPlan plan) {
        RistFlowSpec spec = plan.flow().getSpec();
        boolean named = spec.inputs().stream().anyMatch(SourcesPolicy::namesSources);
        if (!named || PortNeeds.type(spec) == ExposureType.HostNetwork) return null;

        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        List<NetworkPolicyPort> open = new ArrayList<>();
        open.add(port("TCP", plan.ports().http()));
        for (Input input : spec.inputs()) {
            List<NetworkPolicyPort> own = new ArrayList<>();
            if (input.udp() != null) own.add(port("UDP", input.udp().port()));
            if (input.rtp() != null) own.add(port("UDP", input.rtp().port()));
            if (input.rist() != null) input.rist().paths().forEach(path -> own.addAll(ports(plan, Kind.INPUT, input.name(), path)));
            if (namesSources(input)) rules.add(new NetworkPolicyIngressRuleBuilder().withFrom(input.rist().allowedSources().stream().map(SourcesPolicy::network).toList()).withPorts(own).build());
            else open.addAll(own);
        }
        spec.outputs().forEach(output -> {
            if (output.rist() != null) output.rist().paths().forEach(path -> open.addAll(ports(plan, Kind.OUTPUT, output.name(), path)));
        });
        rules.addFirst(new NetworkPolicyIngressRuleBuilder().withPorts(open).build());
        return new NetworkPolicyBuilder()
                .withNewMetadata().endMetadata()
                .withNewSpec()
                .withNewPodSelector().withMatchLabels(Labels.podSelector(plan.flow().getMetadata().getName())).endPodSelector()
                .withPolicyTypes("Ingress").withIngress(rules)
                .endSpec().build();
    }

    private static boolean namesSources(Input input) {
        return input.rist() != null && input.rist().allowedSources() != null && !input.rist().allowedSources().isEmpty();
    }

    private static List<NetworkPolicyPort> ports(FlowPlan plan, Kind kind, String end, RistPath path) {
        PortGrant grant = plan.ports().of(kind, end, path.name()).orElse(null);
        if (grant == null) return List.of();
        return grant.need().pair() ? List.of(port("UDP", grant.port()), port("UDP", grant.port() + 1)) : List.of(port("UDP", grant.port()));
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder().withProtocol(protocol).withPort(new IntOrString(port)).build();
    }

    private static NetworkPolicyPeer network(String cidr) {
        return new NetworkPolicyPeerBuilder().withNewIpBlock().withCidr(cidr).endIpBlock().build();
    }
}
