package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DuplicatesAreDroppedTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void everyPacketTwiceIsDeliveredOnce(Profile profile) {
        Pair pair = new Pair(41).profile(profile).path(PathConditions.delayMs(10).withDuplicates(1)).connect();
        Delivery delivery = pair.streamToTheEnd(500, 1_000);
        delivery.assertComplete(pair);
        // The last packet is repeated three times more, as nothing follows it
        assertThat(pair.flow().duplicates()).isEqualTo(1_000 + 3 * 2);
        assertThat(pair.flow().received()).isEqualTo(1_000);
    }
}
