package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the pod's port is the node's, a StatefulSet makes it; what makes it changes with the exposure, and a pod that never got ready holds nothing up. */
@Tag("cluster")
@OnCluster
class NodePortsTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration MENDED_WITHIN = Duration.ofSeconds(10);
    private static final String RIST = "{profile: Main, paths: [{name: a, listen: {}}]}";

    private static String flow(String name, String exposure, String more) {
        return Documents.flow(name, RIST, exposure, Documents.udp("out", "192.0.2.9", 5000)) + more;
    }

    @Test
    void whatMakesThePodChangesWithTheExposureAndNothingOfTheOtherStays(Flows flows) {
        flows.apply(flow("moves", "{type: NodePort}", ""));
        flows.awaitReady("moves", SOON);
        for (String exposure : List.of("HostPort", "HostNetwork", "NodePort", "HostNetwork", "None")) {
            flows.apply(flow("moves", "{type: " + exposure + "}", ""));
            flows.awaitReady("moves", SOON);
            boolean onNode = exposure.startsWith("Host");
            List<String> there = flows.leftOver("moves");
            assertThat(there).as(exposure).anyMatch(object -> object.startsWith(onNode ? "StatefulSet/" : "Deployment/")).noneMatch(object -> object.startsWith(onNode ? "Deployment/" : "StatefulSet/"));
            assertThat(flows.pods("moves")).as(exposure).hasSize(1);
        }
        flows.delete("moves");
    }

    @Test
    void aPodThatNeverGotReadyIsReplacedWhenTheSpecIsMended(Flows flows) {
        for (String exposure : List.of("HostPort", "NodePort")) {
            flows.apply(flow("stuck", "{type: " + exposure + "}", "  pod: {resources: {requests: {cpu: '1000'}}}\n"));
            flows.awaitCondition("stuck", SOON, "Ready", ConditionStatus.False, "Unschedulable");
            flows.apply(flow("stuck", "{type: " + exposure + "}", "  pod: {resources: {requests: {cpu: 100m}}}\n"));
            flows.awaitReady("stuck", MENDED_WITHIN);
            flows.delete("stuck");
            Awaitility.await("the flow is gone").atMost(Duration.ofSeconds(30)).until(() -> flows.leftOver("stuck").isEmpty());
        }
    }

    /** The kubelet waits between two attempts of a container, longer each time; a change is tried at once. */
    @Test
    void aDocumentThatThePodRefusedIsTriedAtOnceWhenItIsMended(Flows flows) {
        String spec = "inputs: [{name: main, udp: {host: 239.1.1.1, port: %d, interface: %s}}]\noutputs: [{name: out, udp: {host: 192.0.2.9, port: 5000}}]\nexposure: {type: %s}\nmaintenance: {drainSeconds: 0}\n";
        List<String> exposures = List.of("HostNetwork", "None");
        for (String exposure : exposures) flows.apply(Documents.spec("refused-" + exposure.toLowerCase(java.util.Locale.ROOT), spec.formatted(5004, "nope0", exposure)));
        for (String exposure : exposures) {
            String name = "refused-" + exposure.toLowerCase(java.util.Locale.ROOT);
            assertThat(flows.awaitCondition(name, SOON, "Ready", ConditionStatus.False, "DocumentRefused").message()).contains("nope0");
            Awaitility.await("it was tried three times").atMost(Duration.ofSeconds(90)).until(() -> flows.restarts(name) >= 2);
        }
        for (String exposure : exposures) {
            String name = "refused-" + exposure.toLowerCase(java.util.Locale.ROOT);
            flows.apply(Documents.spec(name, spec.formatted(5004, "lo", exposure)));
            flows.awaitReady(name, MENDED_WITHIN);
            flows.delete(name);
        }
    }

    /** The node comes back in this test, as there is one alone; until then nobody could end the pod. */
    @Test
    void aPodOnALostNodeDoesNotHoldTheNextOneUp(Flows flows, Cluster cluster) {
        flows.apply(flow("lost", "{type: HostPort}", ""));
        flows.awaitReady("lost", SOON);
        Pod pod = flows.pod("lost");
        cluster.stop("kubelet");
        try {
            cluster.client().resource(pod).delete();
            // ten seconds to end, and half a minute
            Awaitility.await("the next pod is made").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).ignoreExceptions()
                    .until(() -> !flows.pod("lost").getMetadata().getUid().equals(pod.getMetadata().getUid()));
        } finally {
            cluster.start("kubelet");
        }
        flows.awaitReady("lost", Duration.ofSeconds(60));
        assertThat(flows.pod("lost").getMetadata().getUid()).isNotEqualTo(pod.getMetadata().getUid());
        flows.delete("lost");
    }

    @Test
    void aPodThatTheClusterRefusesIsToldWithItsReason(Flows flows, Cluster cluster) {
        var quota = new ResourceQuotaBuilder().withNewMetadata().withName("no-more-pods").withNamespace(flows.namespace()).endMetadata()
                .withNewSpec().addToHard("count/pods", new Quantity("0")).endSpec().build();
        cluster.client().resource(quota).create();
        try {
            Awaitility.await("the quota is in force").atMost(SOON).until(() -> cluster.client().resource(quota).get().getStatus().getHard() != null);
            for (String exposure : List.of("HostPort", "NodePort")) {
                String name = "refused-" + exposure.toLowerCase(java.util.Locale.ROOT);
                flows.apply(flow(name, "{type: " + exposure + "}", ""));
                assertThat(flows.awaitCondition(name, SOON, "Ready", ConditionStatus.False, "PodRejected").message()).contains("exceeded quota: no-more-pods");
                flows.delete(name);
            }
        } finally {
            cluster.client().resource(quota).delete();
        }
    }
}
