package io.ristflow.operator.dependent;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static io.ristflow.operator.TestFlows.media;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.ports.FlowRef;
import io.ristflow.operator.ports.PortLedger;
import io.ristflow.operator.ports.PortNeeds;
import io.ristflow.operator.ports.PortPools;
import io.ristflow.operator.ports.PortRange;
import io.ristflow.operator.render.ResolvedDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each child is, from the plan of its flow. */
class ChildrenTest {
    private static final ClusterApis OLD = new ClusterApis(false, false);
    private static final ClusterApis NEW = new ClusterApis(true, true);

    private static FlowPlan plan(RistFlow flow, boolean mediaFlows, ClusterApis apis) {
        PortLedger ledger = new PortLedger(new PortPools(Map.of("default", new PortRange(31000, 31001)), new PortRange(30000, 32767)));
        FlowPorts ports = ledger.claim(FlowRef.of(flow), PortNeeds.of(flow.getSpec()), PortNeeds.pool(flow.getSpec()), PortNeeds.nodes(flow.getSpec()), 0).ports();
        return new FlowPlan(flow, "ristflow/ristflow-operator", media(), ports, ResolvedDocument.of(flow, ports), Set.of(), null, mediaFlows, Set.of(), false, apis);
    }

    private static FlowPlan plan(RistFlow flow, Set<String> podMakers) {
        FlowPlan plan = plan(flow);
        return new FlowPlan(plan.flow(), plan.operator(), plan.media(), plan.ports(), plan.document(), plan.secrets(), plan.restart(), plan.mediaFlows(), podMakers, plan.hold(), plan.apis());
    }

    private static FlowPlan plan(RistFlow flow) {
        return plan(flow, false, NEW);
    }

    private static Stream<Child<?>> all() {
        return Stream.of(new PodAccount(), new DocumentConfigMap(), new MediaService(), new SourcesPolicy(), new MediaDeployment(), new MediaStatefulSet(), new DisruptionBudget(), new DisruptionBudgetBeta(), new MetricsService(), new MetricsMonitor());
    }

