package io.ristflow.operator.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What a user does with RistFlows in a namespace, and sees of them. The namespace is made with it and deleted with it. */
final class Flows implements AutoCloseable {
    static final String FLOW_LABEL = "ristflow.io/flow";
    /** Makes waiting longer by so many times, for work on a machine that has more to do; 1 where it counts. */
    static final int PATIENCE = Integer.getInteger("cluster.patience", 1);

    /** The one namespace of all classes, on a cluster that is used for more than this run; null: each has its own. */
    static final String SHARED = System.getenv("RIST_CLUSTER_NAMESPACE");

    private final Cluster cluster;
    private final KubernetesClient client;
    private final String namespace;

    /** @param testClass name of the class that the namespace is for, such as {@code TimeToReadyTest} */
    Flows(Cluster cluster, String testClass) {
        this.cluster = cluster;
        client = cluster.client();
        namespace = SHARED != null ? SHARED : "rist" + testClass.replaceAll("Test$", "").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (client.namespaces().withName(namespace).get() != null) {
            if (SHARED != null) return;
            // an earlier run was killed
            close();
            client.namespaces().withName(namespace).waitUntilCondition(gone -> gone == null, 60, TimeUnit.SECONDS);
        }
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).addToLabels(Cluster.TEST_LABEL, "true").endMetadata().build()).create();
    }

    String namespace() {
        return namespace;
    }

    Cluster cluster() {
        return cluster;
    }

    /** As {@code kubectl apply --server-side}; returns at once. A manifest that the API server refuses throws. */
    void apply(String yaml) {
        GenericKubernetesResource flow = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        flow.getMetadata().setNamespace(namespace);
        client.resource(flow).inNamespace(namespace).fieldManager("cluster-test").forceConflicts().serverSideApply();
    }

    /** Makes or changes a Secret of one key. */
    void secret(String name, String key, String value) {
        client.resource(new SecretBuilder().withNewMetadata().withName(name).withNamespace(namespace).endMetadata()
                .addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))).build())
                .fieldManager("cluster-test").forceConflicts().serverSideApply();
    }

    void deleteSecret(String name) {
        client.secrets().inNamespace(namespace).withName(name).delete();
    }

    void delete(String name) {
        resources().inNamespace(namespace).withName(name).delete();
    }

    /** Every flow of the namespace; returns when they and their pods are gone. The garbage collector deletes twenty objects a second, and of two hundred flows there are thousands. */
    void deleteAll() {
        resources().inNamespace(namespace).delete();
        Awaitility.await("no flow and no pod is left in " + namespace).atMost(6, TimeUnit.MINUTES).pollInterval(1, TimeUnit.SECONDS)
                .until(() -> all().isEmpty() && client.pods().inNamespace(namespace).withLabel(FLOW_LABEL).list().getItems().isEmpty());
    }

    /**
     * All that is in the namespace, and the namespace itself where it is not shared; returns when no pod is left. The namespace's own end is not waited for: it takes the objects kind by kind, where the
     * garbage collector takes twenty a second.
     */
    void deleteNamespace() {
        resources().inNamespace(namespace).delete();
        close();
        Awaitility.await("no pod is left in " + namespace).atMost(2, TimeUnit.MINUTES).pollInterval(1, TimeUnit.SECONDS)
                .until(() -> client.pods().inNamespace(namespace).withLabel(FLOW_LABEL).list().getItems().isEmpty());
    }

    RistFlow get(String name) {
        return resources().inNamespace(namespace).withName(name).get();
    }

    List<RistFlow> all() {
        return resources().inNamespace(namespace).list().getItems();
    }

    private MixedOperation<RistFlow, KubernetesResourceList<RistFlow>, Resource<RistFlow>> resources() {
        return client.resources(RistFlow.class);
    }

    /** Pods of the flow that are not on their way out. */
    List<Pod> pods(String name) {
        return client.pods().inNamespace(namespace).withLabel(FLOW_LABEL, name).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null).toList();
    }

    /** The flow's only pod. */
    Pod pod(String name) {
        List<Pod> pods = pods(name);
        if (pods.size() != 1) throw new AssertionError("flow " + name + " has " + pods.size() + " pods\n" + story(name));
        return pods.getFirst();
    }

    /** Times that a container of the flow's pod was started anew. */
    int restarts(String name) {
        return pod(name).getStatus().getContainerStatuses().stream().mapToInt(container -> container.getRestartCount()).sum();
    }

    List<Event> events(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream().filter(event -> name.equals(event.getInvolvedObject().getName())).toList();
    }

    // --- waiting ------------------------------------------------------------------------------------------------------------

    /**
     * Watches until the flow is as wanted.
     *
     * @param what the end of the sentence "flow NAME is not …", for the failure
     * @throws AssertionError if it does not become so within the time, with all that is known about the flow
     */
    RistFlow await(String name, Duration atMost, String what, Predicate<RistFlow> wanted) {
        try {
            return resources().inNamespace(namespace).withName(name).waitUntilCondition(flow -> flow != null && wanted.test(flow), atMost.toMillis() * PATIENCE, TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new AssertionError("flow " + name + " is not " + what + " within " + atMost.toMillis() + " ms\n" + story(name), e);
        }
    }

    RistFlow awaitCondition(String name, Duration atMost, String type, ConditionStatus status) {
        return await(name, atMost, type + "=" + status, flow -> condition(flow, type).filter(condition -> condition.status() == status).isPresent());
    }

    /** The condition is as wanted, judged by the flow's current generation. */
    FlowCondition awaitCondition(String name, Duration atMost, String type, ConditionStatus status, String reason) {
        RistFlow flow = await(name, atMost, type + "=" + status + " for " + reason,
                it -> condition(it, type).filter(condition -> condition.status() == status && condition.reason().equals(reason)).isPresent());
        return condition(flow, type).orElseThrow();
    }

    /** Follows what the flow's pod says until it says this. */
    void awaitLog(String name, Duration atMost, String text) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        StringBuilder log = new StringBuilder();
        OutputStream lines = new OutputStream() {
            @Override
            public void write(int oneByte) {
                log.append((char) oneByte);
                if (oneByte == '\n' && log.indexOf(text) >= 0) said.complete(null);
            }
        };
        try (LogWatch watch = client.pods().inNamespace(namespace).withName(pod(name).getMetadata().getName()).watchLog(lines)) {
            said.get(atMost.toMillis() * PATIENCE, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("the pod of flow " + name + " does not say \"" + text + "\" within " + atMost.toMillis() + " ms\n" + story(name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Also until the node's ports lead to the pod. kube-proxy follows by up to a second, and between two of its tables a sender on the node itself slips through to the node's own port; kube-proxy
     * 1.20.2 leaves such a connection as it is for ever (docs/operations.md, and what is tested here is not kube-proxy).
     */
    RistFlow awaitReady(String name, Duration atMost) {
        RistFlow ready = awaitCondition(name, atMost, "Ready", ConditionStatus.True);
        List<String> ports = client.services().inNamespace(namespace).withLabel(FLOW_LABEL, name).list().getItems().stream()
                .flatMap(service -> service.getSpec().getPorts().stream()).filter(port -> port.getNodePort() != null).map(port -> " --dport " + port.getNodePort() + " ").toList();
        Awaitility.await("kube-proxy has rules for" + ports).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(50)).until(() -> ports.isEmpty() || nodePortRules(ports));
        return ready;
    }

    private static boolean nodePortRules(List<String> ports) {
        String rules = Cluster.run(null, List.of("iptables", "-w", "-t", "nat", "-S", "KUBE-NODEPORTS"));
        return ports.stream().allMatch(rules::contains);
    }

    /** Of the flow's current generation; empty if there is none yet. */
    static Optional<FlowCondition> condition(RistFlow flow, String type) {
        RistFlowStatus status = flow.getStatus();
        if (status == null || status.conditions() == null) return Optional.empty();
        long generation = flow.getMetadata().getGeneration();
        return status.conditions().stream().filter(condition -> condition.type().equals(type) && condition.observedGeneration() != null && condition.observedGeneration() == generation).findFirst();
    }

    // --- when something is wrong --------------------------------------------------------------------------------------------

    /** All that is known about a flow, for the message of a failure. */
    String story(String name) {
        StringBuilder story = new StringBuilder();
        RistFlow flow = get(name);
        story.append(flow == null ? "there is no flow " + name : Serialization.asYaml(Map.of("generation", flow.getMetadata().getGeneration(), "status", Optional.ofNullable(flow.getStatus()).map(Object.class::cast).orElse("none"))));
        for (Event event : events(name)) story.append("event ").append(event.getReason()).append(": ").append(event.getMessage()).append('\n');
        for (Pod pod : client.pods().inNamespace(namespace).withLabel(FLOW_LABEL, name).list().getItems()) {
            story.append("--- pod ").append(pod.getMetadata().getName()).append(": ").append(Serialization.asYaml(pod.getStatus())).append(tail(namespace, pod.getMetadata().getName()));
        }
        for (Pod pod : client.pods().inNamespace(Installation.NAMESPACE).list().getItems()) story.append("--- operator\n").append(tail(Installation.NAMESPACE, pod.getMetadata().getName()));
        return story.toString();
    }

    private String tail(String where, String pod) {
        try {
            return client.pods().inNamespace(where).withName(pod).tailingLines(60).getLog();
        } catch (KubernetesClientException e) {
            return "(no log: " + e.getMessage() + ")\n";
        }
    }

    /** Objects left in the namespace that the operator made for the flow; Kubernetes' own traces (events, endpoints) do not count. */
    List<String> leftOver(String name) {
        return KINDS.stream().flatMap(kind -> client.genericKubernetesResources(kind.apiVersion(), kind.name()).inNamespace(namespace).withLabel(FLOW_LABEL, name).list().getItems().stream())
                .map(object -> object.getKind() + "/" + object.getMetadata().getName()).sorted(Comparator.naturalOrder()).toList();
    }

    private record Kind(String apiVersion, String name) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("v1", "ConfigMap"), new Kind("v1", "Service"), new Kind("v1", "ServiceAccount"), new Kind("v1", "Pod"), new Kind("v1", "Secret"), new Kind("apps/v1", "Deployment"),
            new Kind("apps/v1", "ReplicaSet"), new Kind("apps/v1", "StatefulSet"), new Kind("networking.k8s.io/v1", "NetworkPolicy"), new Kind("policy/v1beta1", "PodDisruptionBudget"));

    @Override
    public void close() {
        if (SHARED != null) {
            deleteAll();
            return;
        }
        // Pods relay on for as long as they drain; a test's end need not wait for that.
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
        client.namespaces().withName(namespace).delete();
    }
}
