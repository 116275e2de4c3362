package io.ristflow.operator.render;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static io.ristflow.operator.TestFlows.media;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Annotations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodTemplateTest {
    private static PodTemplate template(RistFlow flow, String... secrets) {
        return new PodTemplate(flow, media(), ResolvedDocumentTest.ports(flow), List.of(secrets), null);
    }

    private static Container container(PodTemplateSpec pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    @Test
    void thePodReadsItsDocumentAndFollowsIt() {
        Container media = container(template(listener("f", "Main", "", "")).spec());
        assertThat(media.getName()).isEqualTo("media");
        assertThat(media.getArgs()).containsExactly("run", "-f", "/etc/ristflow/document/flow.yaml", "--secrets", "/etc/ristflow/secrets", "--follow", "--http", "0.0.0.0:8080", "--log-format", "json", "--drain-seconds", "30");
    }

    @Test
    void eachSecretIsAFolderAndNoValueIsAnywhere() {
        PodTemplateSpec pod = template(listener("f", "Main", "", ""), "key.a", "key-b").spec();
        assertThat(container(pod).getVolumeMounts()).extracting(VolumeMount::getMountPath).containsExactlyInAnyOrder("/etc/ristflow/document", "/etc/ristflow/secrets/key.a", "/etc/ristflow/secrets/key-b", "/tmp");
        assertThat(pod.getSpec().getVolumes()).filteredOn(v -> v.getSecret() != null).extracting(v -> v.getSecret().getSecretName()).containsExactly("key-b", "key.a");
        assertThat(container(pod).getEnv()).isEmpty();
    }

    @Test
    void thePodMayDoNothingButCarryMedia() {
        PodTemplateSpec pod = template(listener("f", "Main", "", "")).spec();
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("f");
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(65532);
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        var security = container(pod).getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(pod.getSpec().getHostNetwork()).isNull();
    }

    @Test
    void portsOfAServiceAreNoneOfThePods() {
        assertThat(container(template(listener("f", "Main", "port: 5000", "exposure: {type: NodePort}\n")).spec()).getPorts()).extracting(ContainerPort::getName).containsExactly("http");
        assertThat(template(listener("f", "Main", "port: 5000", "exposure: {type: NodePort}\n")).hash()).as("another port is no new pod").isEqualTo(template(listener("f", "Main", "port: 5002", "exposure: {type: NodePort}\n")).hash());
    }

    @Test
    void portsOfTheNodeAreToldToTheScheduler() {
        var ports = container(template(listener("f", "Simple", "port: 5000", "exposure: {type: HostPort}\n")).spec()).getPorts();
        assertThat(ports).extracting(ContainerPort::getHostPort, ContainerPort::getContainerPort, ContainerPort::getProtocol)
                .containsExactly(tuple(null, 8080, "TCP"), tuple(5000, 5000, "UDP"), tuple(5001, 5001, "UDP"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void onTheNodesNetworkHttpHasAPortOfThePool() {
        PodTemplateSpec pod = template(listener("f", "Main", "port: 5000", "exposure: {type: HostNetwork}\n")).spec();
        assertThat(pod.getSpec().getHostNetwork()).isTrue();
        assertThat(pod.getSpec().getDnsPolicy()).isEqualTo("ClusterFirstWithHostNet");
        assertThat(container(pod).getArgs()).contains("0.0.0.0:31000");
        assertThat(container(pod).getPorts()).extracting(ContainerPort::getContainerPort, ContainerPort::getHostPort, ContainerPort::getProtocol).containsExactly(tuple(31000, 31000, "TCP"), tuple(5000, 5000, "UDP"));
        assertThat(container(pod).getReadinessProbe().getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }

    @Test
    void thePodHasTimeToDrain() {
        PodTemplateSpec pod = template(listener("f", "Main", "", "maintenance: {drainSeconds: 120}\n")).spec();
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(130);
        assertThat(container(pod).getArgs()).endsWith("--drain-seconds", "120");
    }

    @Test
    void settingsOfThePodArePassedOn() {
        PodTemplateSpec pod = template(listener("f", "Main", "", """
                pod:
                  resources: {requests: {cpu: "1"}, limits: {memory: 1Gi}}
                  nodeSelector: {site: west}
                  priorityClassName: live
                  tolerations: [{key: media, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]
                  annotations: {example.org/a: b}
                """)).spec();
        assertThat(container(pod).getResources().getRequests()).containsEntry("cpu", new Quantity("1")).hasSize(1);
        assertThat(container(pod).getResources().getLimits()).containsEntry("memory", new Quantity("1Gi"));
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("site", "west");
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("live");
        assertThat(pod.getSpec().getTolerations()).singleElement().satisfies(t -> {
            assertThat(t.getKey()).isEqualTo("media");
            assertThat(t.getEffect()).isEqualTo("NoExecute");
            assertThat(t.getTolerationSeconds()).isEqualTo(5);
        });
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.org/a", "b").containsEntry(Annotations.FLOW, "f");
        assertThat(pod.getSpec().getImagePullSecrets()).extracting("name").containsExactly("pull");
    }

    @Test
    void aPodThatAsksForNothingHasWhatAFlowTakesAndNoLimit() {
        var resources = container(template(listener("f", "Main", "", "")).spec()).getResources();
        assertThat(resources.getRequests()).containsKeys("cpu", "memory");
        assertThat(resources.getLimits()).isEmpty();
    }

    @Test
    void multusIsAskedForTheNetworks() {
        RistFlow flow = flow("f", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: a, listen: {port: 1}, network: lte}, {name: b, listen: {port: 2}, network: tv/fibre, interface: fib0}]}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                """);
        assertThat(template(flow).spec().getMetadata().getAnnotations()).containsEntry(Annotations.NETWORKS, "lte@net1,tv/fibre@fib0");
        assertThat(template(listener("g", "Main", "", "")).spec().getMetadata().getAnnotations()).doesNotContainKey(Annotations.NETWORKS);
    }

    @Test
    void whatARunningPodTakesOnMakesNoNewPod() {
        String hash = template(listener("f", "Main", "", "")).hash();
        RistFlow changed = listener("f", "Advanced", "", "");
        changed.getMetadata().setGeneration(9L);
        assertThat(template(changed).hash()).isEqualTo(hash);
        assertThat(template(changed).spec().getMetadata().getAnnotations()).containsEntry(Annotations.TEMPLATE, hash);
    }

    @Test
    void aGenerationThatNeedsARestartMakesANewPod() {
        RistFlow flow = listener("f", "Main", "", "");
        PodTemplate restarted = new PodTemplate(flow, media(), ResolvedDocumentTest.ports(flow), Set.of(), "4");
        assertThat(restarted.hash()).isNotEqualTo(template(flow).hash());
        assertThat(restarted.spec().getMetadata().getAnnotations()).containsEntry(Annotations.RESTART_GENERATION, "4");
    }

    @Test
    void theJvmsOptionsAreTheAdministrators() {
        RistFlow flow = listener("f", "Main", "", "");
        var pod = new PodTemplate(flow, media(Optional.of("-Xmx64m")), ResolvedDocumentTest.ports(flow), Set.of(), null).spec();
        assertThat(container(pod).getEnv()).singleElement().satisfies(e -> assertThat(e.getValue()).isEqualTo("-Xmx64m"));
    }
}
