package io.ristflow.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.pods.Pods;
import io.ristflow.operator.pods.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPolicyTest {
    private static final String PEER = "198.51.100.9:41210";
    private final Facts facts = Facts.of(Facts.LISTENER);
    private RistFlowStatus before;

    /** Events of the next reconciliation. */
    private List<FlowEvent> events() {
        RistFlowStatus earlier = before;
        before = facts.next();
        return EventPolicy.events(earlier, before);
    }

    private PodReport inputs(PodReport.End... inputs) {
        return Told.report(Told.flow(inputs), facts.flow.getMetadata().getGeneration());
    }

    @Test
    void aFlowThatGetsReadyTellsWherePeersCall() {
        facts.pods.clear();
        assertThat(events()).isEmpty();
        facts.pods.add(Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, 0, false));
        assertThat(events()).as("starting is no news").isEmpty();
        facts.pods.set(0, Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, 0, true));
        facts.says(Told.waiting());
        assertThat(events()).containsExactly(FlowEvent.normal("Ready", "every socket is bound; peers call 203.0.113.7:31000"));
        assertThat(events()).isEmpty();
    }

    @Test
    void aPeerThatConnectsIsNamedWithItsAddressAndUser() {
        facts.says(Told.waiting());
        events();
        facts.says(inputs(Told.input("main", "Receiving", 5_000_000, Told.listener(Told.user("fibre", PEER, "alice")))));
        assertThat(events()).containsExactly(FlowEvent.normal("Connected", "input main, path fibre: " + PEER + ", user alice"));
    }

    @Test
    void aPeerThatGoesIsDisconnectedOneThatPausesIsNot() {
        facts.says(Told.streaming(5_000_000));
        events();
        facts.says(inputs(Told.input("main", "Waiting", 0, Told.listener(new PodReport.Path("fibre", PEER, "SILENT", null, 0, 0, 0L, true, false)))));
        assertThat(events()).isEmpty();
        facts.says(Told.waiting());
        assertThat(events()).containsExactly(FlowEvent.warning("Disconnected", "input main, path fibre: " + PEER));
    }

    @Test
    void aPodThatIsNotReachedHasLostNobody() {
        facts.says(Told.streaming(5_000_000));
        events();
        facts.says(Told.unreachable());
        assertThat(events()).extracting(FlowEvent::reason).containsExactly("PodUnreachable");
    }

    @Test
    void statisticsAreNoEvents() {
        facts.says(Told.streaming(5_000_000));
        events();
        facts.says(Told.streaming(9_000_000));
        assertThat(events()).isEmpty();
    }

    @Test
    void aFaultIsToldWhenItBeginsAndWhenItIsOver() {
        facts.says(Told.waiting());
        events();
        facts.says(inputs(Told.input("main", "Waiting", 0, Told.refusing(new PodReport.Fault("ProfileMismatch", "fibre", "another profile", false, false)))));
        assertThat(events()).containsExactly(FlowEvent.warning("Fault", "ProfileMismatch: input main, path fibre: another profile"));
        assertThat(events()).isEmpty();
        facts.says(Told.waiting());
        assertThat(events()).containsExactly(FlowEvent.normal("FaultCleared", "ProfileMismatch is over"));
    }

    @Test
    void ofSeveralFaultsOnlyWhatIsNewIsTold() {
        PodReport.Fault profile = new PodReport.Fault("ProfileMismatch", "fibre", "another profile", false, false);
        PodReport.Fault size = new PodReport.Fault("AesSizeMismatch", "fibre", "another size", false, false);
        facts.says(inputs(Told.input("main", "Waiting", 0, Told.refusing(profile))));
        events();
        facts.says(inputs(Told.input("main", "Waiting", 0, Told.refusing(profile, size))));
        assertThat(events()).containsExactly(FlowEvent.warning("Fault", "AesSizeMismatch: input main, path fibre: another size"));
        facts.says(inputs(Told.input("main", "Waiting", 0, Told.refusing(profile))));
        assertThat(events()).isEmpty();
    }

    @Test
    void anotherInputThatTakesOverIsASwitch() {
        Facts two = Facts.of(Facts.TWO);
        PodReport.Rist peer = Told.listener(Told.connected("fibre", PEER));
        PodReport.Rist other = Told.listener(Told.connected("lte", "203.0.113.7:50001"));
        RistFlowStatus first = two.says(Told.report(Told.flow(Told.input("main", "Receiving", 5_000_000, peer),
                new PodReport.End("backup", "Receiving", false, 5_000_000, 0.0, other, null)), 1)).next();
        RistFlowStatus second = two.says(Told.report(Told.flow(new PodReport.End("main", "Idle", false, 0, 0.0, peer, null),
                Told.input("backup", "Receiving", 5_000_000, other)), 1)).next();
        assertThat(EventPolicy.events(first, second)).contains(FlowEvent.warning("InputSwitched", "input backup took over from input main"));
    }

    @Test
    void aRefusedSpecIsToldOnceNotPerCondition() {
        facts.violations = List.of("spec.inputPolicy: needs two inputs");
        facts.workload = null;
        facts.pods.clear();
        assertThat(events()).containsExactly(FlowEvent.warning("SpecInvalid", "spec.inputPolicy: needs two inputs"));
    }

    @Test
    void aMissingSecretIsToldOnceNotPerCondition() {
        facts.secretTroubles = List.of(new Trouble(Reasons.SECRET_MISSING, "Secret studio-a-key does not exist"));
        facts.workload = null;
        facts.pods.clear();
        assertThat(events()).containsExactly(FlowEvent.warning("SecretMissing", "Secret studio-a-key does not exist"));
        assertThat(events()).isEmpty();
    }

    @Test
    void aPortConflictIsToldOnce() {
        facts.portTroubles = List.of(new Trouble(Reasons.PORT_CONFLICT, "port 5000 is held by live/studio-b"));
        facts.workload = null;
        facts.pods.clear();
        assertThat(events()).containsExactly(FlowEvent.warning("PortConflict", "port 5000 is held by live/studio-b"));
    }

    @Test
    void aRestartThatIsNeededNamesTheFieldsOnce() {
        facts.says(Told.streaming(5_000_000));
        events();
        facts.flow.getMetadata().setGeneration(2L);
        facts.says(new PodReport(Told.POD, Told.UID, true, Told.streaming(5_000_000).flow(),
                new PodReport.Document(2L, "RestartNeeded", List.of("inputs[0].rist.profile"), "")));
        assertThat(events()).containsExactly(FlowEvent.normal("RestartNeeded", "a new pod takes over, as no running flow can change inputs[0].rist.profile"));
        assertThat(events()).isEmpty();
    }

    @Test
    void aChangeThatTheRunningPodTakesOnIsNoEvent() {
        facts.says(Told.streaming(5_000_000));
        events();
        facts.flow.getMetadata().setGeneration(2L);
        assertThat(events()).isEmpty();
        facts.says(Told.report(Told.streaming(5_000_000).flow(), 2));
        assertThat(events()).isEmpty();
    }
}
