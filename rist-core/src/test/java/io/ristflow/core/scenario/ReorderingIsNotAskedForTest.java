package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReorderingIsNotAskedForTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void packetThatComesWithinTheReorderWindowIsNotAskedFor(Profile profile) {
        Pair pair = new Pair(31).profile(profile).reorderMs(20).path(PathConditions.delayMs(10).withReordering(0.1, 12), PathConditions.delayMs(10)).connect();
        Delivery delivery = pair.streamToTheEnd(500, 1_500);
        delivery.assertComplete(pair);
        assertThat(pair.forward.reordered).isGreaterThan(100);
        assertThat(pair.flow().reordered()).isGreaterThan(100);
        assertThat(pair.flow().retries()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void packetThatComesLaterIsAskedForAndTheCopyDropped(Profile profile) {
        Pair pair = new Pair(32).profile(profile).reorderMs(20).path(PathConditions.delayMs(10).withReordering(0.05, 60), PathConditions.delayMs(10)).connect();
        Delivery delivery = pair.streamToTheEnd(500, 1_500);
        delivery.assertComplete(pair);
        assertThat(pair.flow().recovered()).isGreaterThan(50);
        assertThat(pair.flow().duplicates()).isGreaterThan(30);
    }
}
