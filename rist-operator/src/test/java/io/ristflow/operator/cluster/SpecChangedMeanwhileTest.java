package io.ristflow.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A spec that is applied while the operator's own status is on its way to the API server is taken on, though nothing else happens that would wake the operator. */
@Tag("cluster")
@OnCluster
class SpecChangedMeanwhileTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aSpecThatCameJustBeforeTheStatusWasWrittenIsTakenOn(Flows flows, Cluster cluster, Installation installation) throws Exception {
        KubernetesClient client = cluster.client();
        installation.down();
        try (ApiRecorder recorder = new ApiRecorder(client.getConfiguration()); LocalOperator operator = new LocalOperator(installation, client, recorder.url())) {
            flows.apply(waitingFor("first"));
            awaitTaken(flows, 1, "first");
            recorder.before("ristflow.io ristflows/status patch", () -> flows.apply(waitingFor("third")));
            flows.apply(waitingFor("second"));
            // No Secret of these is there: no pod is made, none reports, and nothing is looked at again but for a change.
            awaitTaken(flows, 3, "third");
        } finally {
            flows.deleteAll();
            installation.up();
        }
    }

    private static void awaitTaken(Flows flows, long generation, String secret) {
        flows.await("meanwhile", SOON, "misses Secret " + secret, flow -> flow.getStatus() != null && flow.getStatus().observedGeneration() != null && flow.getStatus().observedGeneration() == generation
                && flow.getStatus().conditions().stream().anyMatch(condition -> condition.message() != null && condition.message().contains(secret)));
    }

    private static String waitingFor(String secret) {
        return Documents.flow("meanwhile", "{profile: Main, paths: [{name: a, listen: {}}], encryption: {secretRef: {name: " + secret + ", key: passphrase}, aesBits: 256}}", "{type: NodePort}",
                Documents.udp("one", "192.0.2.9", 5000));
    }
}
