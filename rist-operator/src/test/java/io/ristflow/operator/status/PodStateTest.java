package io.ristflow.operator.status;

import static io.ristflow.operator.status.Facts.brief;
import static io.ristflow.operator.status.Facts.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.Pods;
import io.ristflow.operator.pods.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why a pod is not ready, as Ready tells it. */
class PodStateTest {
    private static RistFlowStatus with(Pod pod) {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.pods.set(0, pod);
        return facts.next();
    }

    private static Pod container(ContainerState now, ContainerState last, int restarts) {
        Pod pod = Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, restarts, false);
        return new PodBuilder(pod).editStatus().editFirstContainerStatus().withState(now).withLastState(last).endContainerStatus().endStatus().build();
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting().withReason(reason).withMessage(message).endWaiting().build();
    }

    private static ContainerState ended(int exit, String reason, String message) {
        return new ContainerStateBuilder().withNewTerminated().withExitCode(exit).withReason(reason).withMessage(message).endTerminated().build();
    }

    private static ContainerState up() {
        return new ContainerStateBuilder().withNewRunning().endRunning().build();
    }

    @Test
    void anImageThatCannotBePulledHasOneReasonThroughAllTries() {
        RistFlowStatus first = with(container(waiting("ErrImagePull", "not found"), null, 0));
        RistFlowStatus then = with(container(waiting("ImagePullBackOff", "Back-off pulling image"), null, 0));
        assertThat(brief(first, "Ready")).isEqualTo("False ImagePullBackOff");
        assertThat(then).isEqualTo(first);
        assertThat(condition(first, "Ready").message()).contains("image media:1 cannot be pulled");
        assertThat(first.phase()).isEqualTo("Starting");
    }

    @Test
    void aRefusedDocumentIsToldInTheServicesLastWordsWhetherTheContainerIsDownOrTriesAgain() {
        ContainerState refused = ended(2, "Error", "rist: inputs[0].rist.recovery.bufferMs 5 is not in 10..60000\n");
        RistFlowStatus down = with(container(refused, null, 0));
        assertThat(brief(down, "Ready")).isEqualTo("False DocumentRefused");
        assertThat(brief(down, "Programmed")).isEqualTo("False DocumentRefused");
        assertThat(condition(down, "Ready").message()).isEqualTo("the service refuses its document: inputs[0].rist.recovery.bufferMs 5 is not in 10..60000");
        assertThat(down.phase()).isEqualTo("Refused");
        assertThat(with(container(waiting("CrashLoopBackOff", "back-off 10s restarting"), refused, 1))).isEqualTo(down);
        assertThat(with(container(up(), refused, 2))).isEqualTo(down);
    }

    @Test
    void aProcessThatWasKilledIsStartedAgain() {
        RistFlowStatus status = with(container(up(), ended(137, "Error", null), 1));
        assertThat(brief(status, "Ready")).isEqualTo("False Restarting");
        assertThat(condition(status, "Ready").message()).isEqualTo("the media process ended with exit status 137 (signal 9) and is started again");
    }

    @Test
    void theEndOfALogIsNobodysLastWords() {
        RistFlowStatus status = with(container(up(), ended(137, "Error", "\"one\",\"endpoint\":\"main\"}}\n{\"timestamp\":\"2026-11-23T17:22:08Z\"}\n"), 1));
        assertThat(condition(status, "Ready").message()).isEqualTo("the media process ended with exit status 137 (signal 9) and is started again");
        RistFlowStatus spoke = with(container(up(), ended(1, "Error", "{\"timestamp\":\"2026-11-23T17:22:08Z\"}\nrist: port 5000 is in use\n"), 1));
        assertThat(condition(spoke, "Ready").message()).isEqualTo("the media process ended with exit status 1 and is started again: port 5000 is in use");
    }

    @Test
    void aProcessThatEndsAgainAndAgainLoopsWhetherItIsUpOrDown() {
        RistFlowStatus down = with(container(waiting("CrashLoopBackOff", "back-off 20s"), ended(1, "Error", "rist: no memory"), 3));
        assertThat(brief(down, "Ready")).isEqualTo("False CrashLoopBackOff");
        assertThat(with(container(up(), ended(1, "Error", "rist: no memory"), 3))).isEqualTo(down);
    }

    @Test
    void aProcessThatWasReadyAgainAfterACrashIsReady() {
        Pod pod = Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, 1, true);
        Facts facts = Facts.of(Facts.LISTENER).says(Told.waiting());
        facts.pods.set(0, new PodBuilder(pod).editStatus().editFirstContainerStatus().withLastState(ended(137, "Error", null)).endContainerStatus()
                .endStatus().build());
        assertThat(brief(facts.next(), "Ready")).isEqualTo("True SocketsBound");
    }

    @Test
    void tooMuchMemoryIsToldWithTheFieldToRaise() {
        RistFlowStatus status = with(container(waiting("CrashLoopBackOff", ""), ended(137, "OOMKilled", null), 2));
        assertThat(brief(status, "Ready")).isEqualTo("False OutOfMemory");
        assertThat(condition(status, "Ready").message()).contains("pod.resources.limits.memory");
    }

    @Test
    void aPodThatNoNodeTakesIsUnschedulable() {
        Pod pod = new PodBuilder(Pods.running(Told.POD, Told.UID, null, 8080, 0, false))
                .editStatus().withContainerStatuses().withConditions().addNewCondition().withType("PodScheduled").withStatus("False")
                        .withReason("Unschedulable").withMessage("0/1 nodes are available: 1 Insufficient cpu.").endCondition().endStatus().build();
        RistFlowStatus status = with(pod);
        assertThat(brief(status, "Ready")).isEqualTo("False Unschedulable");
        assertThat(condition(status, "Ready").message()).endsWith("1 Insufficient cpu.");
    }

    @Test
    void aPodThatTheClusterRefusesIsRejected() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.pods.clear();
        Deployment deployment = new DeploymentBuilder().withNewStatus().addNewCondition().withType("ReplicaFailure").withStatus("True")
                .withMessage("exceeded quota: pods").endCondition().endStatus().build();
        StatefulSet set = new StatefulSetBuilder().withNewSpec().endSpec().build();
        for (Workload workload : List.of(Workload.of(deployment), Workload.of(set, "exceeded quota: pods"))) {
            facts.workload = workload;
            RistFlowStatus status = facts.next();
            assertThat(brief(status, "Ready")).isEqualTo("False PodRejected");
            assertThat(condition(status, "Ready").message()).isEqualTo("no pod can be made: exceeded quota: pods");
        }
        facts.workload = Workload.of(set, null);
        assertThat(condition(facts.next(), "Ready").message()).isEqualTo("the StatefulSet has no pod yet");
    }

    @Test
    void aContainerThatCannotBeMadeKeepsKubernetesReason() {
        assertThat(brief(with(container(waiting("CreateContainerConfigError", "secret \"k\" not found"), null, 0)), "Ready"))
                .isEqualTo("False CreateContainerConfigError");
    }

    @Test
    void anEvictedPodSaysSo() {
        Pod pod = new PodBuilder(Pods.running(Told.POD, Told.UID, null, 8080, 0, false)).editStatus().withPhase("Failed").withReason("Evicted")
                .withMessage("The node was low on resource: memory.").withContainerStatuses().endStatus().build();
        assertThat(brief(with(pod), "Ready")).isEqualTo("False Evicted");
    }

    @Test
    void aContainerOnItsWayIsStarting() {
        assertThat(brief(with(container(waiting("ContainerCreating", null), null, 0)), "Ready")).isEqualTo("False Starting");
        assertThat(brief(with(container(up(), null, 0)), "Ready")).isEqualTo("False Starting");
        assertThat(brief(with(new PodBuilder(Pods.running(Told.POD, Told.UID, null, 8080, 0, false)).withStatus(null).build()), "Ready"))
                .isEqualTo("False Starting");
    }

    @Test
    void aPodThatWasReadyAndIsNotAnyMoreIsNotReady() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.waiting());
        facts.next();
        facts.pods.set(0, Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, 0, false));
        assertThat(brief(facts.next(), "Ready")).isEqualTo("False NotReady");
        assertThat(brief(facts.next(), "Ready")).isEqualTo("False NotReady");
    }
}
