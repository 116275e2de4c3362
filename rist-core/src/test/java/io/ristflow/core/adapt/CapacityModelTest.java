package io.ristflow.core.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An encoder, the recovery of both ends and a narrow link: whether the controller finds what the link carries, and leaves it alone then. */
class CapacityModelTest {
    private static final long[] SEEDS = {1, 2, 3};

    private static Stream<Arguments> paths() {
        return Stream.of(2, 10, 50).flatMap(megabits -> Stream.of(10, 50, 200).flatMap(rttMs -> Stream.of(0.0, 0.01, megabits == 2 ? 0.02 : 0.05).map(
                loss -> Arguments.of(megabits * 1_000_000L, rttMs, loss, rttMs == 50 ? 200 : 100))));
    }

    /** Capacity halves after 20 s and returns after 50 s. Bounds of the target where the path is the limit are shares of what media may take of it: what it carries, less what it loses. */
    @ParameterizedTest(name = "{0} bit/s, RTT {1} ms, loss {2}, queue {3} ms")
    @MethodSource("paths")
    void halvedCapacityIsFoundWithin5SecondsHeldWithinTenPercentAndItsReturnFoundWithin20(long bps, int rttMs, double loss, int queueMs) {
        for (long seed : SEEDS) {
            double maxShare = seed == 1 ? 1.5 : 0.8;
            long maxBps = (long) (maxShare * bps);
            AdaptiveLink link = new AdaptiveLink(seed, bps / 10, maxBps, AdaptiveLink.link(bps, queueMs, rttMs, loss));
            link.runUntil(20_000);
            link.become(AdaptiveLink.link(bps / 2, queueMs, rttMs, loss));
            link.runUntil(26_000);
            long lostInTheFall = link.lost();
            link.runUntil(50_000);
            long lostWhenHeld = link.lost() - lostInTheFall;
            link.become(AdaptiveLink.link(bps, queueMs, rttMs, loss));
            link.runUntil(75_000);

            String run = "seed " + seed + ", at most " + maxBps + ":" + link;
            double media = (1 - loss) * bps;
            assertWithin(link.between(10_000, 20_000), Math.min(0.85 * media, maxBps), Math.min(1.15 * media, maxBps), run);
            long[] held = link.between(25_000, 50_000);
            assertWithin(held, 0.8 * media / 2, 1.12 * media / 2, run);
            assertThat((double) held[1] / held[0]).as("highest over lowest, ± 10 %%: %s", run).isLessThanOrEqualTo(1.1 / 0.9);
            assertWithin(link.between(70_000, 75_000), Math.min(0.85 * media, maxBps), Math.min(1.15 * media, maxBps), run);
            // Trying for more costs next to nothing
            assertThat(lostWhenHeld).as(run).isLessThanOrEqualTo(link.sent() / 2_000);
            assertThat(link.changesBetween(25_000, 50_000)).as("the target changes rarely: %s", run).isLessThanOrEqualTo(16);
        }
    }

    /** Some ninety packets a second, every twentieth lost: the measure is coarse, so are the bounds. */
    @Test
    void aPoorNarrowPathIsFoundToo() {
        for (long seed : SEEDS) {
            AdaptiveLink link = new AdaptiveLink(seed, 200_000, 1_600_000, AdaptiveLink.link(2_000_000, 100, 50, 0.05));
            link.runUntil(20_000);
            link.become(AdaptiveLink.link(1_000_000, 100, 50, 0.05));
            link.runUntil(50_000);
            link.become(AdaptiveLink.link(2_000_000, 100, 50, 0.05));
            link.runUntil(72_000);
            assertWithin(link.between(25_000, 50_000), 550_000, 1_100_000, link.toString());
            assertThat(link.meanBetween(25_000, 50_000)).as("%s", link).isBetween(800_000.0, 1_000_000.0);
            assertThat(link.targetAt(70_000)).as("%s", link).isEqualTo(1_600_000);
        }
    }

    @Test
    void lossThatIsThePathsOwnTakesNothingAway() {
        for (double loss : new double[] {0.01, 0.05, 0.09}) {
            for (long seed : SEEDS) {
                AdaptiveLink link = new AdaptiveLink(seed, 1_000_000, 8_000_000, AdaptiveLink.link(0, 0, 60, 0));
                link.runUntil(10_000);
                link.become(AdaptiveLink.link(0, 0, 60, loss));
                link.runUntil(60_000);
                assertThat(link.changes).as("loss %s, seed %d: %s", loss, seed, link).hasSize(1);
            }
        }
    }

