package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BurstLossIsRepairedTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void burstsOfEightAtATenthAreRepaired(Profile profile) {
        Pair pair = new Pair(21).profile(profile).bufferMs(600).path(PathConditions.delayMs(20)).connect();
        pair.world.runMs(100);
        pair.forward.become(PathConditions.delayMs(20).withLoss(0.1, 8));
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertCompleteBut(24, pair);
        assertThat(pair.flow().recovered()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void threeTenthsLostEachWayIsRepairedWhereTheBufferHasRoomForIt(Profile profile) {
        Pair pair = new Pair(22).profile(profile).bufferMs(1_500).path(PathConditions.delayMs(10)).connect();
        pair.world.runMs(100);
        pair.forward.become(PathConditions.delayMs(10).withLoss(0.3));
        pair.backward.become(PathConditions.delayMs(10).withLoss(0.3));
        pair.streamToTheEnd(400, 2_000).assertCompleteBut(5, pair);
    }
}
