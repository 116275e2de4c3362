package io.ristflow.operator.reconcile;

import static io.ristflow.operator.TestFlows.listener;
import static io.ristflow.operator.TestFlows.media;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.render.PodTemplate;
import io.ristflow.operator.status.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final Instant NOW = Instant.parse("2026-11-23T19:00:00Z");
    private static final RistFlow FLOW = listener("f", "Main", "port: 5000", "exposure: {type: HostPort}\n");

    private static PodTemplate template(RistFlow flow, Set<String> secrets, String restart) {
        return new PodTemplate(flow, media(), FlowPorts.NONE, secrets, restart);
    }

    private static Workload workload(PodTemplate template) {
        return new Workload("StatefulSet", null, template.spec(), null);
    }

    private static Pod pod(String uid, Workload of) {
        return new PodBuilder().withNewMetadata().withUid(uid).addToAnnotations(Annotations.TEMPLATE, of.template().getMetadata().getAnnotations().get(Annotations.TEMPLATE)).endMetadata().build();
    }

    private static PodReport report(String uid, long generation, String... restartNeeded) {
        return new PodReport("p", uid, true, null, new PodReport.Document(generation, restartNeeded.length == 0 ? "InForce" : "RestartNeeded", List.of(restartNeeded), ""));
    }

    @Test
    void aFieldThatNoRunningFlowCanChangeMakesANewPod() {
        Workload live = workload(template(FLOW, Set.of(), null));
        assertThat(Rollout.restart(live, List.of(pod("u", live)), List.of(report("u", 7, "inputs[0].rist.profile")), 7, NOW).mark()).isEqualTo("7");
        assertThat(Rollout.restart(live, List.of(pod("u", live)), List.of(report("u", 7, "inputs[0].rist.profile")), 7, NOW).fields()).containsExactly("inputs[0].rist.profile");
    }

    @Test
    void whatIsInForceMakesNone() {
        Workload live = workload(template(FLOW, Set.of(), null));
        assertThat(Rollout.restart(live, List.of(pod("u", live)), List.of(report("u", 7)), 7, NOW).mark()).isNull();
        assertThat(Rollout.restart(null, List.of(), List.of(), 1, NOW).mark()).isNull();
    }

    @Test
    void aReportOfAnOlderGenerationIsNoReasonForTheNewOne() {
        Workload live = workload(template(FLOW, Set.of(), null));
        assertThat(Rollout.restart(live, List.of(pod("u", live)), List.of(report("u", 6, "inputs[0].rist.profile")), 7, NOW).mark()).isNull();
    }

    @Test
    void aPodThatIsAboutToGoAsksForNothing() {
        Workload before = workload(template(FLOW, Set.of(), null));
        Workload live = workload(template(FLOW, Set.of(), "7"));
        assertThat(Rollout.restart(live, List.of(pod("old", before)), List.of(report("old", 8, "inputs[0].rist.profile")), 8, NOW).mark()).as("one new pod, not two").isEqualTo("7");
        assertThat(Rollout.restart(live, List.of(), List.of(report("gone", 8, "x")), 8, NOW).mark()).isEqualTo("7");
    }

    @Test
    void whatRestartedOnceStaysInThePod() {
        Workload live = workload(template(FLOW, Set.of(), "7"));
        assertThat(Rollout.restart(live, List.of(pod("u", live)), List.of(report("u", 9)), 9, NOW).mark()).isEqualTo("7");
    }

    @Test
    void oneGenerationMayNeedMoreThanOneNewPod() {
        Workload once = workload(template(FLOW, Set.of(), "7"));
        assertThat(Rollout.restart(once, List.of(pod("u", once)), List.of(report("u", 7, "a Secret that is read at the start")), 7, NOW).mark()).isEqualTo("7-2");
        Workload twice = workload(template(FLOW, Set.of(), "7-2"));
        assertThat(Rollout.restart(twice, List.of(pod("u", twice)), List.of(report("u", 7, "a Secret that is read at the start")), 7, NOW).mark()).isEqualTo("7-3");
        assertThat(Rollout.restart(twice, List.of(pod("u", twice)), List.of(report("u", 77, "x")), 77, NOW).mark()).isEqualTo("77");
    }

    @Test
    void aPodThatWasMadeForItAndSaysTheSameIsMadeAnewEverMoreSeldom() {
        long[][] markAndPauseSeconds = {{1, 10}, {2, 20}, {3, 40}, {6, 320}, {7, 600}, {50, 600}};
        for (long[] each : markAndPauseSeconds) {
            Workload live = workload(template(FLOW, Set.of(), each[0] == 1 ? "7" : "7-" + each[0]));
            for (long early : List.of(1L, 0L)) {
                Pod pod = new PodBuilder(pod("u", live)).editMetadata().withCreationTimestamp(NOW.minusSeconds(each[1] - early).toString()).endMetadata().build();
                Rollout.Restart restart = Rollout.restart(live, List.of(pod), List.of(report("u", 7, "x")), 7, NOW);
                assertThat(restart.waitMs()).isEqualTo(early * 1_000);
                assertThat(restart.mark()).isEqualTo(early == 0 ? "7-" + (each[0] + 1) : each[0] == 1 ? "7" : "7-" + each[0]);
                assertThat(restart.fields()).containsExactly("x");
                assertThat(Rollout.restart(live, List.of(pod), List.of(report("u", 8, "x")), 8, NOW).mark()).as("another generation does not wait").isEqualTo("8");
            }
        }
    }

    @Test
    void aSecretThatIsNeededNoMoreStaysMountedUntilThereIsANewPodAnyway() {
        Workload live = workload(template(FLOW, Set.of("a", "b"), null));
        assertThat(Rollout.secrets(Set.of("a"), live, names -> template(FLOW, names, null))).containsExactlyInAnyOrder("a", "b");
        assertThat(Rollout.secrets(Set.of(), live, names -> template(FLOW, names, null))).containsExactlyInAnyOrder("a", "b");
        assertThat(Rollout.secrets(Set.of("a"), live, names -> template(FLOW, names, "8"))).as("a new pod comes for another reason").containsExactly("a");
    }

    @Test
    void aSecretThatIsNeededIsMounted() {
        Workload live = workload(template(FLOW, Set.of("a"), null));
        assertThat(Rollout.secrets(Set.of("a", "c"), live, names -> template(FLOW, names, null))).containsExactlyInAnyOrder("a", "c");
        assertThat(Rollout.secrets(Set.of("a"), null, names -> template(FLOW, names, null))).containsExactly("a");
    }

    @Test
    void aChangeOfThePodIsToldInTheWordsOfTheSpec() {
        var live = template(FLOW, Set.of(), null).spec();
        assertThat(Rollout.changes(live, template(FLOW, Set.of(), null).spec())).isEmpty();
        assertThat(Rollout.changes(live, template(FLOW, Set.of("key"), null).spec())).containsExactly("the Secrets that are mounted");
        assertThat(Rollout.changes(live, template(listener("f", "Main", "port: 5000", "exposure: {type: HostPort}\npod: {nodeSelector: {a: b}}\nmaintenance: {drainSeconds: 1}\n"), Set.of(), null).spec()))
                .containsExactly("maintenance.drainSeconds", "pod.nodeSelector");
        assertThat(Rollout.changes(live, template(listener("f", "Main", "port: 5000", "exposure: {type: HostPort}\npod: {annotations: {a: b}}\n"), Set.of(), null).spec())).containsExactly("settings of the pod");
    }
}
