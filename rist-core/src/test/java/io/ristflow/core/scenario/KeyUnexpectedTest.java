package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.api.Test;

class KeyUnexpectedTest {
    private static final long THREE_SECONDS_NS = 3_000_000_000L;

    @Test
    void receiverWithoutAKeySaysThatThePeerEncrypts() {
        Pair pair = new Pair(115).secrets(new PskConfig("key", 128, 0), null).start();
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(4_000);
        assertThat(pair.receiver.faultToldNs(Fault.KEY_UNEXPECTED)).isBetween(0L, THREE_SECONDS_NS);
        assertThat(delivery.count()).isZero();
    }

    @Test
    void faultIsClearedAndTheStreamRunsOnceTheSenderComesBackInTheClear() {
        Pair pair = new Pair(116).secrets(new PskConfig("key", 128, 0), null).start();
        pair.world.runMs(1_000);
        pair.secrets(null, null);
        pair.sender.restart(io.ristflow.core.Rist.sender(pair.senderConfig(), pair.world.random().split()), true);
        pair.world.runMs(500);
        Delivery delivery = pair.stream(500, 2_000);
        pair.world.runMs(5_500);
        delivery.assertComplete(pair);
        assertThat(pair.receiver.events(io.ristflow.core.api.SessionEvent.FaultCleared.class)).anyMatch(e -> e.fault() == Fault.KEY_UNEXPECTED);
    }
}
