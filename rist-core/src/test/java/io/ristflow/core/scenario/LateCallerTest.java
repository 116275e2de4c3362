package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A receiver that calls a sender which has been sending for a while. */
class LateCallerTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void listenerThatHoldsNothingBeginsWithTheLivePacket(Profile profile) {
        Pair pair = new Pair(331).profile(profile).receiverCalls().sendsBlindly().callerStartsAfterMs(2_000).start();
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertSound(pair);
        assertThat(delivery.first()).as("%s", pair).isBetween(1_000, 1_100);
        assertThat(delivery.count()).isEqualTo(2_000 - delivery.first());
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void listenerThatHoldsSendsABufferOfItFirst(Profile profile) {
        Pair pair = new Pair(332).profile(profile).receiverCalls().callerStartsAfterMs(2_000).start();
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        assertThat(delivery.first()).as("%s", pair).isBetween(700, 800);
        assertThat(delivery.count()).isEqualTo(2_000 - delivery.first());
    }
}
