package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerFallsSilentTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void silenceIsToldAfterTheSessionTimeoutAndThePeerIsLost(Profile profile) {
        Pair pair = new Pair(61).profile(profile).connect();
        pair.stream(200, 400);
        pair.world.runMs(2_000);
        long diedNs = pair.world.nowNs();
        pair.sender.die();
        pair.world.runMs(4_000);
        long toldNs = pair.receiver.faultToldNs(Fault.SESSION_TIMEOUT);
        assertThat(toldNs - diedNs).isBetween(1_900_000_000L, 2_600_000_000L);
        assertThat(pair.receiver.events(SessionEvent.PeerLost.class)).isNotEmpty();
        assertThat(pair.receiver.events(SessionEvent.FlowEnded.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void callerTriesNewSourcePortsWhileNobodyAnswers(Profile profile) {
        Pair pair = new Pair(62).profile(profile).start();
        pair.backward.become(PathConditions.PERFECT.withLoss(1));
        pair.world.runMs(20_000);
        assertThat(pair.sender.rebinds).isBetween(2, 6);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void pathThatWasAwayForFiveSecondsComesBackByItself(Profile profile) {
        Pair pair = new Pair(63).profile(profile).connect();
        long fromMs = pair.world.nowMs() + 1_000;
        PathConditions broken = PathConditions.delayMs(10).withOutageMs(fromMs, fromMs + 5_000);
        pair.forward.become(broken);
        pair.backward.become(broken);
        Delivery delivery = pair.stream(200, 3_000);
        pair.world.runMs(17_000);
        assertThat(delivery.last()).as("%s %s %s", pair, pair.sender.events(), pair.receiver.events()).isEqualTo(2_999);
        assertThat(pair.sender.events(SessionEvent.PeerLost.class)).hasSize(1);
        assertThat(pair.sender.events(SessionEvent.PeerConnected.class)).hasSize(2);
        // Five seconds are gone, and what it takes to find each other again
        assertThat(delivery.count()).isGreaterThan(3_000 - 200 * 9);
    }

    @Test
    void whatIsPushedBeforeThePeerIsKnownIsHeld() {
        Pair pair = new Pair(64).start();
        Delivery delivery = pair.stream(500, 500).within(600_000_000L);
        pair.world.runMs(2_000);
        delivery.assertComplete(pair);
    }
}
