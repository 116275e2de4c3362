package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer's garbage is counted and dropped, never thrown, and when it is over the stream runs as before. */
class CorruptedDatagramsTest {
    private static final int SEEDS = 8;

    @ParameterizedTest
    @CsvSource({"SIMPLE, 0, false", "SIMPLE, 0, true", "MAIN, 0, false", "MAIN, 0, true", "MAIN, 256, false", "MAIN, 256, true"})
    void fourSecondsOfThemThrowNothingAndLeaveNothingBehind(Profile profile, int aesBits, boolean receiverCalls) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Pair pair = new Pair(seed).profile(profile).bufferMs(300).path(PathConditions.delayMs(10).withLoss(0.02)).nullPacketDeletion();
            if (receiverCalls) pair.receiverCalls();
            if (aesBits > 0) pair.secret("a key", aesBits, 500);
            pair.connect();
            pair.stream(Payloads.withNullPackets(3), 300, 1_200);
            pair.world.corrupt(0.3);
            pair.world.runMs(4_000);
            pair.world.corrupt(0);
            // A flow whose numbers were forged ends by its own silence; faults are over two seconds after the last
            pair.world.runMs(4_000);
            Delivery after = pair.stream(Payloads.of(500), 300, 900);
            pair.world.runMs(4_000);
            after.assertSound(pair);
            assertThat(after.count()).as("%s: %s", pair, pair.receiver.events()).isGreaterThan(890);
        }
    }
}
