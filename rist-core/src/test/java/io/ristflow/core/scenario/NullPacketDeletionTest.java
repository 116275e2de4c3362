package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NullPacketDeletionTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN"})
    void nullPacketsAreTakenOutAndPutBackToTheByte(Profile profile) {
        Pair pair = new Pair(171).profile(profile).nullPacketDeletion().path(PathConditions.delayMs(15).withLoss(0.05)).connect();
        long before = pair.forward.sentBytes;
        Delivery delivery = pair.stream(Payloads.withNullPackets(3), 500, 1_500);
        pair.world.runMs(3_700);
        delivery.assertCompleteBut(5, pair);
        assertThat(pair.forward.sentBytes - before).as("bytes on the wire for %d pushed", 1_500 * 1_316).isLessThan(1_500 * 1_316 * 85 / 100);
        assertThat(pair.senderStats().paths().getFirst().nullPackets()).isGreaterThan(2_500);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN"})
    void payloadThatIsNoTransportStreamPassesUntouched(Profile profile) {
        Pair pair = new Pair(172).profile(profile).nullPacketDeletion().connect();
        Delivery delivery = pair.stream(Payloads.of(1_000), 500, 500);
        pair.world.runMs(2_000);
        delivery.assertComplete(pair);
    }
}
