package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockDriftTest {
    @ParameterizedTest
    @CsvSource({"SIMPLE, 200", "SIMPLE, -200", "MAIN, 200", "MAIN, -200"})
    void fiveMinutesOfTwoHundredPartsPerMillionMoveTheLatencyByNoMoreThanAPacket(Profile profile, double ppm) {
        Pair pair = new Pair(151).profile(profile).bufferMs(300).senderClockPpm(ppm).path(PathConditions.delayMs(10).withJitterMs(2).withLoss(0.01)).connect();
        // Undone, 300 s at 200 ppm are 60 ms: a fifth of the buffer
        Delivery delivery = pair.stream(Payloads.of(64), 100, 30_000);
        pair.world.runMs(301_000);
        delivery.assertCompleteBut(5, pair);
        assertThat(delivery.leastLatencyNs()).as("%s", pair).isGreaterThan(295_000_000L);
    }
}
