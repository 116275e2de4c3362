package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesSizeMismatchTest {
    private static final long THREE_SECONDS_NS = 3_000_000_000L;

    @ParameterizedTest
    @CsvSource({"128, 256, false", "256, 128, false", "128, 256, true", "256, 128, true"})
    void whoeverIsCalledSaysWithinThreeSecondsThatKeySizesDiffer(int senderBits, int receiverBits, boolean receiverCalls) {
        Pair pair = new Pair(112).secrets(new PskConfig("same", senderBits, 0), new PskConfig("same", receiverBits, 0));
        if (receiverCalls) pair.receiverCalls();
        pair.start();
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(4_000);
        assertThat((receiverCalls ? pair.sender : pair.receiver).faultToldNs(Fault.AES_SIZE_MISMATCH)).as("%s", pair).isBetween(0L, THREE_SECONDS_NS);
        assertThat(delivery.count()).isZero();
    }
}