    /** A quarter lost from one moment to the next may be either; the lower rate does not help, so it is taken back. */
    @Test
    void heavyLossThatALowerRateDoesNotLessenIsForgivenWithin5Seconds() {
        for (long seed : SEEDS) {
            AdaptiveLink link = new AdaptiveLink(seed, 1_000_000, 8_000_000, AdaptiveLink.link(0, 0, 60, 0.02));
            link.runUntil(10_000);
            link.become(AdaptiveLink.link(0, 0, 60, 0.25));
            link.runUntil(15_000);
            assertThat(link.targetAt(15_000)).as("%s", link).isEqualTo(8_000_000);
            link.runUntil(60_000);
            assertThat(link.changesBetween(15_000, 60_000)).as("%s", link).isZero();
        }
    }

    /** No queue, so no growing round trip: what is too much is dropped at once. */
    @Test
    void aPolicerIsFoundByItsLossAlone() {
        for (long seed : SEEDS) {
            AdaptiveLink link = new AdaptiveLink(seed, 1_000_000, 16_000_000, AdaptiveLink.link(10_000_000, 6, 40, 0));
            link.runUntil(40_000);
            assertWithin(link.between(5_000, 40_000), 7_500_000, 11_500_000, link.toString());
        }
    }

    @Test
    void anInterruptionIsNotTakenForANarrowPath() {
        for (long outageMs : new long[] {150, 400, 900, 3_000}) {
            for (long seed : SEEDS) {
                AdaptiveLink link = new AdaptiveLink(seed, 1_000_000, 8_000_000, AdaptiveLink.link(10_000_000, 150, 40, 0.01));
                link.runUntil(10_130);
                link.become(AdaptiveLink.link(10_000_000, 150, 40, 1));
                link.runUntil(10_130 + outageMs);
                link.become(AdaptiveLink.link(10_000_000, 150, 40, 0.01));
                link.runUntil(30_000);
                assertThat(link.between(10_130 + outageMs + 6_000, 30_000)).as("%d ms, seed %d: %s", outageMs, seed, link).containsOnly(8_000_000);
            }
        }
    }

    @Test
    void aLongerRouteIsNotTakenForAQueue() {
        AdaptiveLink link = new AdaptiveLink(1, 1_000_000, 8_000_000, AdaptiveLink.link(0, 0, 40, 0));
        link.runUntil(10_000);
        link.become(AdaptiveLink.link(0, 0, 160, 0));
        link.runUntil(40_000);
        assertThat(link.targetAt(40_000)).as("%s", link).isEqualTo(8_000_000);
        assertThat(link.between(10_000, 40_000)[0]).as("%s", link).isGreaterThan(7_000_000);
    }

    @Test
    void jitterIsNotTakenForAQueue() {
        for (long seed : SEEDS) {
            AdaptiveLink link = new AdaptiveLink(seed, 1_000_000, 8_000_000, AdaptiveLink.link(0, 0, 40, 0.01).withJitterMs(40));
            link.runUntil(60_000);
            assertThat(link.changes).as("seed %d: %s", seed, link).hasSize(1);
        }
    }

    @Test
    void anEncoderThatDoesNotUseItsTargetIsNotOfferedMore() {
        AdaptiveLink link = new AdaptiveLink(1, 1_000_000, 15_000_000, AdaptiveLink.link(10_000_000, 150, 40, 0));
        link.runUntil(20_000);
        long target = link.targetAt(20_000);
        link.used = 0.3;
        link.runUntil(60_000);
        assertThat(link.between(30_000, 60_000)).as("%s", link).containsOnly(link.targetAt(30_000));
        assertThat(link.targetAt(60_000)).as("%s", link).isBetween((long) (0.85 * target), (long) (1.15 * target));
    }

    @Test
    void anEncoderThatObeysNothingIsToldWhatThePathCarries() {
        AdaptiveLink link = new AdaptiveLink(1, 1_000_000, 15_000_000, AdaptiveLink.link(10_000_000, 150, 40, 0));
        link.fixedBps = 13_000_000;
        link.runUntil(40_000);
        assertThat(link.targetAt(40_000)).as("%s", link).isBetween(1_000_000L, 10_000_000L);
    }

    private static void assertWithin(long[] lowHigh, double low, double high, String run) {
        assertThat(lowHigh[0]).as("lowest, %s", run).isGreaterThanOrEqualTo((long) low);
        assertThat(lowHigh[1]).as("highest, %s", run).isLessThanOrEqualTo((long) high);
    }
}
