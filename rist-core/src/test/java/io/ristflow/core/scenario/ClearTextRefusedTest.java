package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.api.Test;

class ClearTextRefusedTest {
    private static final long THREE_SECONDS_NS = 3_000_000_000L;

    @Test
    void receiverWithAKeySaysSoAndTakesNothingInTheClear() {
        Pair pair = new Pair(113).secrets(null, new PskConfig("key", 256, 0)).start();
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(4_000);
        assertThat(pair.receiver.faultToldNs(Fault.CLEAR_TEXT_REFUSED)).isBetween(0L, THREE_SECONDS_NS);
        assertThat(delivery.count()).isZero();
    }

    @Test
    void senderWithAKeyRefusesAReceiverWithoutOne() {
        Pair pair = new Pair(114).secrets(new PskConfig("key", 256, 0), null).receiverCalls().start();
        pair.stream(500, 1_000);
        pair.world.runMs(4_000);
        assertThat(pair.sender.faultToldNs(Fault.CLEAR_TEXT_REFUSED)).isBetween(0L, THREE_SECONDS_NS);
        assertThat(pair.sender.connected()).isFalse();
    }
}