    @Test
    void everyChildIsLabelledOwnedAndNeverHoldsItsOwnerBack() {
        RistFlow flow = listener("4k.feed", "Main", "", "");
        all().map(child -> (HasMetadata) child.desired(plan(flow))).filter(child -> child != null).forEach(child -> {
            assertThat(child.getMetadata().getNamespace()).isEqualTo("tv");
            assertThat(child.getMetadata().getLabels()).isEqualTo(Labels.of("4k.feed"));
            assertThat(child.getMetadata().getAnnotations()).containsEntry(Annotations.FLOW, "4k.feed").containsEntry(Annotations.OPERATOR, "ristflow/ristflow-operator").containsKey(Annotations.APPLIED);
            assertThat(child.getMetadata().getFinalizers()).isEmpty();
            assertThat(child.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
                assertThat(owner.getUid()).isEqualTo("uid-of-4k.feed");
                assertThat(owner.getName()).isEqualTo("4k.feed");
                assertThat(owner.getController()).isTrue();
                assertThat(owner.getBlockOwnerDeletion()).isFalse();
            });
        });
    }

    @Test
    void whatIsAppliedIsInOrderAndTellsAChange() {
        RistFlow flow = listener("f", "Main", "", "");
        all().forEach(child -> {
            HasMetadata once = child.desired(plan(flow));
            if (once != null) assertThat(Child.asWanted(child.desired(plan(flow)), once)).as(child.getClass().getSimpleName()).isTrue();
        });
        DocumentConfigMap document = new DocumentConfigMap();
        RistFlow changed = listener("f", "Advanced", "", "");
        assertThat(Child.asWanted(document.desired(plan(flow)), document.desired(plan(changed)))).isFalse();
    }

    // ---- Service --------------------------------------------------------------------------------------------------------------------------

    @Test
    void aServiceLeadsEveryListenerToThePod() {
        Service service = new MediaService().desired(plan(listener("f", "Simple", "", "exposure: {type: NodePort, externalTrafficPolicy: Local, annotations: {a: b}}\n")));
        assertThat(service.getSpec().getType()).isEqualTo("NodePort");
        assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(service.getSpec().getSelector()).isEqualTo(Labels.podSelector("f"));
        assertThat(service.getMetadata().getAnnotations()).containsEntry("a", "b");
        assertThat(service.getSpec().getPorts()).extracting(ServicePort::getName, ServicePort::getProtocol, ServicePort::getPort, p -> p.getTargetPort().getIntVal(), ServicePort::getNodePort)
                .containsExactly(tuple("in-main-fibre", "UDP", 31000, 31000, 31000), tuple("in-main-fibre-rtcp", "UDP", 31001, 31001, 31001));
    }

    @Test
    void withoutAWordOnExposureItIsALoadBalancerThatKeepsThePeersAddress() {
        Service service = new MediaService().desired(plan(listener("f", "Main", "port: 5000", "")));
        assertThat(service.getSpec().getType()).isEqualTo("LoadBalancer");
        assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(service.getSpec().getPorts()).extracting(ServicePort::getPort).containsExactly(5000);
    }

    @Test
    void thereIsNoServiceWhereNobodyCallsThroughOne() {
        for (String type : List.of("HostPort", "HostNetwork", "None")) assertThat(new MediaService().desired(plan(listener("f", "Main", "port: 5000", "exposure: {type: " + type + "}\n")))).as(type).isNull();
        assertThat(new MediaService().desired(plan(flow("f", """
                inputs:
                - {name: in, udp: {port: 5004}}
                outputs:
                - {name: out, rist: {profile: Main, paths: [{name: a, connect: {host: h, port: 1}}]}}
                """)))).as("callers").isNull();
    }

    // ---- Deployment -----------------------------------------------------------------------------------------------------------------------

    @Test
    void theNewPodComesFirstWhereItIsSilentUntilPeersMoveOver() {
        assertThat(strategy(listener("f", "Main", "", "exposure: {type: NodePort}\n"))).isEqualTo("RollingUpdate");
        assertThat(strategy(listener("f", "Main", "", ""))).isEqualTo("RollingUpdate");
    }

    @Test
    void theOldPodGoesFirstWhereTwoWouldSendTwice() {
        assertThat(strategy(listener("f", "Main", "", "exposure: {type: None}\n"))).isEqualTo("Recreate");
        assertThat(strategy(listener("f", "Main", "", "maintenance: {update: Recreate}\n"))).isEqualTo("Recreate");
        assertThat(strategy(flow("f", """
                inputs:
                - {name: in, rist: {profile: Main, paths: [{name: a, connect: {host: h, port: 1}}]}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                """))).isEqualTo("Recreate");
        assertThat(strategy(flow("f", """
                inputs:
                - {name: in, testSignal: {}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                """))).isEqualTo("Recreate");
    }

    private static String strategy(RistFlow flow) {
        var spec = new MediaDeployment().desired(plan(flow)).getSpec();
        assertThat(spec.getReplicas()).isEqualTo(1);
        if (spec.getStrategy().getType().equals("Recreate")) assertThat(spec.getStrategy().getRollingUpdate()).isNull();
        return spec.getStrategy().getType();
    }

    // ---- StatefulSet ----------------------------------------------------------------------------------------------------------------------

    @Test
    void wherePortsAreTheNodesTheNextPodIsMadeWhenTheOneBeforeIsGone() {
        for (String type : List.of("HostPort", "HostNetwork")) {
            RistFlow flow = listener("f", "Main", "port: 5000", "exposure: {type: " + type + "}\n");
            assertThat(new MediaDeployment().desired(plan(flow))).as(type).isNull();
            var spec = new MediaStatefulSet().desired(plan(flow)).getSpec();
            assertThat(spec.getReplicas()).isEqualTo(1);
            assertThat(spec.getPodManagementPolicy()).as("a pod that never got ready is replaced as well").isEqualTo("Parallel");
            assertThat(spec.getSelector().getMatchLabels()).isEqualTo(Labels.podSelector("f"));
            assertThat(spec.getTemplate()).isEqualTo(plan(flow).pod().spec());
        }
        for (String type : List.of("LoadBalancer", "NodePort", "None")) {
            RistFlow flow = listener("f", "Main", "port: 5000", "exposure: {type: " + type + "}\n");
            assertThat(new MediaStatefulSet().desired(plan(flow))).as(type).isNull();
            assertThat(new MediaDeployment().desired(plan(flow)).getSpec().getTemplate()).isEqualTo(plan(flow).pod().spec());
        }
    }

    @Test
    void whatTakesOverWaitsForThePodsOfTheOther() {
        RistFlow flow = listener("f", "Main", "", "exposure: {type: HostPort}\n");
        assertThat(new MediaStatefulSet().comesLater(plan(flow, Set.of("ReplicaSet")))).isTrue();
        assertThat(new MediaStatefulSet().comesLater(plan(flow, Set.of("StatefulSet")))).isFalse();
        assertThat(new MediaDeployment().comesLater(plan(flow, Set.of("StatefulSet")))).isTrue();
        assertThat(new MediaDeployment().comesLater(plan(flow, Set.of("ReplicaSet")))).isFalse();
        assertThat(new MediaDeployment().comesLater(plan(flow, Set.of()))).isFalse();
    }

    // ---- NetworkPolicy --------------------------------------------------------------------------------------------------------------------

    @Test
    void allowedSourcesAreLetInOnTheirPortsAndHttpStaysOpen() {
        NetworkPolicy policy = new SourcesPolicy().desired(plan(flow("f", """
                inputs:
                - {name: main, rist: {profile: Simple, paths: [{name: a, listen: {port: 5000}}], allowedSources: [198.51.100.0/24, "2001:db8::/32"]}}
                - {name: spare, udp: {port: 6000}}
                outputs:
                - {name: pull, rist: {profile: Main, paths: [{name: b, listen: {port: 7000}}]}}
                exposure: {type: HostPort}
                """)));
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
        var open = policy.getSpec().getIngress().getFirst();
        assertThat(open.getFrom()).isEmpty();
        assertThat(open.getPorts()).extracting(p -> p.getProtocol() + " " + p.getPort().getIntVal()).containsExactly("TCP 8080", "UDP 6000", "UDP 7000");
        var named = policy.getSpec().getIngress().get(1);
        assertThat(named.getFrom()).extracting(p -> p.getIpBlock().getCidr()).containsExactly("198.51.100.0/24", "2001:db8::/32");
        assertThat(named.getPorts()).extracting(p -> p.getProtocol() + " " + p.getPort().getIntVal()).containsExactly("UDP 5000", "UDP 5001");
    }

    @Test
    void whereNobodyIsNamedThereIsNoPolicy() {
        assertThat(new SourcesPolicy().desired(plan(listener("f", "Main", "", "")))).isNull();
    }

    // ---- the rest -------------------------------------------------------------------------------------------------------------------------

    @Test
    void whileMediaFlowsNobodyMayEvictThePod() {
        RistFlow flow = listener("f", "Main", "", "");
        assertThat(new DisruptionBudget().desired(plan(flow, true, NEW)).getSpec().getMaxUnavailable().getIntVal()).isZero();
        assertThat(new DisruptionBudget().desired(plan(flow, false, NEW)).getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(new DisruptionBudgetBeta().desired(plan(flow, true, OLD)).getSpec().getMaxUnavailable().getIntVal()).isZero();
        assertThat(new DisruptionBudgetBeta().desired(plan(flow, true, OLD)).getApiVersion()).isEqualTo("policy/v1beta1");
    }

    @Test
    void prometheusIsToldWhereItsOperatorIs() {
        RistFlow flow = listener("f", "Main", "", "");
        Service service = new MetricsService().desired(plan(flow));
        assertThat(service.getMetadata().getName()).isEqualTo("f-metrics");
        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(service.getSpec().getPorts()).extracting(ServicePort::getName, ServicePort::getPort).containsExactly(tuple("http", 8080));
        assertThat(new MetricsMonitor().desired(plan(flow)).getSpec().toString()).contains("/metrics", "http");
        assertThat(new MetricsService().desired(plan(flow, false, OLD))).isNull();
    }

    @Test
    void thePodRunsAsNobodyWithAToken() {
        assertThat(new PodAccount().desired(plan(listener("f", "Main", "", ""))).getAutomountServiceAccountToken()).isFalse();
    }
}
