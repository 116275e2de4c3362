package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's life on a cluster: what Helm installs, upgrades and takes away. */
@Tag("cluster")
@OnCluster
class ChartInstallTest {
    private static final Path CHART = Installation.root().resolve("helm/ristflow");
    private static final String RELEASE = "second";
    private static final String CRD = "ristflows.ristflow.io";

    /** In a namespace of its own, beside the one that all tests use; the resource is the other's. */
    @Test
    void aReleaseIsInstalledChangedAndTakenAwayWithNothingLeftOver(Flows flows, Cluster cluster, Installation installation) {
        KubernetesClient client = cluster.client();
        String namespace = flows.namespace();
        Release installed = install(installation, namespace).waitReady().call();
        assertThat(installed.getStatus()).isEqualTo("deployed");
        assertThat(installed.getOutput()).contains("kubectl -n " + namespace + " get ristflows -w");
        Deployment operator = client.apps().deployments().inNamespace(namespace).withName("second-ristflow-operator").get();
        assertThat(operator.getStatus().getReadyReplicas()).isEqualTo(1);
        await("it leads").atMost(Duration.ofSeconds(30)).until(() -> metric(cluster, namespace, "ristflow_operator_leading").equals("1.0"));

        Release changed = new Helm(CHART).upgrade().withName(RELEASE).withNamespace(namespace).withKubeConfig(Cluster.kubeconfig()).reuseValues().set("operator.replicas", 2).waitReady().call();
        assertThat(changed.getRevision()).isEqualTo("2");
        assertThat(client.apps().deployments().inNamespace(namespace).withName("second-ristflow-operator").get().getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(ours(client, namespace)).containsKey("PodDisruptionBudget/second-ristflow-operator");

        Helm.uninstall(RELEASE).withNamespace(namespace).withKubeConfig(Cluster.kubeconfig()).call();
        await("nothing is left").atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertThat(ours(client, namespace)).isEmpty());
        assertThat(client.apiextensions().v1().customResourceDefinitions().withName(CRD).get()).isNotNull();
    }

    /** A chart of yesterday, whose resource lacks what today's has; flows and their pods live through the change. */
    @Test
    void anUpgradeBringsTheResourcesNewSchemaAndLeavesFlowsAlone(Flows flows, Cluster cluster, Installation installation, @TempDir Path folder) throws IOException {
        KubernetesClient client = cluster.client();
        flows.apply(Documents.flow("through", "{profile: Main, paths: [{name: a, listen: {}}]}", "{type: NodePort}", Documents.udp("out", "192.0.2.9", 5000)));
        flows.awaitReady("through", Duration.ofSeconds(30));
        String pod = flows.pod("through").getMetadata().getUid();
        String newest = columns(client);
        try {
            Path yesterday = copy(folder);
            Path crd = yesterday.resolve("files/crds/" + CRD + ".yaml");
            Files.writeString(crd, Files.readString(crd).replace("name: Endpoint", "name: Where"));
            upgrade(yesterday);
            assertThat(columns(client)).contains("Where").doesNotContain("Endpoint");
        } finally {
            upgrade(CHART);
        }
        assertThat(columns(client)).isEqualTo(newest).contains("Endpoint");
        installation.awaitReady();
        assertThat(flows.pod("through").getMetadata().getUid()).isEqualTo(pod);
        assertThat(flows.restarts("through")).isZero();
        flows.delete("through");
    }

    /** Every name of the documents' table is really exposed; dashboards and alerts hang on them. */
    @Test
    void theOperatorExposesWhatIsDocumented(Flows flows, Cluster cluster, Installation installation) throws Exception {
        flows.apply(Documents.flow("counted", "{profile: Main, paths: [{name: a, listen: {}}]}", "{type: NodePort}", Documents.udp("out", "192.0.2.9", 5000)));
        flows.awaitReady("counted", Duration.ofSeconds(30));
        String exposed = metrics(cluster, installation.pod().getStatus().getPodIP());
        String document = Files.readString(Installation.root().resolve("docs/operations.md"));
        List<String> names = java.util.regex.Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (?:counter|gauge|histogram|summary) \\|").matcher(document).results().map(row -> row.group(1)).toList();
        assertThat(names).hasSizeGreaterThan(10);
        // what counts failures and pauses is there from the first of them on
        List<String> later = List.of("reconciliations_failure_total", "reconciliations_retries_total", "jvm_gc_pause_seconds");
        assertThat(names.stream().filter(name -> !later.contains(name))).allSatisfy(name -> assertThat(exposed).containsPattern("(?m)^" + name + "(_count)?(\\{| )"));
        flows.delete("counted");
    }

    private static InstallCommand install(Installation installation, String namespace) {
        String image = installation.deployment().get().getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
        int tag = image.lastIndexOf(':');
        return new Helm(CHART).install().withName(RELEASE).withNamespace(namespace).withKubeConfig(Cluster.kubeconfig())
                .set("watchNamespaces[0]", namespace).set("crds.install", false).set("portPools.default", "32100-32199")
                .set("image.operator.repository", image.substring(0, tag)).set("image.operator.tag", image.substring(tag + 1));
    }

    private static void upgrade(Path chart) {
        new Helm(chart).upgrade().withName(Installation.RELEASE).withNamespace(Installation.NAMESPACE).withKubeConfig(Cluster.kubeconfig()).reuseValues().waitReady().call();
    }

    private static String columns(KubernetesClient client) {
        CustomResourceDefinition crd = client.apiextensions().v1().customResourceDefinitions().withName(CRD).get();
        return crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream().map(column -> column.getName()).toList().toString();
    }

    /** All that bears the release's label, wherever; pods on their way out count. */
    private static Map<String, String> ours(KubernetesClient client, String namespace) {
        Map<String, String> found = new TreeMap<>();
        for (String kind : List.of("v1/ServiceAccount", "v1/Service", "v1/ConfigMap", "v1/Pod", "v1/Secret", "apps/v1/Deployment", "apps/v1/ReplicaSet", "policy/v1beta1/PodDisruptionBudget",
                "rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/RoleBinding", "rbac.authorization.k8s.io/v1/ClusterRole", "rbac.authorization.k8s.io/v1/ClusterRoleBinding")) {
            int slash = kind.lastIndexOf('/');
            for (GenericKubernetesResource object : client.genericKubernetesResources(kind.substring(0, slash), kind.substring(slash + 1)).inAnyNamespace().withLabel("app.kubernetes.io/instance", RELEASE).list().getItems()) {
                found.put(object.getKind() + "/" + object.getMetadata().getName(), namespace);
            }
        }
        return found;
    }

    private static String metric(Cluster cluster, String namespace, String name) {
        String address = cluster.client().pods().inNamespace(namespace).withLabel("app.kubernetes.io/instance", RELEASE).list().getItems().getFirst().getStatus().getPodIP();
        return metrics(cluster, address).lines().filter(line -> line.startsWith(name + " ")).map(line -> line.substring(name.length() + 1)).findFirst().orElse("");
    }

    /** This machine is the node: pods' addresses are reached from it. */
    private static String metrics(Cluster cluster, String address) {
        return Cluster.run(null, List.of("curl", "-sf", "http://" + address + ":8080/metrics"));
    }

    private static Path copy(Path folder) throws IOException {
        Path copy = folder.resolve("ristflow");
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.toList()) Files.copy(file, copy.resolve(CHART.relativize(file).toString()));
        }
        return copy;
    }
}
