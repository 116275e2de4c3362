package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A link without a way back, and both ends told so. */
class OneWayTest {
    @ParameterizedTest
    @CsvSource({"SIMPLE,false", "MAIN,false", "MAIN,true"})
    void everythingArrivesAndTheReceiverSaysNothing(Profile profile, boolean secret) {
        Pair pair = new Pair(301).profile(profile).oneWay();
        if (secret) pair.secret("one way", 256, 300);
        pair.start();
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertComplete(pair);
        assertThat(pair.backward.sent).as("%s", pair).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN"})
    void mediaIsPlayedThoughNoRtcpEverComes(Profile profile) {
        Pair pair = new Pair(302).profile(profile).path(PathConditions.PERFECT.withLoss(1)).oneWay().start();
        // The greeting is lost on the path, and whatever RTCP follows in the firewall
        pair.sender.blockControl();
        pair.forward.become(PathConditions.delayMs(10));
        Delivery delivery = pair.streamToTheEnd(500, 1_000);
        delivery.assertComplete(pair);
        assertThat(pair.receiver.events(SessionEvent.PeerConnected.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN"})
    void silenceOfTheOtherSideIsNoFault(Profile profile) {
        Pair pair = new Pair(303).profile(profile).oneWay().start();
        pair.stream(100, 2_000);
        pair.world.runMs(20_000);
        assertThat(pair.sender.events()).as("%s", pair).isEmpty();
        assertThat(pair.sender.rebinds).isZero();
        assertThat(pair.receiver.events(SessionEvent.FaultRaised.class)).isEmpty();
        assertThat(pair.receiver.events(SessionEvent.FlowEnded.class)).isEmpty();
    }

    @Test
    void whatTheLinkLosesIsNotAskedForAndTheRestIsInOrder() {
        Pair pair = new Pair(304).path(PathConditions.delayMs(250).withLoss(0.1)).oneWay().start();
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertSound(pair);
        assertThat(delivery.count()).isBetween(1_700, 1_900);
        assertThat(pair.flow().retries()).isZero();
        assertThat(pair.flow().lost()).isBetween(100L, 300L);
        assertThat(pair.backward.sent).isZero();
    }

    @Test
    void senderListensToNobody() {
        // A receiver that was not told asks, and is heard by nobody though the way back is there.
        Pair pair = new Pair(305).path(PathConditions.delayMs(10).withLoss(0.05), PathConditions.delayMs(10));
        Pair told = pair.senderOneWay().start();
        Delivery delivery = told.streamToTheEnd(500, 1_000);
        delivery.assertSound(told);
        assertThat(delivery.count()).isBetween(900, 980);
        assertThat(told.backward.sent).isPositive();
        assertThat(told.senderStats().paths().getFirst().retransmitted()).isZero();
        assertThat(told.sender.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN"})
    void flowEndsWhenTheMediaDoesAndBeginsAgainWithTheNext(Profile profile) {
        Pair pair = new Pair(306).profile(profile).oneWay().start();
        pair.stream(500, 500);
        pair.world.runMs(6_000);
        assertThat(pair.receiver.events(SessionEvent.FlowEnded.class)).hasSize(1);
        Delivery again = pair.stream(500, 500);
        pair.world.runMs(3_000);
        again.assertSound(pair);
        assertThat(again.count()).isEqualTo(500);
    }
}
