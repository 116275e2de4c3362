package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.Rist;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.Payloads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderRestartsWithANewFlowIdTest {
    @ParameterizedTest
    @CsvSource({"SIMPLE, true", "SIMPLE, false", "MAIN, true", "MAIN, false"})
    void newFlowIsDeliveredBesideTheOldOnesEndAndNotMergedIntoIt(Profile profile, boolean samePort) {
        Pair pair = new Pair(81).profile(profile).connect();
        Delivery old = pair.stream(500, 1_000);
        pair.world.runMs(1_000);
        pair.sender.die();
        pair.world.runMs(100);
        pair.sender.restart(Rist.sender(pair.senderConfig(), pair.world.random().split()), samePort);
        pair.world.runMs(500);
        Delivery fresh = pair.stream(Payloads.of(500), 500, 1_000);
        pair.world.runMs(3_500);
        old.assertSound(pair);
        assertThat(old.count()).isBetween(498, 502);
        fresh.assertComplete(pair);
        assertThat(pair.receiver.events(SessionEvent.FlowStarted.class)).hasSize(2);
        assertThat(pair.receiver.events(SessionEvent.FlowEnded.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE", "MAIN"})
    void sameFlowIdWithNumbersFromTheStartIsTakenUpAgain(Profile profile) {
        Pair pair = new Pair(82).profile(profile).flowId(0x1234_5678).connect();
        Delivery old = pair.stream(500, 2_000);
        pair.world.runMs(2_000);
        pair.sender.die();
        pair.world.runMs(100);
        pair.sender.restart(Rist.sender(pair.senderConfig(), pair.world.random().split()), true);
        pair.world.runMs(300);
        Delivery fresh = pair.stream(Payloads.of(500), 500, 1_000);
        pair.world.runMs(3_500);
        old.assertSound(pair);
        assertThat(old.count()).isBetween(998, 1_002);
        // Nobody can tell a restart from a packet that comes too late by its first numbers alone
        fresh.assertCompleteBut(20, pair);
    }
}
