package io.ristflow.operator.ports;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.ports.PortNeed.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortLedgerTest {
    private static final String NODE_PORT = "exposure: {type: NodePort}\n";
    private static final String HOST_PORT = "exposure: {type: HostPort}\n";

    private PortLedger ledger = ledger("31000-31009");
    private long nowMs = 1_000_000;

    private static PortLedger ledger(String defaultPool) {
        return new PortLedger(PortPools.of(Map.of("default", defaultPool, "low", "5000-5009"), "30000-32767"));
    }

    private PortOutcome claim(RistFlow flow) {
        return ledger.claim(FlowRef.of(flow), PortNeeds.of(flow.getSpec()), PortNeeds.pool(flow.getSpec()), PortNeeds.nodes(flow.getSpec()), nowMs);
    }

    private PortGrant only(RistFlow flow) {
        PortOutcome outcome = claim(flow);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.granted()).isTrue();
        return outcome.ports().grants().getFirst();
    }

    // ---- pools ----------------------------------------------------------------------------------------------------------------------------

    @Test
    void aPortOfThePoolIsThePodsAndTheNodes() {
        PortGrant grant = only(listener("a", "Main", "", NODE_PORT));
        assertThat(grant.port()).isBetween(31000, 31009);
        assertThat(grant.nodePort()).isEqualTo(grant.port());
        assertThat(ledger.held(new FlowRef("tv", "a")).claims()).containsExactly(new PortClaim("main", "fibre", grant.port(), grant.port(), "default"));
    }

    @Test
    void noTwoFlowsGetOnePort() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 10; i++) ports.add(only(listener("f" + i, "Main", "", i % 2 == 0 ? NODE_PORT : HOST_PORT)).port());
        assertThat(ports).hasSize(10);
    }

    @Test
    void simpleGetsAnEvenPortAndTheOddOneAfterIt() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            int port = only(listener("f" + i, "Simple", "", NODE_PORT)).port();
            assertThat(port).isEven();
            ports.add(port);
            ports.add(port + 1);
        }
        assertThat(ports).hasSize(10);
    }

    @Test
    void aPairNeedsBothPortsToBeFree() {
        only(listener("odd", "Main", "port: 31003", HOST_PORT));
        for (int i = 0; i < 4; i++) assertThat(only(listener("f" + i, "Simple", "", NODE_PORT)).port()).isNotEqualTo(31002);
        assertThat(claim(listener("last", "Simple", "", NODE_PORT)).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(PortOutcome.Kind.EXHAUSTED);
            assertThat(problem.message()).contains("input main, path fibre", "pool default (31000-31009)", "even port");
        });
    }

    @Test
    void anEmptyPoolIsToldAndWhoWaitsIsWokenWhenAPortIsFree() {
        for (int i = 0; i < 10; i++) only(listener("f" + i, "Main", "", NODE_PORT));
        PortOutcome late = claim(listener("late", "Main", "", NODE_PORT));
        assertThat(late.granted()).isFalse();
        assertThat(late.problems()).extracting(PortOutcome.Problem::kind).containsExactly(PortOutcome.Kind.EXHAUSTED);
        assertThat(late.ports()).isEqualTo(FlowPorts.NONE);

        int freed = ledger.held(new FlowRef("tv", "f4")).grants().getFirst().port();
        assertThat(ledger.release(new FlowRef("tv", "f4"))).containsExactly(new FlowRef("tv", "late"));
        assertThat(only(listener("late", "Main", "", NODE_PORT)).port()).isEqualTo(freed);
    }

    @Test
    void aPoolThatIsNotSetIsNamedWithThoseThatAre() {
        PortOutcome outcome = claim(listener("a", "Main", "", "exposure: {type: NodePort, portPool: studio}\n"));
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(PortOutcome.Kind.UNKNOWN_POOL);
            assertThat(problem.message()).contains("spec.exposure.portPool studio", "default, low");
        });
        assertThat(claim(listener("b", "Main", "port: 31000", "exposure: {type: NodePort, portPool: studio}\n")).granted()).isTrue();
    }

    @Test
    void aPoolOutsideTheNodePortsGivesThePodsPortAndTheClusterTheNodes() {
        PortGrant grant = only(listener("a", "Simple", "", "exposure: {type: NodePort, portPool: low}\n"));
        assertThat(grant.port()).isBetween(5000, 5008).isEven();
        assertThat(grant.nodePort()).isBetween(30000, 32766).isEven();
        assertThat(grant.external()).isEqualTo(grant.nodePort());
    }

    @Test
    void aLoadBalancersPeersCallThePodsPort() {
        PortGrant grant = only(listener("a", "Main", "port: 5000", ""));
        assertThat(grant.external()).isEqualTo(5000);
        assertThat(grant.nodePort()).isBetween(31000, 31009);
        assertThat(only(listener("b", "Main", "port: 5000", "")).nodePort()).as("every load balancer has an address of its own").isNotEqualTo(grant.nodePort());
    }

    @Test
    void callersAndFlowsWithoutExposureTakeNothingFromAnybody() {
        for (int i = 0; i < 20; i++) assertThat(only(listener("f" + i, "Main", "", "exposure: {type: None}\n")).port()).isEqualTo(31000);
        assertThat(only(listener("g", "Main", "", HOST_PORT)).port()).isBetween(31000, 31009);
    }

    @Test
    void twoPathsOfOneFlowGetTwoPorts() {
        RistFlow flow = flow("f", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: a, listen: {}}, {name: b, listen: {}}, {name: c, listen: {port: 31000}}]}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                exposure: {type: NodePort}
                """);
        assertThat(claim(flow).ports().grants()).extracting(PortGrant::port).doesNotHaveDuplicates().endsWith(31000);
    }

    // ---- stable ---------------------------------------------------------------------------------------------------------------------------

    @Test
    void aFlowKeepsItsPortWhateverComesAndGoesAroundIt() {
        int port = only(listener("a", "Main", "", NODE_PORT)).port();
        for (int i = 0; i < 9; i++) only(listener("f" + i, "Main", "", NODE_PORT));
        for (int i = 0; i < 9; i += 2) ledger.release(new FlowRef("tv", "f" + i));
        assertThat(only(listener("a", "Main", "", NODE_PORT)).port()).isEqualTo(port);
    }

    @Test
    void aPathThatIsAddedMovesNoOther() {
        int port = only(listener("a", "Main", "", NODE_PORT)).port();
        RistFlow more = flow("a", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: new, listen: {}}, {name: fibre, listen: {}}]}}
                outputs:
                - {name: playout, udp: {host: h, port: 9}}
                exposure: {type: NodePort}
                """);
        assertThat(claim(more).ports().of(Kind.INPUT, "main", "fibre").orElseThrow().port()).isEqualTo(port);
    }

    @Test
    void aFlowThatIsDeletedAndMadeAgainFindsItsPort() {
        int port = only(listener("a", "Main", "", NODE_PORT)).port();
        ledger.release(new FlowRef("tv", "a"));
        assertThat(only(listener("a", "Main", "", NODE_PORT)).port()).isEqualTo(port);
    }

    @Test
    void afterARestartEveryFlowHasWhatItsStatusSays() {
        List<RistFlow> flows = IntStream.range(0, 9).mapToObj(i -> listener("f" + i, i % 3 == 0 ? "Simple" : "Main", "", i % 2 == 0 ? NODE_PORT : HOST_PORT)).toList().subList(0, 5);
        Map<String, FlowPorts> before = new java.util.HashMap<>();
        flows.forEach(flow -> before.put(flow.getMetadata().getName(), claim(flow).ports()));

        ledger = ledger("31000-31009");
        flows.forEach(flow -> restore(flow, before.get(flow.getMetadata().getName()).claims(), Map.of()));
        // In another order than the first time: whoever asks first must not get what another has.
        for (RistFlow flow : flows.reversed()) assertThat(claim(flow).ports()).isEqualTo(before.get(flow.getMetadata().getName()));
    }

    @Test
    void afterARestartALoadBalancersNodePortComesFromItsService() {
        PortGrant before = only(listener("a", "Main", "port: 5000", ""));
        ledger = ledger("31000-31009");
        restore(listener("a", "Main", "port: 5000", ""), List.of(before.claim()), Map.of(5000, before.nodePort()));
        assertThat(only(listener("a", "Main", "port: 5000", ""))).isEqualTo(before);
    }

    @Test
    void aPoolThatWasMadeSmallerTakesNoPortFromAFlow() {
        ledger = ledger("31000-31001");
        restore(listener("a", "Main", "", NODE_PORT), List.of(new PortClaim("main", "fibre", 31500, 31500, "default")), Map.of());
        assertThat(only(listener("a", "Main", "", NODE_PORT)).port()).isEqualTo(31500);
    }

    @Test
    void whatAStatusClaimsTwiceIsTheOlderFlows() {
        List<PortClaim> claims = List.of(new PortClaim("main", "fibre", 31005, 31005, "default"));
        restore(listener("older", "Main", "", NODE_PORT), claims, Map.of());
        restore(listener("newer", "Main", "", NODE_PORT), claims, Map.of());
        assertThat(only(listener("newer", "Main", "", NODE_PORT)).port()).isNotEqualTo(31005);
        assertThat(only(listener("older", "Main", "", NODE_PORT)).port()).isEqualTo(31005);
    }

    @Test
    void aSpecThatChangedWhileTheOperatorWasDownStillHoldsWhatItsPodHas() {
        restore(listener("a", "Main", "port: 31007", HOST_PORT), List.of(new PortClaim("main", "old-path", 31003, 31003, null)), Map.of());
        assertThat(claim(listener("b", "Main", "port: 31003", HOST_PORT)).granted()).isFalse();
        only(listener("a", "Main", "port: 31007", HOST_PORT));
        assertThat(claim(listener("b", "Main", "port: 31003", HOST_PORT)).granted()).isTrue();
    }

    private void restore(RistFlow flow, List<PortClaim> claims, Map<Integer, Integer> nodePorts) {
        ledger.restore(FlowRef.of(flow), PortNeeds.of(flow.getSpec()), PortNeeds.nodes(flow.getSpec()), claims, nodePorts);
    }

    // ---- conflicts ------------------------------------------------------------------------------------------------------------------------

    @Test
    void aPortThatTwoFlowsNameIsToldToBothByName() {
        only(listener("first", "Main", "port: 6000", HOST_PORT));
        PortOutcome second = claim(listener("second", "Main", "port: 6000", HOST_PORT));
        assertThat(second.granted()).isFalse();
        assertThat(second.affected()).containsExactly(new FlowRef("tv", "first"));
        assertThat(second.problems()).singleElement().satisfies(p -> assertThat(p.message()).contains("input main, path fibre", "6000", "tv/first"));

        PortOutcome first = claim(listener("first", "Main", "port: 6000", HOST_PORT));
        assertThat(first.granted()).as("who has it keeps it").isTrue();
        assertThat(first.problems()).singleElement().satisfies(p -> {
            assertThat(p.kind()).isEqualTo(PortOutcome.Kind.CONFLICT);
            assertThat(p.message()).contains("6000", "tv/second", "keeps it");
        });
        assertThat(first.affected()).as("nothing changed by asking again").isEmpty();
    }

    @Test
    void aConflictEndsForBothWhenTheSecondTakesAnotherPort() {
        only(listener("first", "Main", "port: 6000", HOST_PORT));
        claim(listener("second", "Main", "port: 6000", HOST_PORT));
        PortOutcome mended = claim(listener("second", "Main", "port: 6001", HOST_PORT));
        assertThat(mended.granted()).isTrue();
        assertThat(mended.affected()).containsExactly(new FlowRef("tv", "first"));
        assertThat(claim(listener("first", "Main", "port: 6000", HOST_PORT)).problems()).isEmpty();
    }

    @Test
    void aConflictEndsForBothWhenTheFirstTakesAnotherPort() {
        only(listener("first", "Main", "port: 6000", HOST_PORT));
        claim(listener("second", "Main", "port: 6000", HOST_PORT));
        PortOutcome moved = claim(listener("first", "Main", "port: 6002", HOST_PORT));
        assertThat(moved.problems()).isEmpty();
        assertThat(moved.affected()).containsExactly(new FlowRef("tv", "second"));
        assertThat(only(listener("second", "Main", "port: 6000", HOST_PORT)).port()).isEqualTo(6000);
    }

    @Test
    void aConflictEndsWhenEitherFlowIsDeleted() {
        only(listener("first", "Main", "port: 6000", HOST_PORT));
        claim(listener("second", "Main", "port: 6000", HOST_PORT));
        claim(listener("third", "Main", "port: 6000", HOST_PORT));
        assertThat(ledger.release(new FlowRef("tv", "third"))).containsExactly(new FlowRef("tv", "first"));
        assertThat(ledger.release(new FlowRef("tv", "first"))).containsExactly(new FlowRef("tv", "second"));
        assertThat(only(listener("second", "Main", "port: 6000", HOST_PORT)).port()).isEqualTo(6000);
    }

    @Test
    void thePortAfterAnEvenOneConflictsToo() {
        only(listener("pair", "Simple", "port: 6000", HOST_PORT));
        assertThat(claim(listener("odd", "Main", "port: 6001", HOST_PORT)).problems()).singleElement().satisfies(p -> assertThat(p.message()).contains("6001", "tv/pair"));
    }

    @Test
    void aNodePortAndAHostPortAreOneAndTheSameAtTheNode() {
        only(listener("service", "Main", "port: 31005", NODE_PORT));
        assertThat(claim(listener("host", "Main", "port: 31005", HOST_PORT)).granted()).isFalse();
    }

    @Test
    void flowsThatNeverMeetOnANodeMayHaveOnePort() {
        String west = HOST_PORT + "pod: {nodeSelector: {site: west}}\n";
        String east = HOST_PORT + "pod: {nodeSelector: {site: east, disk: fast}}\n";
        String fast = HOST_PORT + "pod: {nodeSelector: {disk: fast}}\n";
        only(listener("west", "Main", "port: 6000", west));
        only(listener("east", "Main", "port: 6000", east));
        assertThat(claim(listener("fast", "Main", "port: 6000", fast)).granted()).as("a fast node may be in the west").isFalse();
    }

    @Test
    void twoThatShareTheNodesNetworkGetHttpPortsOfTheirOwn() {
        String onNode = "exposure: {type: HostNetwork}\n";
        int first = claim(listener("a", "Main", "port: 6000", onNode)).ports().http();
        int second = claim(listener("b", "Main", "port: 6002", onNode)).ports().http();
        assertThat(first).isBetween(31000, 31009).isNotEqualTo(second);
    }

    @Test
    void aFlowInConflictKeepsThePortsThatItsPodHas() {
        only(listener("first", "Main", "port: 6000", HOST_PORT));
        only(listener("second", "Main", "port: 6100", HOST_PORT));
        PortOutcome outcome = claim(listener("second", "Main", "port: 6000", HOST_PORT));
        assertThat(outcome.granted()).isFalse();
        assertThat(outcome.ports().grants()).extracting(PortGrant::port).containsExactly(6100);
        assertThat(claim(listener("third", "Main", "port: 6100", HOST_PORT)).granted()).isFalse();
    }

    // ---- what the API server says ---------------------------------------------------------------------------------------------------------

    @Test
    void aNodePortThatAStrangerHasIsPassedOver() {
        PortGrant refused = only(listener("a", "Simple", "", NODE_PORT));
        ledger.refused(refused.nodePort() + 1, nowMs);
        PortGrant next = only(listener("a", "Simple", "", NODE_PORT));
        assertThat(next.nodePort()).isNotEqualTo(refused.nodePort());
        nowMs += 60_000;
        assertThat(only(listener("a", "Simple", "", NODE_PORT))).isEqualTo(next);
    }

    @Test
    void aNodePortThatTheSpecNamesAndAStrangerHasIsTriedAgainAfterAWhile() {
        only(listener("a", "Main", "port: 31005", NODE_PORT));
        ledger.refused(31005, nowMs);
        PortOutcome refused = claim(listener("a", "Main", "port: 31005", NODE_PORT));
        assertThat(refused.granted()).isFalse();
        assertThat(refused.retry()).isTrue();
        assertThat(refused.problems()).singleElement().satisfies(p -> assertThat(p.message()).contains("31005", "belongs to no RistFlow"));
        nowMs += 5_000;
        assertThat(claim(listener("a", "Main", "port: 31005", NODE_PORT)).granted()).isTrue();
    }

    @Test
    void manyThreadsNeverGetOnePortTwice() throws Exception {
        ledger = ledger("31000-31499");
        List<Callable<PortOutcome>> claims = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RistFlow flow = listener("f" + i, i % 4 == 0 ? "Simple" : "Main", "", NODE_PORT);
            claims.add(() -> claim(flow));
        }
        Set<Integer> ports = new HashSet<>();
        int wanted = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<PortOutcome> outcome : threads.invokeAll(claims)) {
                for (PortGrant grant : outcome.get().ports().grants()) {
                    for (int port = grant.port(); port <= grant.port() + (grant.need().pair() ? 1 : 0); port++, wanted++) ports.add(port);
                }
            }
        }
        assertThat(ports).hasSize(wanted).hasSize(250);
    }
}
