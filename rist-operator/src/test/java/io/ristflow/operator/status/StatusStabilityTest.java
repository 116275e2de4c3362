package io.ristflow.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.pods.Pods;
import io.ristflow.operator.pods.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lives of flows, drawn at random: whatever comes after whatever, nothing is written while nothing changes, and no condition claims what was not seen. */
class StatusStabilityTest {
    private static final List<String> SPECS = List.of(Facts.LISTENER, Facts.BOND, Facts.TWO, Facts.CALLER, Facts.LOGIN);
    private static final List<String> PODS = List.of("studio-a-1", "studio-a-2");
    private static final List<String> PEERS = List.of("198.51.100.9:41210", "198.51.100.9:41211", "203.0.113.7:50001");
    private static final List<String> FAULTS = List.of("AuthFailed", "AesSizeMismatch", "PassphraseMismatch", "NoAnswer", "SessionTimeout", "Malformed",
            "Brandnew");

    @Test
    void nothingIsWrittenWhileNothingChangesAndNothingIsClaimedThatWasNotSeen() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Facts facts = Facts.of(SPECS.get(random.nextInt(SPECS.size())));
            for (int step = 0; step < 12; step++) {
                change(random, facts);
                String at = "seed " + seed + ", step " + step;
                RistFlowStatus status = facts.next();
                assertThat(facts.next()).as("%s: the same facts once more", at).isEqualTo(status);
                assertThat(Serialization.unmarshal(Serialization.asJson(status), RistFlowStatus.class)).as("%s: through the API server and back", at)
                        .isEqualTo(status);
                assertThat(EventPolicy.events(status, facts.flow.getStatus())).as(at).isEmpty();
                wellFormed(at, status);
                truthful(at, facts, status);
            }
        }
    }

    private static void wellFormed(String at, RistFlowStatus status) {
        assertThat(status.conditions()).as(at).extracting(FlowCondition::type).doesNotHaveDuplicates().isSubsetOf(Conditions.ORDER);
        assertThat(status.conditions()).as(at).allSatisfy(c -> {
            assertThat(c.reason()).matches("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$").hasSizeLessThan(64);
            assertThat(c.message()).isNotBlank().doesNotContain("\n", "null");
        });
        assertThat(Phase.valueOf(status.phase())).as(at).isNotNull();
    }

    private static void truthful(String at, Facts facts, RistFlowStatus status) {
        boolean everyReadyPodSpoke = facts.pods.stream().map(PodState::of).filter(PodState::ready)
                .allMatch(p -> facts.reports.stream().anyMatch(r -> r.uid().equals(p.pod().getMetadata().getUid())));
        if (!everyReadyPodSpoke) return;
        if (Facts.isTrue(status, Conditions.READY)) {
            long generation = facts.flow.getMetadata().getGeneration();
            assertThat(facts.reports).as(at).anyMatch(r -> r.reachable() && r.document() != null && r.document().generation() >= generation
                    && !r.document().refused());
            assertThat(facts.violations).as(at).isEmpty();
        }
        if (Facts.isTrue(status, Conditions.PEER_CONNECTED)) assertThat(facts.reports.stream().filter(r -> r.flow() != null).flatMap(r -> ends(r.flow()))
                .filter(e -> e.rist() != null)).as(at).anyMatch(e -> e.rist().paths().stream().anyMatch(PodReport.Path::connected));
        if (Facts.isTrue(status, Conditions.RECEIVING)) assertThat(facts.reports).as(at).anyMatch(r -> r.flow() != null
                && r.flow().inputs().stream().anyMatch(e -> e.active() && e.state().equals("Receiving")));
    }

    private static Stream<PodReport.End> ends(PodReport.Flow flow) {
        return Stream.concat(flow.inputs().stream(), flow.outputs().stream());
    }

    // ---- what may happen --------------------------------------------------------------------------------------------------------------------

    private static void change(Random random, Facts facts) {
        switch (random.nextInt(8)) {
            case 0 -> facts.flow.getMetadata().setGeneration(facts.flow.getMetadata().getGeneration() + 1);
            case 1 -> facts.violations = random.nextInt(3) > 0 ? List.of() : List.of("spec.inputs: too many");
            case 2 -> facts.secretTroubles = random.nextInt(3) > 0 ? List.of() : List.of(new Trouble(Reasons.SECRET_MISSING, "Secret k does not exist"));
            case 3 -> facts.portTroubles = random.nextBoolean() ? List.of()
                    : List.of(new Trouble(Reasons.PORT_CONFLICT, "port 5000 is held by x/y", random.nextBoolean()));
            case 4 -> facts.workload = random.nextInt(4) == 0 ? null : new Workload(random.nextBoolean() ? "Deployment" : "StatefulSet", null, null, random.nextInt(4) == 0 ? "exceeded quota" : null);
            default -> pods(random, facts);
        }
    }

    private static void pods(Random random, Facts facts) {
        facts.pods = new ArrayList<>();
        facts.reports = new ArrayList<>();
        for (String name : PODS) {
            if (random.nextInt(3) == 0) continue;
            Pod pod = Pods.running(name, "uid-" + name, "10.0.0.7", 8080, random.nextInt(4), random.nextInt(4) > 0);
            if (random.nextInt(6) == 0) pod = new PodBuilder(pod).editMetadata().withDeletionTimestamp("2026-11-23T16:31:00Z").endMetadata().build();
            if (random.nextInt(10) == 0) pod = new PodBuilder(pod).editStatus().withPhase("Failed").withReason("Evicted").endStatus().build();
            facts.pods.add(pod);
            switch (random.nextInt(6)) {
                case 0 -> {}
                case 1 -> facts.reports.add(new PodReport(name, "uid-" + name, false, null, null));
                default -> facts.reports.add(new PodReport(name, "uid-" + name, true, random.nextInt(8) == 0 ? null
                        : flow(random, facts), document(random, facts)));
            }
        }
    }

    private static PodReport.Document document(Random random, Facts facts) {
        long generation = Math.max(1, facts.flow.getMetadata().getGeneration() - random.nextInt(2));
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> new PodReport.Document(generation, "Refused", List.of(), "port 0 is not in 1..65535");
            case 2 -> new PodReport.Document(generation, "RestartNeeded", List.of("inputs[0].rist.profile"), "");
            default -> Told.inForce(generation);
        };
    }

    private static PodReport.Flow flow(Random random, Facts facts) {
        SpecView spec = SpecView.of(facts.flow.getSpec());
        return new PodReport.Flow(
                "studio-a", random.nextInt(12) == 0 ? "FAILED" : "RUNNING", null, random.nextInt(10_000_000),
                spec.inputs().stream().map(e -> end(random, e)).toList(), spec.outputs().stream().map(e -> end(random, e)).toList(), null);
    }

    private static PodReport.End end(Random random, SpecView.End end) {
        List<String> states = end.input() ? List.of("Waiting", "Idle", "Receiving", "Receiving", "Failed") : List.of("Waiting", "Idle", "Sending", "Failed");
        PodReport.Rist rist = null;
        if (end.rist()) {
            List<PodReport.Path> paths = new ArrayList<>();
            end.paths().forEach(path -> {
                for (String peer : PEERS) if (random.nextInt(4) == 0) paths.add(path(random, path.name(), peer));
            });
            List<PodReport.Fault> faults = new ArrayList<>();
            for (String fault : FAULTS) if (random.nextInt(6) == 0) faults.add(new PodReport.Fault(fault, random.nextBoolean() ? null
                    : end.paths().getFirst().name(), "what is wrong", random.nextInt(4) == 0, random.nextBoolean()));
            rist = new PodReport.Rist(end.listens(), paths, faults, random.nextBoolean() ? null : "said farewell");
        }
        return new PodReport.End(end.name(), states.get(random.nextInt(states.size())), random.nextInt(3) > 0, random.nextInt(10_000_000),
                random.nextBoolean() ? null : random.nextDouble(), rist, random.nextInt(10) == 0 ? "failed: no route" : null);
    }

    private static PodReport.Path path(Random random, String leg, String peer) {
        String state = List.of("CONNECTED", "CONNECTED", "SILENT", "HANDSHAKE").get(random.nextInt(4));
        return new PodReport.Path(leg, peer, state, random.nextBoolean() ? null : "alice", random.nextDouble() * 100, random.nextInt(10_000_000),
                (long) random.nextInt(100_000), random.nextInt(4) == 0, random.nextInt(4) == 0);
    }
}
