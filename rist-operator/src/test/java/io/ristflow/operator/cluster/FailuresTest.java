package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ristflow.operator.cluster.Contribution.Manners;
import io.ristflow.operator.cluster.Contribution.Profile;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Things break: the media process, its pod, the operator, the API server. The flow is back by itself, or was never away. */
@Tag("cluster")
@OnCluster
class FailuresTest {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);
    private static final Duration OPERATOR_DOWN = Duration.ofSeconds(60);
    private static final String RIST = "{profile: Main, paths: [{name: a, listen: {}}]}";

    /** A flow with media in it. */
    private record Running(Flows flows, String name, StreamCheck check, Contribution contribution) implements AutoCloseable {
        static Running start(Flows flows, String name, String exposure) throws InterruptedException {
            StreamCheck check = new StreamCheck();
            flows.apply(Documents.flow(name, RIST, exposure, Documents.udp("playout", flows.cluster(), check)));
            Endpoint endpoint = flows.awaitReady(name, Duration.ofSeconds(15)).getStatus().endpoints().getFirst();
            Running running = new Running(flows, name, check, new Contribution(endpoint, Manners.of(Profile.MAIN, "")));
            flows.awaitCondition(name, Duration.ofSeconds(15), "Receiving", ConditionStatus.True);
            check.awaitNumber(0, 5_000);
            return running;
        }

        /** Waits for a datagram that is sent after now, and tells how long that took. */
        Duration awaitBack() throws InterruptedException {
            long beganNs = System.nanoTime();
            long cameNs = check.awaitNumber(contribution.source().sent(), 2 * BACK_WITHIN.toMillis());
            return Duration.ofNanos(cameNs - beganNs);
        }

        /** Ends the stream; how many datagrams never came of those from {@code began} on. */
        int lostSince(int began) throws InterruptedException {
            contribution.source().close();
            int sent = contribution.source().sent();
            check.awaitNumber(sent - 1, 5_000);
            return check.lost(began, sent);
        }

        @Override
        public void close() {
            contribution.close();
            check.close();
            flows.delete(name);
        }
    }

    @Test
    void aKilledMediaProcessIsBackSoon(Flows flows) throws InterruptedException {
        for (String exposure : List.of("NodePort", "HostPort")) {
            try (Running running = Running.start(flows, "killed-" + exposure.toLowerCase(java.util.Locale.ROOT), "{type: " + exposure + "}")) {
                Pod pod = flows.pod(running.name());
                assertThat(flows.cluster().processOf(pod).destroyForcibly()).isTrue();
                Duration took = running.awaitBack();
                System.out.println("### kill -9, " + exposure + ": media again after " + took.toMillis() + " ms");
                assertThat(took).as(flows.story(running.name())).isLessThanOrEqualTo(BACK_WITHIN);
                flows.awaitReady(running.name(), BACK_WITHIN);
                assertThat(flows.pod(running.name()).getMetadata().getUid()).as("the pod").isEqualTo(pod.getMetadata().getUid());
            }
        }
    }

    @Test
    void aDeletedPodIsReplacedSoon(Flows flows) throws InterruptedException {
        for (String exposure : List.of("NodePort", "HostPort", "HostNetwork")) {
            try (Running running = Running.start(flows, "replaced-" + exposure.toLowerCase(java.util.Locale.ROOT), "{type: " + exposure + "}")) {
                Pod pod = flows.pod(running.name());
                ProcessHandle process = flows.cluster().processOf(pod);
                long beganNs = System.nanoTime();
                flows.cluster().client().resource(pod).delete();
                process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                running.awaitBack();
                Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
                System.out.println("### pod deleted, " + exposure + ": media again after " + took.toMillis() + " ms");
                assertThat(took).as(flows.story(running.name())).isLessThanOrEqualTo(BACK_WITHIN);
                flows.awaitReady(running.name(), BACK_WITHIN);
                assertThat(flows.pod(running.name()).getMetadata().getUid()).as("the pod").isNotEqualTo(pod.getMetadata().getUid());
            }
        }
    }

    @Test
    void mediaFlowsOnWhileTheOperatorIsDown(Flows flows, Installation installation) throws InterruptedException {
        try (Running running = Running.start(flows, "alone", "{type: NodePort}")) {
            String pod = flows.pod("alone").getMetadata().getUid();
            int began = running.check().highest();
            installation.down();
            TimeUnit.NANOSECONDS.sleep(OPERATOR_DOWN.toNanos());
            installation.up();
            // what was asked for meanwhile is done, what runs is left alone
            flows.awaitCondition("alone", BACK_WITHIN, "Receiving", ConditionStatus.True);
            assertThat(running.lostSince(began)).as(flows.story("alone")).isZero();
            assertThat(flows.pod("alone").getMetadata().getUid()).as("the pod").isEqualTo(pod);
            assertThat(flows.restarts("alone")).as("restarts").isZero();
        }
    }

    @Test
    void mediaFlowsOnWhileTheApiServerRestartsAndTheOperatorGoesOnAfterIt(Flows flows, Cluster cluster) throws InterruptedException {
        try (Running running = Running.start(flows, "without-api", "{type: NodePort}"); StreamCheck added = new StreamCheck()) {
            int began = running.check().highest();
            cluster.stop("kube-apiserver");
            TimeUnit.SECONDS.sleep(5);
            cluster.start("kube-apiserver");
            Awaitility.await("the API server answers").atMost(60, TimeUnit.SECONDS).ignoreExceptionsInstanceOf(KubernetesClientException.class).until(() -> flows.get("without-api") != null);

            flows.apply(Documents.flow("without-api", RIST, "{type: NodePort}", Documents.udp("playout", cluster, running.check()), Documents.udp("added", cluster, added)));
            added.awaitNumber(0, 2 * BACK_WITHIN.toMillis());
            flows.awaitReady("without-api", BACK_WITHIN);
            assertThat(running.lostSince(began)).as(flows.story("without-api")).isZero();
        }
    }

    @Test
    void nothingIsLeftOfADeletedFlow(Flows flows) {
        flows.secret("its-key", "passphrase", "correct-horse");
        for (String exposure : List.of("NodePort", "HostPort")) {
            flows.apply(Documents.flow("goes", RIST.replace("}]}", "}], encryption: {secretRef: {name: its-key}}}"), "{type: " + exposure + "}", Documents.udp("out", "192.0.2.9", 5000)));
            flows.awaitReady("goes", Duration.ofSeconds(15));
            List<String> made = exposure.equals("NodePort") ? List.of("Deployment/", "ReplicaSet/", "Service/") : List.of("StatefulSet/");
            for (String kind : made) assertThat(flows.leftOver("goes")).as("what a flow is made of").anyMatch(object -> object.startsWith(kind));
            assertThat(flows.leftOver("goes")).as("what a flow is made of").anyMatch(object -> object.startsWith("ConfigMap/")).anyMatch(object -> object.startsWith("Pod/"));

            flows.delete("goes");
            Awaitility.await("nothing is left").atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(flows.leftOver("goes")).isEmpty());
            assertThat(flows.get("goes")).isNull();
        }
    }
}
