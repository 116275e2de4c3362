package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls and who sends have nothing to do with each other (TR-06-2 §5.1). */
class FourRolePairsTest {
    @ParameterizedTest
    @CsvSource({
        "SIMPLE, false, 0, 0", "SIMPLE, true, 0, 0", "MAIN, false, 0, 0", "MAIN, true, 0, 0", "MAIN, false, 128, 0", "MAIN, true, 128, 0", "MAIN, false, 256, 0", "MAIN, true, 256, 0",
        "SIMPLE, false, 0, 5", "SIMPLE, true, 0, 5", "MAIN, true, 256, 5"
    })
    void everyPairCarriesAStreamOverABadPath(Profile profile, boolean receiverCalls, int aesBits, int tickMs) {
        Pair pair = new Pair(91).profile(profile).tickMs(tickMs).path(PathConditions.delayMs(20).withLoss(0.05));
        if (receiverCalls) pair.receiverCalls();
        if (aesBits > 0) pair.secret("correct horse", aesBits, 0);
        pair.connect();
        pair.streamToTheEnd(500, 1_500).assertCompleteBut(5, pair);
        assertThat(pair.sender.events()).noneMatch(told -> told.event().toString().startsWith("Fault"));
        assertThat(pair.receiver.events()).noneMatch(told -> told.event().toString().startsWith("Fault"));
    }
}
