package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NarrowLinkTest {
    private static final PathConditions EIGHT_MEGABITS = PathConditions.delayMs(15).withRate(8_000_000, 50_000);

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void repetitionsFindRoomBesideTheStream(Profile profile) {
        Pair pair = new Pair(191).profile(profile).bufferMs(600).path(EIGHT_MEGABITS, PathConditions.delayMs(15)).connect();
        pair.world.runMs(100);
        pair.forward.become(EIGHT_MEGABITS.withLoss(0.05));
        pair.streamToTheEnd(550, 2_500).assertCompleteBut(5, pair);
    }

    /** Half a second without a path at 5.8 Mb/s leaves 2.2 Mb/s to repeat it with: requests must not choke the stream that goes on. */
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void outageIsMadeUpForWithoutLosingWhatComesAfterIt(Profile profile) {
        Pair pair = new Pair(192).profile(profile).bufferMs(1_500).path(EIGHT_MEGABITS, PathConditions.delayMs(15)).connect();
        long fromMs = pair.world.nowMs() + 1_000;
        pair.forward.become(EIGHT_MEGABITS.withOutageMs(fromMs, fromMs + 200));
        Delivery delivery = pair.streamToTheEnd(550, 3_000);
        delivery.assertSound(pair);
        assertThat(delivery.holes()).as("%s", pair).isZero();
        for (int number = 550 * 4; number < 3_000; number++) assertThat(delivery.has(number)).as("packet %d, long after the outage", number).isTrue();
    }
}
