package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.AdvancedConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.ReceiverConfig.NackType;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TR-06-3 end to end: framing, requests in 32 bits, its clock, its keys. */
class AdvancedProfileTest {
    private static final PathConditions LOSSY = PathConditions.delayMs(20).withLoss(0.1);

    @ParameterizedTest
    @CsvSource({"0, false, RANGE", "128, false, RANGE", "192, false, RANGE", "256, false, RANGE", "0, true, RANGE", "256, true, RANGE", "0, false, BITMASK", "256, true, BITMASK"})
    void lossIsRepaired(int aesBits, boolean receiverCalls, NackType nackType) {
        Pair pair = new Pair(301).profile(Profile.ADVANCED).nackType(nackType).path(LOSSY);
        if (aesBits > 0) pair.secret("sixteen or more", aesBits, 0);
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        pair.streamToTheEnd(500, 3_000).assertCompleteBut(5, pair);
        assertThat(pair.flow().recovered()).isGreaterThan(200);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "256, false", "0, true", "256, true"})
    void compressedAndStrictStreamsComeWhole(int aesBits, boolean strict) {
        Pair pair = new Pair(302).profile(Profile.ADVANCED).advanced(new AdvancedConfig(true, strict)).path(LOSSY);
        if (aesBits > 0) pair.secret("sixteen or more", aesBits, 300);
        pair.connect();
        pair.stream(Payloads.withNullPackets(4), 500, 2_000);
        pair.world.runMs(5_000);
        assertThat(pair.flow().delivered()).isGreaterThan(1_990);
    }

    /** §9: either end may know Main alone. */
    @ParameterizedTest
    @CsvSource({"MAIN, ADVANCED, 0", "ADVANCED, MAIN, 0", "MAIN, ADVANCED, 256", "ADVANCED, MAIN, 128"})
    void peerThatKnowsMainAloneIsServedInMain(Profile sender, Profile receiver, int aesBits) {
        Pair pair = new Pair(303).profiles(sender, receiver).path(LOSSY);
        if (aesBits > 0) pair.secrets(new PskConfig("common", aesBits, 0), new PskConfig("common", aesBits, 0));
        pair.connect();
        pair.streamToTheEnd(500, 2_000).assertCompleteBut(5, pair);
    }

    /** Payloads that no network would carry in one piece, over one that loses a tenth of the pieces. */
    @ParameterizedTest
    @CsvSource({"0, false", "256, true"})
    void largePayloadsGoInFragmentsThatAreRecoveredForThemselves(int aesBits, boolean receiverCalls) {
        Pair pair = new Pair(305).profile(Profile.ADVANCED).path(LOSSY);
        if (aesBits > 0) pair.secret("sixteen or more", aesBits, 0);
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        Delivery delivery = pair.stream(Payloads.of(5_000), 200, 1_000);
        pair.world.runMs(6_000);
        delivery.assertCompleteBut(5, pair);
        assertThat(pair.flow().received()).as("packets").isGreaterThan(3_950);
        assertThat(pair.flow().recovered()).isGreaterThan(300);
    }

    @Test
    void peerOfMainIsSentLargePayloadsWhole() {
        Pair pair = new Pair(306).profiles(Profile.ADVANCED, Profile.MAIN).connect();
        Delivery delivery = pair.stream(Payloads.of(5_000), 200, 500);
        pair.world.runMs(4_000);
        delivery.assertComplete(pair);
        assertThat(pair.flow().received()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"128", "256"})
    void newKeyEveryThreeHundredPacketsLosesNone(int aesBits) {
        Pair pair = new Pair(304).profile(Profile.ADVANCED).secret("rolling stone", aesBits, 300).connect();
        pair.streamToTheEnd(500, 3_000).assertComplete(pair);
        assertThat(pair.receiver.keysDerived).isGreaterThanOrEqualTo(10);
        assertThat(pair.flow().missing()).as("found missing, so that a rotation costs not even a request").isZero();
    }
}
