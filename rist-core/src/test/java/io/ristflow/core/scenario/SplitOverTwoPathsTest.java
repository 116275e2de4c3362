package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.MergeMode;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.SplitMode;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads cut in two on the way out and put together at the end: what is pushed is what is delivered. */
class SplitOverTwoPathsTest {
    @ParameterizedTest
    @CsvSource({"MAIN, AUTO, AUTO", "MAIN, HALF, PAIRS", "SIMPLE, AUTO, PAIRS"})
    void payloadsAreDeliveredWhole(Profile profile, SplitMode split, MergeMode merge) {
        Pair pair = new Pair(331).profile(profile).bond(1, 1).split(split, merge).path(PathConditions.delayMs(20).withLoss(0.1)).connect();
        Delivery delivery = pair.streamToTheEnd(300, 3_000);
        delivery.assertCompleteBut(2, pair);
        assertThat(pair.senderStats().paths().stream().mapToLong(p -> p.sentPackets()).sum()).isEqualTo(6_008);
    }

    @Test
    void unsplitStreamPassesAMergingReceiverUnharmed() {
        Pair pair = new Pair(332).split(SplitMode.OFF, MergeMode.PAIRS).path(PathConditions.delayMs(20).withLoss(0.05)).connect();
        pair.streamToTheEnd(300, 2_000).assertCompleteBut(2, pair);
    }

    @Test
    void mergingByItselfNeedsThePeersWord() {
        Pair pair = new Pair(333).split(SplitMode.HALF, MergeMode.OFF).connect();
        pair.streamToTheEnd(300, 100);
        assertThat(pair.receiver.unexpectedDeliveries).as("halves, which are no packets of the stream").isPositive();
    }
}
