package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets shared out over paths by weight; a path that dies or loses, and comes back. */
class BondingLoadShareTest {
    private static final PathConditions GOOD = PathConditions.delayMs(20);

    @Test
    void weightsAreHonouredWithinFivePercent() {
        Pair pair = new Pair(311).bond(3, 1).path(GOOD).connect();
        pair.streamToTheEnd(500, 5_000).assertComplete(pair);
        assertThat(sent(pair, 0) / 5_000.0).isCloseTo(0.75, within(0.0375));
        assertThat(sent(pair, 0) + sent(pair, 1)).isEqualTo(5_000);
        assertThat(pair.flow().duplicates()).as("the tail's").isLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({"MAIN, false, false", "MAIN, true, false", "MAIN, false, true", "SIMPLE, false, false", "SIMPLE, true, false"})
    void pathThatDiesMidStreamLosesNothingWithABufferOfASecond(Profile profile, boolean receiverCalls, boolean onePort) {
        Pair pair = new Pair(312).profile(profile).bond(5, 5).bufferMs(1_000).tickMs(5).path(GOOD);
        if (receiverCalls) pair.receiverCalls();
        if (onePort) pair.onePort();
        pair.connect();
        long diesMs = pair.world.nowMs() + 3_000;
        pair.world.atMs(diesMs, () -> {
            pair.there.get(1).become(GOOD.withLoss(1));
            pair.back.get(1).become(GOOD.withLoss(1));
        });
        Delivery delivery = pair.stream(500, 5_000);
        pair.world.runMs(3_000 + 500);
        long afterHalfASecond = pair.there.get(1).sent;
        pair.world.runMs(10_000);
        delivery.assertComplete(pair);
        assertThat(pair.there.get(1).sent - afterHalfASecond).as("reports and keep-alives, and the tail").isLessThan(250);
    }

    @Test
    void requestsThatGoIntoADeadPathAreNotNeeded() {
        // librist asks where the last round trip was shortest, also where that path has died since
        Pair pair = new Pair(318).bond(5, 5).bufferMs(1_000).path(GOOD).connect();
        pair.world.atMs(pair.world.nowMs() + 2_000, () -> {
            pair.there.get(1).become(GOOD.withLoss(1));
            pair.back.get(1).become(GOOD.withLoss(1));
            pair.receiver.blockRequests();
        });
        Delivery delivery = pair.streamToTheEnd(500, 3_000);
        delivery.assertComplete(pair);
    }

    @Test
    void pathThatComesBackTakesItsShareAgain() {
        Pair pair = new Pair(313).bond(1, 1).bufferMs(1_000).path(GOOD).connect();
        long now = pair.world.nowMs();
        PathConditions outage = GOOD.withOutageMs(now + 2_000, now + 4_000);
        pair.there.get(1).become(outage);
        pair.back.get(1).become(outage);
        Delivery delivery = pair.stream(500, 6_000);
        pair.world.runMs(8_000);
        long before = sent(pair, 1);
        pair.world.runMs(2_000);
        assertThat(sent(pair, 1) - before).isCloseTo(500L, within(25L));
        pair.world.runMs(4_000);
        delivery.assertComplete(pair);
    }

    @Test
    void pathThatLosesHeavilyLosesItsShareWithinTwoSecondsAndRegainsIt() {
        Pair pair = new Pair(314).bond(1, 1).bufferMs(1_000).path(GOOD).connect();
        Delivery delivery = pair.stream(500, 8_000);
        pair.world.runMs(3_000);
        pair.there.get(1).become(GOOD.withLoss(0.4));
        pair.world.runMs(2_000);
        assertThat(bonding(pair, 1).share()).isLessThan(0.1);
        assertThat(bonding(pair, 1).delivered()).isBetween(0.3, 0.8);
        long before = sent(pair, 1);
        pair.world.runMs(3_000);
        assertThat(sent(pair, 1) - before).as("probes: 20 a second of 500").isBetween(30L, 70L);
        pair.there.get(1).become(GOOD);
        pair.world.runMs(4_000);
        assertThat(bonding(pair, 1).share()).isEqualTo(1);
        before = sent(pair, 1);
        pair.world.runMs(2_000);
        assertThat(sent(pair, 1) - before).isCloseTo(500L, within(25L));
        pair.world.runMs(5_000);
        delivery.assertComplete(pair);
    }

    @Test
    void pathThatIsLongButSoundKeepsItsShareAndCostsNothing() {
        Pair pair = new Pair(315).bond(1, 1).bufferMs(1_000).path(PathConditions.delayMs(10)).connect();
        pair.there.get(1).become(PathConditions.delayMs(80));
        pair.back.get(1).become(PathConditions.delayMs(80));
        pair.world.runMs(500);
        Delivery delivery = pair.stream(500, 5_000).within(2_000_000_000L);
        pair.world.runMs(11_500);
        delivery.assertComplete(pair);
        assertThat(sent(pair, 1)).isCloseTo(2_500L, within(125L));
        assertThat(pair.senderStats().paths().stream().mapToLong(PathStats::retransmitted).sum()).as("until the difference is known, and the tail").isLessThan(60);
        assertThat(pair.flow().lost()).isZero();
    }

    @Test
    void pathAboveItsRttCeilingIsMutedAndToldSo() {
        List<PathConfig> legs = List.of(muting("a"), muting("b"));
        Pair pair = new Pair(316).bond(legs).bufferMs(2_000).path(GOOD).connect();
        Delivery delivery = pair.stream(500, 6_000).within(4_000_000_000L);
        pair.world.runMs(1_000);
        pair.there.get(1).become(PathConditions.delayMs(200));
        pair.back.get(1).become(PathConditions.delayMs(200));
        pair.world.runMs(5_000);
        assertThat(bonding(pair, 1).muted()).isTrue();
        assertThat(bonding(pair, 1).muteEvents()).isEqualTo(1);
        long before = sent(pair, 1);
        pair.world.runMs(2_000);
        assertThat(sent(pair, 1) - before).as("one in ten").isCloseTo(100L, within(2L));
        pair.world.runMs(9_000);
        delivery.assertComplete(pair);
    }

    @Test
    void requestsGoByRecoveryPriorityAndByAnotherPathWhenItDoesNotAnswer() {
        List<PathConfig> legs = List.of(new PathConfig("a", 1, 0), new PathConfig("b", 1, 7));
        Pair pair = new Pair(317).bond(legs).bufferMs(1_000).path(GOOD.withLoss(0.05), PathConditions.delayMs(30)).connect();
        pair.back.get(0).become(PathConditions.delayMs(5));
        Delivery delivery = pair.stream(500, 4_000);
        pair.world.runMs(4_000);
        assertThat(requests(pair, 1)).isGreaterThan(20 * requests(pair, 0));
        pair.back.get(1).become(PathConditions.delayMs(30).withLoss(1));
        pair.world.runMs(6_000);
        delivery.assertCompleteBut(2, pair);
    }

    private static PathConfig muting(String name) {
        return new PathConfig(name, 1, 0, 300, 0, 1_000, 10, null);
    }

    /** Reports come every 95 ms on both: what is more is requests. */
    private static long requests(Pair pair, int leg) {
        long reports = pair.world.nowMs() / 45;
        return Math.max(1, pair.receiver.receiver().stats(pair.receiver.clockNs()).paths().get(leg).sentRtcp() - reports);
    }

    private static long sent(Pair pair, int leg) {
        return path(pair, leg).sentPackets();
    }

    private static PathStats.Bonding bonding(Pair pair, int leg) {
        return path(pair, leg).bonding();
    }

    private static PathStats path(Pair pair, int leg) {
        return pair.senderStats().paths().stream().filter(p -> p.bonding().leg() == leg).findFirst().orElseThrow();
    }
}
