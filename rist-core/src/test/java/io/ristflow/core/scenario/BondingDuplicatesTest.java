package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every packet on each of two paths (SMPTE ST 2022-7): weight 0. */
class BondingDuplicatesTest {
    private static final int PACKETS = 10_000;

    @ParameterizedTest
    @CsvSource({"MAIN, false, false", "MAIN, true, false", "MAIN, false, true", "SIMPLE, false, false", "SIMPLE, true, false"})
    void twoPathsThatLoseThirtyPercentEachLoseNothing(Profile profile, boolean receiverCalls, boolean onePort) {
        Pair pair = new Pair(301).profile(profile).bond(0, 0).bufferMs(1_000).tickMs(5).path(PathConditions.delayMs(25));
        if (receiverCalls) pair.receiverCalls();
        if (onePort) pair.onePort();
        pair.connect();
        pair.world.runMs(500);
        for (int leg = 0; leg < 2; leg++) {
            pair.there.get(leg).become(PathConditions.delayMs(25).withLoss(0.3));
            pair.back.get(leg).become(PathConditions.delayMs(25).withLoss(0.3));
        }
        Delivery delivery = pair.streamToTheEnd(950, PACKETS);
        delivery.assertSound(pair);
        assertThat(delivery.holes()).as("%s", pair).isZero();
        assertThat(delivery.count()).isGreaterThan(PACKETS - 5);
        long retransmitted = pair.senderStats().paths().stream().mapToLong(p -> p.retransmitted()).sum();
        assertThat(retransmitted).as("only what both lost is repeated: 9 in 100, and one in three of those again").isBetween(900L, 1_700L);
    }

    @Test
    void copiesOfPathsThatDifferInLengthAreWaitedForBeforeAnythingIsAskedFor() {
        Pair pair = new Pair(302).bond(0, 0).bufferMs(1_000).path(PathConditions.delayMs(10));
        pair.connect();
        pair.there.get(1).become(PathConditions.delayMs(90));
        pair.world.runMs(500);
        pair.stream(500, 1_000);
        pair.world.runMs(2_500);
        pair.there.get(0).become(PathConditions.delayMs(10).withLoss(0.2));
        long before = pair.senderStats().paths().stream().mapToLong(p -> p.retransmitted()).sum();
        Delivery delivery = pair.stream(500, 2_000);
        pair.world.runMs(6_000);
        delivery.assertCompleteBut(2, pair);
        assertThat(pair.senderStats().paths().stream().mapToLong(p -> p.retransmitted()).sum() - before).as("400 were lost on the first leg").isLessThan(40);
    }

    @Test
    void aPathThatDiesIsNotMissedForAMoment() {
        Pair pair = new Pair(303).bond(0, 0).bufferMs(150).path(PathConditions.delayMs(10)).connect();
        pair.world.atMs(pair.world.nowMs() + 1_000, () -> {
            pair.there.get(0).become(PathConditions.delayMs(10).withLoss(1));
            pair.back.get(0).become(PathConditions.delayMs(10).withLoss(1));
        });
        Delivery delivery = pair.streamToTheEnd(500, 3_000);
        delivery.assertComplete(pair);
        assertThat(pair.flow().missing()).isZero();
    }
}
