package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;

class AutoScaledBufferTest {
    @Test
    void bufferGrowsToWhatTheRoundTripAsksForAndTheSenderCanServe() {
        Pair pair = new Pair(161).bufferMs(100, 1_000).path(PathConditions.delayMs(40)).connect();
        Delivery delivery = pair.stream(500, 4_000);
        pair.world.runMs(7_000);
        // librist: seven round trips of 80 ms and the reorder window
        assertThat(pair.flow().bufferNs()).as("%s", pair.receiver.events()).isBetween(500_000_000L, 650_000_000L);
        assertThat(pair.receiver.events(SessionEvent.BufferChanged.class)).isNotEmpty();
        pair.world.runMs(1_900);
        delivery.assertComplete(pair);
    }

    @Test
    void bufferShrinksInSmallStepsWhenThePathGetsShorter() {
        Pair pair = new Pair(162).bufferMs(100, 1_000).path(PathConditions.delayMs(60)).connect();
        Delivery delivery = pair.stream(500, 15_000);
        pair.world.runMs(8_000);
        long longNs = pair.flow().bufferNs();
        pair.forward.become(PathConditions.delayMs(10));
        pair.backward.become(PathConditions.delayMs(10));
        pair.world.runMs(21_000);
        assertThat(pair.flow().bufferNs()).isLessThan(longNs / 2);
        pair.world.runMs(2_000);
        delivery.assertComplete(pair);
    }

    @Test
    void bufferWithEqualBoundsNeverChanges() {
        Pair pair = new Pair(163).bufferMs(400).path(PathConditions.delayMs(60)).connect();
        pair.streamToTheEnd(500, 2_000).assertComplete(pair);
        assertThat(pair.receiver.events(SessionEvent.BufferChanged.class)).isEmpty();
    }
}
