package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.flow.NackPlanner.Policy;
import org.junit.jupiter.api.Test;

/**
 * A receiver flow against a model of librist's sender over a path that loses at random both ways; compared with one request a cycle,
 * which is librist's policy.
 */
class RecoveryModelTest {
    private static final int PACKETS = 60_000;

    @Test
    void halfOfEverythingLostBothWaysLeavesNextToNothing() {
        LossyPath.Result ours = run(Policy.EARLY_COPIES, 1000, 0.5, 1);
        LossyPath.Result plain = run(Policy.PLAIN, 1000, 0.5, 1);
        System.out.println("50 % / 1000 ms: " + ours + "; one request a cycle: " + plain);
        assertThat(ours.residual()).isLessThanOrEqualTo(0.003);
        assertThat(ours.residual()).isLessThan(plain.residual());
        assertThat(ours.forward()).isLessThanOrEqualTo(1.1 * plain.forward());
    }

    @Test
    void lessLossOrLessTimeIsMendedAtLeastAsWellWithoutMoreOnThePath() {
        long[][] rows = {{10, 1000}, {20, 1000}, {30, 1000}, {10, 200}, {30, 400}};
        for (long[] row : rows) {
            LossyPath.Result ours = run(Policy.EARLY_COPIES, row[1], row[0] / 100.0, row[0]);
            LossyPath.Result plain = run(Policy.PLAIN, row[1], row[0] / 100.0, row[0]);
            System.out.println(row[0] + " % / " + row[1] + " ms: " + ours + "; one request a cycle: " + plain);
            assertThat(ours.residual()).isLessThanOrEqualTo(plain.residual());
            assertThat(ours.residual()).isLessThanOrEqualTo(0.003);
            assertThat(ours.forward()).isLessThanOrEqualTo(1.1 * plain.forward());
        }
    }

    @Test
    void outageShorterThanTheBufferLosesNothing() {
        LossyPath path = new LossyPath(new ReceiverFlow(FlowBench.settings(1000)), 0, 3);
        path.outage(5_000 * NS_PER_MS, 5_400 * NS_PER_MS);
        assertThat(path.run(20_000).residual()).isZero();
    }

    @Test
    void burstsAreMended() {
        LossyPath path = new LossyPath(new ReceiverFlow(FlowBench.settings(1000)), 0.0125, 4);
        path.burst = 8;
        assertThat(path.run(PACKETS).residual()).isZero();
    }

    private static LossyPath.Result run(Policy policy, long bufferMs, double loss, long seed) {
        return new LossyPath(new ReceiverFlow(FlowBench.settings(bufferMs), policy), loss, seed).run(PACKETS);
    }
}
