package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutageShorterThanTheBufferIsRepairedTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void fourHundredMillisecondsWithoutAPathLeaveNoHoleInASecondOfBuffer(Profile profile) {
        Pair pair = new Pair(51).profile(profile).bufferMs(1_000).path(PathConditions.delayMs(25)).connect();
        long fromMs = pair.world.nowMs() + 1_000;
        PathConditions broken = PathConditions.delayMs(25).withOutageMs(fromMs, fromMs + 400);
        pair.forward.become(broken);
        pair.backward.become(broken);
        Delivery delivery = pair.streamToTheEnd(950, 3_000);
        delivery.assertComplete(pair);
        assertThat(pair.flow().recovered()).isBetween(370L, 390L);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void outageLongerThanTheBufferCostsItsPacketsAndNoMore(Profile profile) {
        Pair pair = new Pair(52).profile(profile).bufferMs(300).path(PathConditions.delayMs(10)).connect();
        long fromMs = pair.world.nowMs() + 1_000;
        pair.forward.become(PathConditions.delayMs(10).withOutageMs(fromMs, fromMs + 800));
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertSound(pair);
        assertThat(delivery.holes()).isBetween(200, 400);
        assertThat(delivery.last()).isEqualTo(1_999);
        assertThat(pair.flow().lost()).isEqualTo(delivery.holes());
    }
}
