package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NatRebindTest {
    @ParameterizedTest
    @CsvSource({"SIMPLE, false", "SIMPLE, true", "MAIN, false", "MAIN, true"})
    void newSourceAddressOfTheSenderCostsNothingThatTheBufferCannotRepair(Profile profile, boolean encrypted) {
        Pair pair = new Pair(71).profile(profile);
        if (encrypted && profile == Profile.MAIN) pair.secret("a secret", 256, 0);
        pair.connect();
        Delivery delivery = pair.stream(500, 3_000);
        pair.world.atMs(pair.world.nowMs() + 2_000, () -> pair.sender.rebind());
        pair.world.runMs(7_500);
        delivery.assertComplete(pair);
        assertThat(pair.receiver.events(SessionEvent.FlowStarted.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void requestsFollowTheSenderToItsNewAddressWithinAShortBuffer(Profile profile) {
        Pair pair = new Pair(73).profile(profile).bufferMs(250).path(PathConditions.delayMs(2)).connect();
        pair.world.runMs(50);
        pair.forward.become(PathConditions.delayMs(2).withLoss(0.1));
        Delivery delivery = pair.stream(500, 5_000);
        for (int second = 1; second < 10; second++) pair.world.atMs(second * 1_000, pair.sender::rebind);
        pair.world.runMs(10_500);
        delivery.assertCompleteBut(5, pair);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void newSourceAddressOfACallingReceiverIsFollowedByTheListeningSender(Profile profile) {
        Pair pair = new Pair(72).profile(profile).receiverCalls().bufferMs(1_000).connect();
        Delivery delivery = pair.stream(500, 3_000);
        pair.world.atMs(pair.world.nowMs() + 2_000, () -> pair.receiver.rebind());
        pair.world.runMs(8_000);
        delivery.assertComplete(pair);
    }

    @ParameterizedTest
    @CsvSource({"5", "100"})
    void pairOfPortsTornByANatIsStillOneFlow(int seed) {
        Pair pair = new Pair(seed).profile(Profile.SIMPLE).tornPair().path(PathConditions.delayMs(15).withLoss(0.05)).connect();
        pair.streamToTheEnd(500, 1_500).assertCompleteBut(5, pair);
        assertThat(pair.flow().recovered()).isGreaterThan(30);
    }
}
