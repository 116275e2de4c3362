package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceWrapTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void seventyFiveThousandPacketsPassTheWrapOfSixteenBits(Profile profile) {
        Pair pair = new Pair(141).profile(profile).path(PathConditions.delayMs(10).withLoss(0.02).withReordering(0.02, 5)).connect();
        Delivery delivery = pair.stream(Payloads.of(64), 5_000, 75_000);
        pair.world.runMs(16_000);
        delivery.assertCompleteBut(5, pair);
        assertThat(pair.flow().recovered()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void mediaClockPassesTheWrapOfThirtyTwoBits(Profile profile) {
        // 2^32 ticks of 90 kHz are 47,721.858844 s; the wrap comes 1.5 s after the start
        Pair pair = new Pair(142).profile(profile).path(PathConditions.delayMs(10).withLoss(0.05));
        pair.world.clocksFromNs(47_721_858_844_444L - 1_500_000_000L);
        pair.connect();
        pair.streamToTheEnd(500, 2_000).assertCompleteBut(5, pair);
    }
}
