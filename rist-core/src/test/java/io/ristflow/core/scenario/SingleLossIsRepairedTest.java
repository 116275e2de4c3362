package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.config.ReceiverConfig.NackType;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleLossIsRepairedTest {
    @ParameterizedTest
    @CsvSource({"SIMPLE, RANGE", "SIMPLE, BITMASK", "MAIN, RANGE", "MAIN, BITMASK"})
    void everyTenthPacketLostIsAskedForAndCompletesTheStream(Profile profile, NackType nackType) {
        Pair pair = new Pair(11).profile(profile).nackType(nackType).path(PathConditions.delayMs(20)).connect();
        pair.world.runMs(100);
        pair.forward.become(PathConditions.delayMs(20).withLoss(0.1));
        Delivery delivery = pair.streamToTheEnd(500, 1_500);
        delivery.assertCompleteBut(3, pair);
        assertThat(pair.flow().recovered()).isBetween(100L, 200L);
        assertThat(pair.flow().lost()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE", "MAIN"})
    void oneRepetitionIsEnoughForOneLoss(Profile profile) {
        Pair pair = new Pair(12).profile(profile).path(PathConditions.delayMs(20)).connect();
        // Half a second to learn the round trip, then a hole of exactly one packet
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(501);
        pair.forward.become(PathConditions.delayMs(20).withLoss(1));
        pair.world.runUntil(() -> pair.forward.lost == 1, 10);
        pair.forward.become(PathConditions.delayMs(20));
        pair.world.runMs(2_300);
        delivery.assertComplete(pair);
        assertThat(pair.flow().missing()).isLessThanOrEqualTo(1);
        // Three more at the end of the stream, where nothing follows the last packet
        assertThat(pair.senderStats().paths().stream().mapToLong(p -> p.retransmitted()).sum()).isLessThanOrEqualTo(2 + 3);
    }
}
