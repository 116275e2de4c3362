package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listener that takes what its caller speaks. */
class AutoProfileTest {
    @ParameterizedTest
    @CsvSource({"SIMPLE, AUTO, false", "MAIN, AUTO, false", "ADVANCED, AUTO, false", "AUTO, SIMPLE, true", "AUTO, MAIN, true", "AUTO, ADVANCED, true"})
    void callersProfileIsToldByItsFirstDatagrams(Profile atSender, Profile atReceiver, boolean receiverCalls) {
        Pair pair = new Pair(211).profiles(atSender, atReceiver);
        if (receiverCalls) pair.receiverCalls();
        pair.start();
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(6_000);
        assertThat(delivery.count()).as("%s", pair).isEqualTo(1_000);
    }
}
