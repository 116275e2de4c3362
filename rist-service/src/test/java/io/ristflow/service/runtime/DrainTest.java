package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.media.StreamChecker;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An orderly end takes as long as there is something to do, within its limit. */
class DrainTest {
    private static long drainMs(FlowRig rig, String flow) {
        long began = System.nanoTime();
        rig.flows.drain(flow);
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** It outlives the flow. */
    private static StreamChecker checker(FlowRig rig) {
        return rig.flows.ofOutputs("in", outputs -> (StreamChecker) outputs.getFirst()).orElseThrow();
    }

    private static void begin(FlowRig rig, int bufferMs) {
        int port = FlowRig.freePort();
        rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=" + bufferMs, "check:");
        rig.start("out", "test:?mbps=2", "rist://127.0.0.1:" + port + "?buffer=" + bufferMs);
        FlowRig.until("media arrives", 10, () -> rig.heard(SessionEvent.FlowStarted.class, "in"));
    }

    @Test
    void limitCutsThePlayoutShortAndWhatIsHeldComesAtOnce() {
        try (FlowRig rig = new FlowRig()) {
            rig.flows.drainLimit(DrainLimit.ofSeconds(1));
            begin(rig, 4_000);
            StreamChecker checker = checker(rig);
            assertThat(drainMs(rig, "in")).isBetween(900L, 2_500L);
            assertThat(checker.report().clean()).as("%s", checker.report()).isTrue();
        }
    }

    @Test
    void bufferThatIsLongerThanTheDefaultAllowsIsPlayedOutWhereThereIsTime() {
        try (FlowRig rig = new FlowRig()) {
            rig.flows.drainLimit(DrainLimit.ofSeconds(30));
            begin(rig, 5_500);
            StreamChecker checker = checker(rig);
            assertThat(drainMs(rig, "in")).isBetween(5_100L, 8_000L);
            assertThat(checker.report().clean()).as("%s", checker.report()).isTrue();
        }
    }

    @Test
    void whereNothingIsHeldItEndsAtOnce() {
        try (FlowRig rig = new FlowRig()) {
            rig.flows.drainLimit(DrainLimit.ofSeconds(30));
            rig.start("in", "rist://@127.0.0.1:" + FlowRig.freePort() + "?buffer=5000", "rist://127.0.0.1:9?buffer=5000");
            assertThat(drainMs(rig, "in")).isLessThan(1_000);
        }
    }

    @Test
    void processThatEndsIsNotReadyFromThatMomentAndTakesNobodyNew() {
        try (FlowRig rig = new FlowRig()) {
            begin(rig, 1_500);
            int port = FlowRig.freePort();
            rig.flows.addOutput("in", FlowRig.output("served", "rist://@127.0.0.1:" + port));
            assertThat(rig.flows.ending()).isFalse();
            rig.flows.announceEnd();
            assertThat(rig.flows.ending()).isTrue();
            CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> rig.flows.drain("in"));
            FlowRig.until("it drains", 5, () -> rig.snapshot("in").state() == FlowSnapshot.State.DRAINING);
            rig.start("late", "rist://127.0.0.1:" + port, "null:");
            FlowRig.until("it is drained", 5, drained::isDone);
            assertThat(rig.heard(SessionEvent.PeerConnected.class, "late")).isFalse();
        }
    }
}
