package io.ristflow.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SimulatedPathTest {
    private static final long MS = 1_000_000L;
    private static final int MANY = 200_000;

    private final long[] at = new long[SimulatedPath.MAX_COPIES];

    @Test
    void sameSeedGivesTheSameFates() {
        PathConditions bad = PathConditions.delayMs(10).withLoss(0.1, 3).withReordering(0.05, 7).withDuplicates(0.02).withJitterMs(4);
        assertThat(fates(1, bad)).isEqualTo(fates(1, bad)).isNotEqualTo(fates(2, bad));
    }

    @Test
    void perfectPathDelaysAndNothingElse() {
        SimulatedPath path = new SimulatedPath(1, PathConditions.delayMs(25));
        assertThat(path.send(7, 1_000, at)).isOne();
        assertThat(at[0]).isEqualTo(7 + 25 * MS);
    }

    @Test
    void lossHasTheShareAskedForAloneAndInBursts() {
        for (double burst : new double[] {1, 2, 8}) {
            SimulatedPath path = new SimulatedPath(5, PathConditions.PERFECT.withLoss(0.1, burst));
            int bursts = 0;
            boolean lostBefore = false;
            for (int i = 0; i < MANY; i++) {
                boolean lost = path.send(i, 100, at) == 0;
                if (lost && !lostBefore) bursts++;
                lostBefore = lost;
            }
            assertThat(path.lost / (double) MANY).as("share at burst %s", burst).isCloseTo(0.1, Offset.offset(0.01));
            if (burst > 1) assertThat(path.lost / (double) bursts).as("mean burst").isCloseTo(burst, Offset.offset(burst * 0.1));
        }
    }

    @Test
    void jitterKeepsTheOrderAndReorderingBreaksIt() {
        assertThat(overtaken(PathConditions.delayMs(10).withJitterMs(9))).isZero();
        // One in ten is late; it is overtaken unless the one behind it is late too
        assertThat(overtaken(PathConditions.delayMs(10).withReordering(0.1, 5))).isBetween(MANY * 8 / 100, MANY * 10 / 100);
    }

    @Test
    void duplicatesComeSoonAfter() {
        SimulatedPath path = new SimulatedPath(1, PathConditions.delayMs(1).withDuplicates(1));
        assertThat(path.send(0, 100, at)).isEqualTo(2);
        assertThat(at[1]).isGreaterThan(at[0]).isLessThan(at[0] + 2 * MS);
    }

    @Test
    void nothingPassesDuringAnOutage() {
        SimulatedPath path = new SimulatedPath(1, PathConditions.PERFECT.withOutageMs(10, 20));
        assertThat(path.send(10 * MS - 1, 1, at)).isOne();
        assertThat(path.send(10 * MS, 1, at)).isZero();
        assertThat(path.send(20 * MS - 1, 1, at)).isZero();
        assertThat(path.send(20 * MS, 1, at)).isOne();
    }

    @Test
    void narrowLinkQueuesAndThenDrops() {
        // 8 Mb/s: a thousand bytes a millisecond; room for five thousand
        SimulatedPath path = new SimulatedPath(1, PathConditions.PERFECT.withRate(8_000_000, 5_000));
        for (int i = 1; i <= 5; i++) {
            assertThat(path.send(0, 1_000, at)).isOne();
            assertThat(at[0]).isEqualTo(i * MS);
        }
        assertThat(path.send(0, 1_000, at)).isZero();
        assertThat(path.send(MS, 1_000, at)).isOne();
    }

    /** How many arrive before one that was sent earlier. */
    private int overtaken(PathConditions conditions) {
        SimulatedPath path = new SimulatedPath(3, conditions);
        int count = 0;
        long before = 0;
        for (int i = 0; i < MANY; i++) {
            path.send(i * MS, 100, at);
            if (at[0] < before) count++;
            before = at[0];
        }
        return count;
    }

    private List<Long> fates(long seed, PathConditions conditions) {
        SimulatedPath path = new SimulatedPath(seed, conditions);
        List<Long> fates = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int copies = path.send(i * MS, 100, at);
            fates.add((long) copies);
            for (int c = 0; c < copies; c++) fates.add(at[c]);
        }
        return fates;
    }
}
