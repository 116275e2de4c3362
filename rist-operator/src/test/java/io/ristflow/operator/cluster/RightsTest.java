package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The chart's roles are what the operator needs, and no more: the operator runs under the chart's ServiceAccount through a recorder, does all that it can do, and what it asked is compared with
 * src/test/resources/chart/api-calls.txt, which RbacTest holds the roles to.
 */
@Tag("cluster")
@OnCluster
class RightsTest {
    static final Path CALLS = Installation.root().resolve("rist-operator/src/test/resources/chart/api-calls.txt");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String MONITORS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: servicemonitors.monitoring.coreos.com}
            spec:
              group: monitoring.coreos.com
              scope: Namespaced
              names: {kind: ServiceMonitor, plural: servicemonitors}
              versions:
              - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
            """;

    @Test
    void theOperatorAsksForWhatItsRolesGrantAndForNothingElse(Flows flows, Cluster cluster, Installation installation) throws Exception {
        KubernetesClient client = cluster.client();
        boolean monitorsThere = client.apiextensions().v1().customResourceDefinitions().withName("servicemonitors.monitoring.coreos.com").get() != null;
        installation.down();
        try (ApiRecorder recorder = new ApiRecorder(client.getConfiguration())) {
            if (!monitorsThere) client.resource(Serialization.unmarshal(MONITORS, GenericKubernetesResource.class)).create();
            // the lease of the one before: a first start finds none
            client.leases().inNamespace(Installation.NAMESPACE).withName(LocalOperator.ACCOUNT).delete();
            try (LocalOperator operator = new LocalOperator(installation, client, recorder.url())) {
                everythingThatItCanDo(flows, client);
                assertThat(operator.output()).doesNotContainIgnoringCase("forbidden");
            }
            Set<String> asked = new TreeSet<>(recorder.calls());
            asked.removeIf(call -> call.startsWith("authorization.k8s.io selfsubject"));
            assertThat(asked).isEqualTo(listed());
        } finally {
            flows.deleteAll();
            if (!monitorsThere) client.apiextensions().v1().customResourceDefinitions().withName("servicemonitors.monitoring.coreos.com").delete();
            installation.up();
        }
    }

    private static void everythingThatItCanDo(Flows flows, KubernetesClient client) {
        // it begins without its Secret, which comes, goes and comes: the same event twice
        String rist = "{profile: Main, paths: [{name: a, listen: {}}], allowedSources: [192.0.2.0/24], encryption: {secretRef: {name: rights, key: passphrase}, aesBits: 256}}";
        flows.apply(Documents.flow("rights", rist, "{type: NodePort}", output("one")));
        flows.awaitCondition("rights", SOON, "Programmed", ConditionStatus.False, "SecretMissing");
        flows.secret("rights", "passphrase", "correct-horse");
        flows.awaitReady("rights", SOON);
        flows.deleteSecret("rights");
        flows.awaitCondition("rights", SOON, "Programmed", ConditionStatus.False, "SecretMissing");
        flows.secret("rights", "passphrase", "correct-horse");
        flows.awaitCondition("rights", SOON, "Programmed", ConditionStatus.True);
        // what a running pod takes on, and what needs a new one
        flows.apply(Documents.flow("rights", rist, "{type: NodePort}", output("one"), output("two")));
        flows.await("rights", SOON, "told its pod of output two", flow -> flow.getStatus().outputs() != null && flow.getStatus().outputs().size() == 2);
        // a port of the node: a StatefulSet takes over from the Deployment when its pod has ended, and makes another pod when asked for one
        flows.apply(Documents.flow("rights", rist, "{type: HostPort}", output("one")));
        flows.awaitReady("rights", SOON);
        flows.apply(Documents.flow("rights", rist.replace("Main", "Advanced"), "{type: HostPort}", output("one")));
        flows.awaitReady("rights", SOON);
        flows.apply(Documents.flow("rights", rist.replace(", allowedSources: [192.0.2.0/24]", ""), "{type: None}", output("one")));
        await("what is not wanted any more is gone").atMost(SOON).until(() -> client.services().inNamespace(flows.namespace()).withName("rights").get() == null
                && client.network().v1().networkPolicies().inNamespace(flows.namespace()).withName("rights").get() == null);
        // names that others have; a pod is made only when all else stands
        for (String taken : TAKEN) {
            GenericKubernetesResource other = Serialization.unmarshal(taken, GenericKubernetesResource.class);
            client.resource(other).inNamespace(flows.namespace()).create();
        }
        flows.apply(Documents.flow("taken", rist, "{type: NodePort}", output("one")));
        flows.awaitCondition("taken", SOON, "Programmed", ConditionStatus.False, "ChildRefused");
        flows.apply(Documents.flow("taken-pod", rist, "{type: NodePort}", output("one")));
        flows.awaitCondition("taken-pod", SOON, "Programmed", ConditionStatus.False, "ChildRefused");
        flows.apply(Documents.flow("taken-port", rist, "{type: HostPort}", output("one")));
        flows.awaitCondition("taken-port", SOON, "Programmed", ConditionStatus.False, "ChildRefused");
        flows.delete("rights");
        flows.delete("taken");
        flows.delete("taken-pod");
        flows.delete("taken-port");
        await("the flow's objects are gone").atMost(Duration.ofSeconds(60)).until(() -> flows.leftOver("rights").isEmpty());
    }

    private static final List<String> TAKEN = List.of(
            taken("v1", "ConfigMap", "taken", ""),
            taken("v1", "ServiceAccount", "taken", ""),
            taken("v1", "Service", "taken", "spec: {ports: [{port: 1}]}"),
            taken("apps/v1", "Deployment", "taken-pod", "spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: none}]}}}"),
            taken("apps/v1", "StatefulSet", "taken-port", "spec: {replicas: 0, serviceName: none, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: none}]}}}"),
            taken("networking.k8s.io/v1", "NetworkPolicy", "taken", "spec: {podSelector: {matchLabels: {a: b}}}"),
            taken("policy/v1beta1", "PodDisruptionBudget", "taken", "spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}"),
            taken("monitoring.coreos.com/v1", "ServiceMonitor", "taken", "spec: {}"));

    private static String taken(String apiVersion, String kind, String name, String spec) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: " + name + "}\n" + spec;
    }

    private static String output(String name) {
        return Documents.udp(name, "192.0.2.9", 5000);
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(CALLS)) {
            if (line.startsWith("#")) continue;
            String[] cells = line.split("\\|");
            listed.add((cells[1].strip() + " " + cells[2].strip() + " " + cells[3].strip()).strip());
        }
        return listed;
    }
}
