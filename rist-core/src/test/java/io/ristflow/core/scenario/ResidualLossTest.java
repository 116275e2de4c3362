package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is left of losses that a buffer cannot wholly make good: 10 Mb/s, 25 ms and the same loss each way, a host that ticks every 5 ms. The bounds are what librist 0.2.20 left
 * on such paths; what it costs is held to a tenth above the least that such a path asks for, 1 / (1 - loss).
 */
class ResidualLossTest {
    private static final int PACKETS = 30_000;

    @ParameterizedTest
    @CsvSource({
        "0.1, 1, 1000, 0", "0.2, 1, 1000, 0", "0.3, 1, 1000, 0", "0.5, 1, 1000, 0.0045", "0.1, 1, 200, 0.0034", "0.3, 1, 400, 0.0041", "0.1, 8, 1000, 0"
    })
    void isNoMoreThanLibristLeaves(double loss, double burst, int bufferMs, double bound) {
        PathConditions path = PathConditions.delayMs(25);
        Pair pair = new Pair(201).profile(Profile.MAIN).bufferMs(bufferMs).tickMs(5).path(path).connect();
        pair.world.runMs(500);
        long bytesBefore = pair.forward.sentBytes;
        pair.forward.become(path.withLoss(loss, burst));
        pair.backward.become(path.withLoss(loss, burst));
        Delivery delivery = pair.streamToTheEnd(950, PACKETS);
        delivery.assertSound(pair);
        double residual = delivery.holes() / (double) PACKETS;
        double overhead = (pair.forward.sentBytes - bytesBefore) / (PACKETS * 1_336.0);
        assertThat(residual).as("%s", pair).isLessThanOrEqualTo(bound);
        assertThat(overhead).as("%s: bytes sent for each byte of stream", pair).isLessThan(1.1 / (1 - loss));
    }
}
