package io.ristflow.operator.cluster;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The operator, installed once a run: the images that {@code src-native/images} assembles, loaded, and the chart, by real Helm. It looks after all namespaces, or after the one that
 * {@code RIST_CLUSTER_NAMESPACE} names, so that a run leaves alone what else a shared cluster holds. At the end the release is uninstalled; the chart leaves the resource's definition.
 */
final class Installation implements AutoCloseable {
    /** Another one for each of those who test on one cluster at the same time. */
    static final String NAMESPACE = Optional.ofNullable(System.getenv("RIST_CLUSTER_NAMESPACE")).orElse("ristflow-test");
    static final String RELEASE = "ristflow";
    private static final String IMAGES = "localhost/ristflow/";

    private final Cluster cluster;

    private Installation(Cluster cluster) {
        this.cluster = cluster;
    }

    static Installation install(Cluster cluster) {
        Path root = root();
        KubernetesClient client = cluster.client();
        Map<String, String> tags = Cluster.run(root, List.of("src-native/images")).lines().map(line -> line.split(" "))
                .peek(image -> loadIfMissing(cluster, IMAGES + image[0] + ":" + image[2], Path.of(image[1])))
                .collect(Collectors.toMap(image -> image[0], image -> image[2]));
        if (client.namespaces().withName(NAMESPACE).get() != null) {
            Helm.uninstall(RELEASE).withNamespace(NAMESPACE).withKubeConfig(Cluster.kubeconfig()).ignoreNotFound().call();
        }
        InstallCommand install = new Helm(root.resolve("helm/ristflow")).install().withName(RELEASE).withNamespace(NAMESPACE).createNamespace().withKubeConfig(Cluster.kubeconfig());
        for (String image : List.of("service", "operator")) {
            install.set("image." + image + ".repository", IMAGES + image).set("image." + image + ".tag", tags.get(image));
        }
        if (Flows.SHARED != null) install.set("watchNamespaces[0]", Flows.SHARED);
        if (belongsToOthers(client)) install.set("crds.install", false);
        install.waitReady().call();
        return new Installation(cluster);
    }

    /** The resource's definition is there already, and not by this release: on a cluster that is used for more than this run. */
    private static boolean belongsToOthers(KubernetesClient client) {
        CustomResourceDefinition there = client.apiextensions().v1().customResourceDefinitions().withName("ristflows.ristflow.io").get();
        if (there == null) return false;
        Map<String, String> annotations = there.getMetadata().getAnnotations();
        return annotations == null || !NAMESPACE.equals(annotations.get("meta.helm.sh/release-namespace"));
    }

    /** The repository, from Maven's folder or the module's. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("src-native")) ? here : here.getParent();
    }

    /** A tag is made of what the image holds, so one that the node has need not be loaded again. */
    private static void loadIfMissing(Cluster cluster, String image, Path folder) {
        boolean there = cluster.client().nodes().list().getItems().stream().flatMap(node -> node.getStatus().getImages().stream()).anyMatch(on -> on.getNames() != null && on.getNames().contains(image));
        if (!there) cluster.load(folder, image);
    }

    RollableScalableResource<Deployment> deployment() {
        return cluster.client().apps().deployments().inNamespace(NAMESPACE).withName("ristflow-operator");
    }

    /** The operator's only pod that is not on its way out. */
    Pod pod() {
        List<Pod> pods = pods();
        if (pods.size() != 1) throw new AssertionError("the operator has " + pods.size() + " pods");
        return pods.getFirst();
    }

    private List<Pod> pods() {
        return cluster.client().pods().inNamespace(NAMESPACE).withLabels(deployment().get().getSpec().getSelector().getMatchLabels()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null).toList();
    }

    /** Takes the operator away; returns when none of its processes runs. */
    void down() {
        ProcessHandle process = cluster.processOf(pod());
        deployment().scale(0);
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Brings it back; returns when it is ready. */
    void up() {
        deployment().scale(1);
        awaitReady();
    }

    void awaitReady() {
        deployment().waitUntilCondition(it -> it != null && it.getStatus() != null && Integer.valueOf(1).equals(it.getStatus().getReadyReplicas()), 60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        KubernetesClient client = cluster.client();
        Helm.uninstall(RELEASE).withNamespace(NAMESPACE).withKubeConfig(Cluster.kubeconfig()).call();
        client.namespaces().withName(NAMESPACE).delete();
        client.namespaces().withLabel(Cluster.TEST_LABEL).delete();
        BooleanSupplier gone = () -> client.namespaces().withLabel(Cluster.TEST_LABEL).list().getItems().isEmpty() && client.namespaces().withName(NAMESPACE).get() == null;
        org.awaitility.Awaitility.await("the tests' namespaces are gone").atMost(90, TimeUnit.SECONDS).until(gone::getAsBoolean);
        cluster.close();
    }
}
