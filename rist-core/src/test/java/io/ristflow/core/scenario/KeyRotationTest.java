package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRotationTest {
    @ParameterizedTest
    @CsvSource({"128, false", "256, false", "256, true"})
    void newKeyEveryThreeHundredPacketsLosesNone(int aesBits, boolean receiverCalls) {
        Pair pair = new Pair(101).secret("rolling stone", aesBits, 300);
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        pair.streamToTheEnd(500, 3_000).assertComplete(pair);
        assertThat(pair.receiver.keysDerived).isGreaterThanOrEqualTo(10);
        assertThat(pair.flow().missing()).as("found missing, so that a rotation costs not even a request").isZero();
    }

    @ParameterizedTest
    @CsvSource({"128", "256"})
    void rotationOnALossyPathLosesNoneEither(int aesBits) {
        Pair pair = new Pair(102).secret("rolling stone", aesBits, 300).path(PathConditions.delayMs(20).withLoss(0.1)).connect();
        pair.streamToTheEnd(500, 3_000).assertCompleteBut(5, pair);
    }

    @ParameterizedTest
    @CsvSource({"128", "256"})
    void slowKeyMakerCostsNothingThatTheBufferCannotRepair(int aesBits) {
        Pair pair = new Pair(103).secret("rolling stone", aesBits, 300).start();
        pair.receiver.keyDelayMs(40);
        pair.sender.keyDelayMs(40);
        pair.world.runUntil(pair.sender::connected, 3_000);
        pair.streamToTheEnd(500, 2_000).assertComplete(pair);
    }
}
