package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongPassphraseTest {
    private static final long THREE_SECONDS_NS = 3_000_000_000L;

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whoeverIsCalledSaysWithinThreeSecondsThatPassphrasesDiffer(boolean receiverCalls) {
        Pair pair = new Pair(111).secrets(new PskConfig("one", 256, 0), new PskConfig("another", 256, 0));
        if (receiverCalls) pair.receiverCalls();
        pair.start();
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(4_000);
        assertThat(delivery.count()).isZero();
        assertThat((receiverCalls ? pair.sender : pair.receiver).faultToldNs(Fault.PASSPHRASE_MISMATCH)).as("%s", pair).isBetween(0L, THREE_SECONDS_NS);
    }
}
