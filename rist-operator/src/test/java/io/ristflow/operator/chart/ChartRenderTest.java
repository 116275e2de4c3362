package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.ristflow.operator.chart.Chart.Rendered;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

class ChartRenderTest {
    static Stream<Arguments> renderings() {
        return Chart.KUBE_VERSIONS.stream().flatMap(version -> Stream.of("", Everything.ON, Everything.OFF).map(values -> Arguments.of(version, values)));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyDocumentIsOfAKubernetesTypeToTheLastField(String kubeVersion, String values) {
        Rendered rendered = Chart.render(kubeVersion, values);
        assertThat(rendered.documents()).extracting(document -> document.path("kind").asText() + " " + document.at("/metadata/namespace").asText() + "/" + document.at("/metadata/name").asText()).doesNotHaveDuplicates();
        for (JsonNode document : rendered.documents()) {
            if (document.path("apiVersion").asText().equals("monitoring.coreos.com/v1")) continue; // looked at below
            assertThat(Strictly.knows(document)).as(document.path("apiVersion") + " " + document.path("kind")).isTrue();
            HasMetadata object = Strictly.read(document);
            assertThat(object.getMetadata().getName()).matches("[a-z0-9]([-.a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
            assertThat(object.getMetadata().getLabels()).containsEntry("app.kubernetes.io/part-of", "ristflow").containsEntry("app.kubernetes.io/managed-by", "Helm");
        }
    }

    @Test
    void byDefaultThereIsWhatIsNeededAndNoMore() {
        assertThat(Chart.render("").names()).containsExactlyInAnyOrder(
                "CustomResourceDefinition/ristflows.ristflow.io", "ServiceAccount/ristflow-operator", "Deployment/ristflow-operator", "Service/ristflow-operator",
                "ClusterRole/media-ristflow-operator", "ClusterRoleBinding/media-ristflow-operator", "ClusterRole/media-ristflow-operator-view", "ClusterRole/media-ristflow-operator-edit",
                "Role/ristflow-operator", "RoleBinding/ristflow-operator");
        assertThat(Chart.render(Everything.OFF).names()).containsExactlyInAnyOrder("Deployment/ristflow-operator", "Service/ristflow-operator");
    }

    @Test
    void theOperatorsPodIsRestrictedAsPodSecurityHasIt() {
        PodSpec pod = deployment("").getSpec().getTemplate().getSpec();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
        Container container = pod.getContainers().getFirst();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getPorts()).allSatisfy(port -> assertThat(port.getHostPort()).isNull());
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory").doesNotContainKey("cpu");
    }

    @Test
    void theProbesAskWhatTheOperatorAnswers() {
        Container container = deployment("").getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertThat(List.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())).extracting(probe -> probe.getHttpGet().getPath())
                .containsExactly("/q/health/started", "/q/health/ready", "/q/health/live");
        assertThat(container.getPorts()).singleElement().satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8080));
    }

    /** Kubernetes makes RISTFLOW_OPERATOR_PORT=tcp://… of the Service ristflow-operator, which reads like a setting. */
    @Test
    void servicesOfTheNamespaceDoNotBecomeSettings() {
        assertThat(deployment("").getSpec().getTemplate().getSpec().getEnableServiceLinks()).isFalse();
    }

    @Test
    void withoutLeaderElectionThereIsNeverASecondPod() {
        assertThat(deployment("").getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(deployment("operator: {leaderElection: false}").getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void selectorsFindTheOperatorsPodsWhateverLabelsAreAdded() {
        for (String values : List.of("", Everything.ON, "{commonLabels: {app.kubernetes.io/component: mine}, operator: {podLabels: {app.kubernetes.io/name: mine}}}")) {
            Rendered rendered = Chart.render(values);
            Deployment deployment = Strictly.read(rendered.one("Deployment"), Deployment.class);
            Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
            assertThat(labels).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
            Service service = Strictly.read(rendered.one("Service"), Service.class);
            assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
            // media pods have component=media
            assertThat(service.getSpec().getSelector()).containsEntry("app.kubernetes.io/component", "operator");
        }
    }

    @Test
    void severalReplicasKeepApartAndOneStaysThroughDrains() {
        assertThat(Chart.render("").all("PodDisruptionBudget")).isEmpty();
        Rendered several = Chart.render("operator: {replicas: 2}");
        assertThat(several.one("PodDisruptionBudget").at("/spec/minAvailable").asInt()).isEqualTo(1);
        Deployment two = Strictly.read(several.one("Deployment"), Deployment.class);
        assertThat(two.getSpec().getTemplate().getSpec().getAffinity().getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution()).hasSize(1);
        assertThat(two.getSpec().getTemplate()).as("a second replica does not make the first anew").isEqualTo(deployment("").getSpec().getTemplate());
        JsonNode spread = Chart.render(Everything.ON).one("Deployment").at("/spec/template/spec/topologySpreadConstraints/0");
        assertThat(spread.at("/labelSelector/matchLabels/app.kubernetes.io~1component").asText()).isEqualTo("operator");
    }

    @Test
    void theDisruptionBudgetIsOfTheVersionThatTheServerHas() {
        assertThat(Chart.render("1.20.2", "operator: {replicas: 2}").one("PodDisruptionBudget").get("apiVersion").asText()).isEqualTo("policy/v1beta1");
        assertThat(Chart.render("1.21.0", "operator: {replicas: 2}").one("PodDisruptionBudget").get("apiVersion").asText()).isEqualTo("policy/v1");
        assertThat(Chart.render("1.31.2-gke.1", "operator: {replicas: 2}").one("PodDisruptionBudget").get("apiVersion").asText()).isEqualTo("policy/v1");
    }

    @Test
    void anImageIsNamedByDigestWhereThereIsOneAndByTheChartsVersionWhereThereIsNothing() {
        String version = Chart.yaml(Chart.FOLDER.resolve("Chart.yaml")).get("appVersion").asText();
        assertThat(image("")).isEqualTo("ristflow/operator:" + version);
        assertThat(image("image: {operator: {tag: x}}")).isEqualTo("ristflow/operator:x");
        assertThat(image(Everything.ON)).isEqualTo("registry.example/ristflow/operator@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    }

    @Test
    void theMonitorAsksTheServiceForMetrics() {
        JsonNode monitor = Chart.render(Everything.ON).one("ServiceMonitor");
        Rendered rendered = Chart.render(Everything.ON);
        assertThat(rendered.one("Service").at("/metadata/labels").properties()).containsAll(monitor.at("/spec/selector/matchLabels").properties());
        assertThat(monitor.at("/spec/endpoints/0/port").asText()).isEqualTo(rendered.one("Service").at("/spec/ports/0/name").asText());
        assertThat(monitor.at("/spec/endpoints/0/interval").asText()).isEqualTo("15s");
        assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    }

    private static Deployment deployment(String values) {
        return Strictly.read(Chart.render(values).one("Deployment"), Deployment.class);
    }

    private static String image(String values) {
        return deployment(values).getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }
}
