package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FarewellTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void closingReceiverDeliversAtOnceWhatItHoldsAndTheSenderLearnsThatItIsGone(Profile profile) {
        Pair pair = new Pair(181).profile(profile).bufferMs(1_000).connect();
        Delivery delivery = pair.stream(500, 500);
        pair.world.runMs(800);
        assertThat(delivery.count()).isZero();
        pair.receiver.close();
        delivery.assertSound(pair);
        assertThat(delivery.count()).isBetween(385, 400);
        assertThat(delivery.holes()).isZero();
        pair.world.runMs(100);
        assertThat(pair.sender.events(SessionEvent.PeerLost.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void closingSenderSaysFarewellAndWhatItSentIsStillPlayedOut(Profile profile) {
        Pair pair = new Pair(182).profile(profile).connect();
        Delivery delivery = pair.stream(500, 500);
        pair.world.runMs(1_010);
        pair.sender.close();
        pair.world.runMs(100);
        assertThat(pair.receiver.events(SessionEvent.PeerLost.class)).hasSize(1);
        assertThat(pair.receiver.events(SessionEvent.PeerLost.class).getFirst().why()).contains("BYE");
        pair.world.runMs(1_000);
        delivery.assertComplete(pair);
    }
}
