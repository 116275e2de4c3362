package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoSdesTest {
    private static final long THREE_SECONDS_NS = 3_000_000_000L;

    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void mediaWithoutRtcpIsNotDeliveredAndTheReasonIsTold(Profile profile) {
        Pair pair = new Pair(119).profile(profile).sendsBlindly().path(PathConditions.PERFECT.withLoss(1), PathConditions.delayMs(10)).start();
        // The greeting is lost on the path, and whatever RTCP follows in the firewall
        pair.sender.blockControl();
        pair.forward.become(PathConditions.delayMs(10));
        Delivery delivery = pair.stream(500, 2_000);
        pair.world.runMs(3_500);
        assertThat(pair.receiver.faultToldNs(Fault.NO_SDES)).as("%s", pair).isBetween(0L, THREE_SECONDS_NS);
        assertThat(delivery.count()).isZero();
    }
}
