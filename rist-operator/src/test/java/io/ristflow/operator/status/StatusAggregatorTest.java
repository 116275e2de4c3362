package io.ristflow.operator.status;

import static io.ristflow.operator.status.Facts.brief;
import static io.ristflow.operator.status.Facts.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.pods.Pods;
import io.ristflow.operator.pods.Told;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the first moment of a flow to the last: what each condition says, and that it is so. */
class StatusAggregatorTest {
    private static final String PEER = "198.51.100.9:41210";

    @Test
    void aFlowThatStreamsSaysSoInEveryCondition() {
        RistFlowStatus status = Facts.of(Facts.LISTENER).says(Told.streaming(5_003_120)).next();
        assertThat(status.phase()).isEqualTo("Streaming");
        assertThat(status.conditions()).extracting(FlowCondition::type).containsExactly("Accepted", "PortsAllocated", "Programmed", "Ready", "PeerConnected",
                "Receiving", "Degraded");
        assertThat(brief(status, "Accepted")).isEqualTo("True Accepted");
        assertThat(brief(status, "PortsAllocated")).isEqualTo("True Allocated");
        assertThat(brief(status, "Programmed")).isEqualTo("True Programmed");
        assertThat(brief(status, "Ready")).isEqualTo("True SocketsBound");
        assertThat(brief(status, "PeerConnected")).isEqualTo("True Connected");
        assertThat(condition(status, "PeerConnected").message()).isEqualTo("input main, path fibre: " + PEER);
        assertThat(brief(status, "Receiving")).isEqualTo("True MediaArrives");
        assertThat(brief(status, "Degraded")).isEqualTo("False AllWell");
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.conditions()).allSatisfy(c -> assertThat(c.observedGeneration()).isEqualTo(1));
        assertThat(status.pod()).isEqualTo(Told.POD);
        assertThat(status.ports()).hasSize(1);
        assertThat(status.endpoints()).hasSize(1);
    }

    @Test
    void timesStayUntilTheStatusOfTheirConditionChanges() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.waiting());
        facts.next();
        RistFlowStatus status = facts.says(Told.streaming(5_000_000)).next();
        assertThat(condition(status, "Ready").lastTransitionTime()).isEqualTo("2026-11-23T16:00:01Z");
        assertThat(condition(status, "PeerConnected").lastTransitionTime()).isEqualTo("2026-11-23T16:00:02Z");
    }

    @Test
    void aListenerWithoutPeerWaitsAndIsNotDegraded() {
        RistFlowStatus status = Facts.of(Facts.LISTENER).says(Told.waiting()).next();
        assertThat(status.phase()).isEqualTo("Waiting");
        assertThat(brief(status, "Ready")).isEqualTo("True SocketsBound");
        assertThat(brief(status, "PeerConnected")).isEqualTo("False NoPeerYet");
        assertThat(brief(status, "Receiving")).isEqualTo("False NoPeerYet");
        assertThat(brief(status, "Degraded")).isEqualTo("False AllWell");
        assertThat(status.peers()).isZero();
    }

    @Test
    void aPeerThatIsGoneWasThere() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.next();
        PodReport gone = Told.report(Told.flow(Told.input("main", "Waiting", 0, new PodReport.Rist(true, List.of(), List.of(), "said farewell"))), 1);
        assertThat(brief(facts.says(gone).next(), "PeerConnected")).isEqualTo("False PeerGone");
        RistFlowStatus later = facts.next();
        assertThat(brief(later, "PeerConnected")).isEqualTo("False PeerGone");
        assertThat(condition(later, "PeerConnected").message()).isEqualTo("input main: the peer is gone: said farewell");
    }

    @Test
    void aConnectedPeerThatSendsNothingIsNoMedia() {
        PodReport idle = Told.report(Told.flow(Told.input("main", "Idle", 0, Told.listener(Told.connected("fibre", PEER)))), 1);
        RistFlowStatus status = Facts.of(Facts.LISTENER).says(idle).next();
        assertThat(brief(status, "PeerConnected")).isEqualTo("True Connected");
        assertThat(brief(status, "Receiving")).isEqualTo("False NoMedia");
        assertThat(status.phase()).isEqualTo("Waiting");
    }

    // ---- before there is a pod -------------------------------------------------------------------------------------------------------------

    @Test
    void aSpecThatBreaksARuleIsRefusedWithItsField() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.violations = List.of("spec.inputs[0].rist: the Simple profile has no encryption; take profile Main or leave encryption out");
        facts.workload = null;
        facts.pods.clear();
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Accepted")).isEqualTo("False SpecInvalid");
        assertThat(condition(status, "Accepted").message()).startsWith("spec.inputs[0].rist: ");
        assertThat(brief(status, "Ready")).isEqualTo("False SpecInvalid");
        assertThat(status.phase()).isEqualTo("Refused");
    }

    @Test
    void aFlowWhoseNewSpecIsRefusedRunsOnAndIsNotReadyForIt() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.next();
        facts.flow.getMetadata().setGeneration(2L);
        facts.violations = List.of("spec.inputPolicy: needs two inputs");
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Ready")).isEqualTo("False SpecInvalid");
        assertThat(brief(status, "Receiving")).isEqualTo("True MediaArrives");
        facts.violations = List.of();
        facts.says(Told.report(Told.streaming(5_000_000).flow(), 2));
        assertThat(brief(facts.next(), "Ready")).isEqualTo("True SocketsBound");
    }

    @Test
    void aFlowWithoutItsSecretSaysWhichAndIsPending() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.workload = null;
        facts.pods.clear();
        facts.secretTroubles = List.of(new Trouble(Reasons.SECRET_MISSING, "Secret studio-a-key does not exist; create it with the key passphrase"));
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Accepted")).isEqualTo("True Accepted");
        assertThat(brief(status, "Programmed")).isEqualTo("False SecretMissing");
        assertThat(brief(status, "Ready")).isEqualTo("False SecretMissing");
        assertThat(brief(status, "PeerConnected")).isEqualTo("False NotRunning");
        assertThat(status.phase()).isEqualTo("Pending");
    }

    @Test
    void aFlowThatRunsStaysReadyWhenItsSecretGoesAway() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.secretTroubles = List.of(new Trouble(Reasons.SECRET_MISSING, "Secret studio-a-key does not exist"));
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Programmed")).isEqualTo("False SecretMissing");
        assertThat(brief(status, "Ready")).isEqualTo("True SocketsBound");
    }

    @Test
    void aPortConflictIsSaidByTheFlowThatGotNoPortAndByTheOneThatHasIt() {
        Facts loser = Facts.of(Facts.LISTENER);
        loser.workload = null;
        loser.pods.clear();
        loser.ports = List.of();
        loser.portTroubles = List.of(new Trouble(Reasons.PORT_CONFLICT, "input main, path fibre: port 5000 is held by live/studio-b"));
        RistFlowStatus status = loser.next();
        assertThat(brief(status, "PortsAllocated")).isEqualTo("False PortConflict");
        assertThat(brief(status, "Programmed")).isEqualTo("False PortConflict");
        assertThat(status.phase()).isEqualTo("Pending");

        Facts holder = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        holder.portTroubles = List.of(new Trouble(Reasons.PORT_CONFLICT, "input main, path fibre: port 5000 is wanted by live/studio-c as well"));
        assertThat(brief(holder.next(), "PortsAllocated")).isEqualTo("False PortConflict");
        assertThat(brief(holder.next(), "Programmed")).isEqualTo("True Programmed");
        assertThat(brief(holder.next(), "Ready")).isEqualTo("True SocketsBound");
    }

    @Test
    void aLoadBalancerThatDoesNotAnswerIsANote() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.waiting());
        facts.portTroubles = List.of(Trouble.note(Reasons.NO_LOAD_BALANCER, "no load balancer answered in 60 s; endpoints show node address and port"));
        assertThat(brief(facts.next(), "PortsAllocated")).isEqualTo("True NoLoadBalancer");
    }

    @Test
    void aChildThatTheApiServerRefusesIsNotProgrammed() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.childTroubles = List.of(new Trouble(Reasons.CHILD_REFUSED, "Service studio-a: forbidden"));
        assertThat(brief(facts.next(), "Programmed")).isEqualTo("False ChildRefused");
    }

    @Test
    void aFlowWhosePodsAreNotStartedIsProgrammedAllTheSame() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.pods.clear();
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Programmed")).isEqualTo("True Programmed");
        assertThat(brief(status, "Ready")).isEqualTo("False PodPending");
        assertThat(status.phase()).isEqualTo("Starting");
    }

    // ---- documents --------------------------------------------------------------------------------------------------------------------------

    @Test
    void aPodThatRunsAnOlderGenerationIsNotReadyUntilItHasTheNewOne() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.next();
        facts.flow.getMetadata().setGeneration(2L);
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Ready")).isEqualTo("False Updating");
        assertThat(status.phase()).isEqualTo("Streaming");
        facts.says(Told.report(Told.streaming(5_000_000).flow(), 2));
        assertThat(brief(facts.next(), "Ready")).isEqualTo("True SocketsBound");
    }

    @Test
    void aChangeThatNeedsARestartNamesItsFieldsUntilTheNewPodIsReady() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.flow.getMetadata().setGeneration(2L);
        PodReport restart = new PodReport(Told.POD, Told.UID, true, Told.streaming(5_000_000).flow(),
                new PodReport.Document(2L, "RestartNeeded", List.of("inputs[0].rist.profile"), ""));
        RistFlowStatus status = facts.says(restart).next();
        assertThat(brief(status, "Programmed")).isEqualTo("False RestartNeeded");
        assertThat(condition(status, "Programmed").message()).contains("inputs[0].rist.profile");
        assertThat(brief(status, "Ready")).isEqualTo("False RestartNeeded");

        Pod next = newer(Pods.running("studio-a-2", "uid-2", "10.0.0.8", 8080, 0, false));
        facts.pods.add(next);
        assertThat(brief(facts.next(), "Programmed")).as("the new pod is there").isEqualTo("True Programmed");
        facts.pods.set(1, newer(Pods.running("studio-a-2", "uid-2", "10.0.0.8", 8080, 0, true)));
        facts.reports = List.of(restart, new PodReport("studio-a-2", "uid-2", true, Told.waiting().flow(), Told.inForce(2)));
        status = facts.next();
        assertThat(brief(status, "Ready")).isEqualTo("True SocketsBound");
        assertThat(status.pod()).as("the one that has the peer").isEqualTo(Told.POD);
    }

    private static Pod newer(Pod pod) {
        return new PodBuilder(pod).editMetadata().withCreationTimestamp("2026-11-23T16:30:00Z").endMetadata().build();
    }

    @Test
    void aDocumentThatTheServiceRefusesAsItRunsIsRefused() {
        Facts facts = Facts.of(Facts.LISTENER);
        facts.says(new PodReport(Told.POD, Told.UID, true, Told.waiting().flow(),
                new PodReport.Document(1L, "Refused", List.of(), "inputs[0].rist.paths[0].listen.port 0 is not in 1..65535")));
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Programmed")).isEqualTo("False DocumentRefused");
        assertThat(condition(status, "Programmed").message()).endsWith("is not in 1..65535");
        assertThat(status.phase()).isEqualTo("Refused");
    }

    @Test
    void aPodThatDoesNotSayWhichDocumentItRunsIsNotCalledReady() {
        RistFlowStatus status = Facts.of(Facts.LISTENER).says(new PodReport(Told.POD, Told.UID, true, Told.waiting().flow(), null)).next();
        assertThat(brief(status, "Ready")).isEqualTo("False DocumentUnknown");
    }

    // ---- pods that are away ----------------------------------------------------------------------------------------------------------------

    @Test
    void aPodThatIsNotReachedIsUnknownNotGone() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.next();
        RistFlowStatus status = facts.says(Told.unreachable()).next();
        for (String type : List.of("Ready", "PeerConnected", "Receiving", "Degraded")) assertThat(brief(status, type)).isEqualTo("Unknown PodUnreachable");
        assertThat(status.peers()).isNull();
        assertThat(status.bitrateKbps()).isNull();
    }

    @Test
    void anOperatorThatStartedAnewKeepsWhatItKnewUntilThePodHasSpoken() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        RistFlowStatus before = facts.next();
        facts.reports = List.of();
        assertThat(facts.next()).isEqualTo(before);
    }

    @Test
    void anotherPodHasNothingToKeepFromTheLastOne() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.next();
        facts.pods = new ArrayList<>(List.of(newer(Pods.running("studio-a-2", "uid-2", "10.0.0.8", 8080, 0, true))));
        facts.reports = List.of();
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Ready")).isEqualTo("False Starting");
        assertThat(brief(status, "Receiving")).isEqualTo("False NotRunning");
        assertThat(status.peers()).isZero();
    }

    @Test
    void aPodThatDrainsWithItsPeersIsTheOneToLookAt() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.pods.set(0, new PodBuilder(facts.pods.getFirst()).editMetadata().withDeletionTimestamp("2026-11-23T16:31:00Z").endMetadata().build());
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Ready")).isEqualTo("False Draining");
        assertThat(brief(status, "Receiving")).isEqualTo("True MediaArrives");
        assertThat(status.pod()).isEqualTo(Told.POD);
    }

    @Test
    void aFlowThatIsBeingDeletedDrains() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        facts.flow.getMetadata().setDeletionTimestamp("2026-11-23T16:31:00Z");
        assertThat(facts.next().phase()).isEqualTo("Draining");
    }

    @Test
    void aFlowThatFailedInItsPodSaysWhy() {
        PodReport failed = Told.report(new PodReport.Flow("studio-a", "FAILED", "port 5000 is in use", 0, List.of(), List.of(), null), 1);
        Facts facts = Facts.of(Facts.LISTENER).says(failed);
        facts.pods.set(0, Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, 0, false));
        RistFlowStatus status = facts.next();
        assertThat(brief(status, "Ready")).isEqualTo("False FlowFailed");
        assertThat(condition(status, "Ready").message()).isEqualTo("port 5000 is in use");
    }
}
