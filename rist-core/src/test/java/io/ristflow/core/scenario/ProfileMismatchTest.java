package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileMismatchTest {
    private static final long THREE_SECONDS_NS = 3_000_000_000L;

    /** A Simple sender that calls a Main receiver is missing: it speaks to port P + 1 alone until that answers, and there nobody listens. */
    @ParameterizedTest
    @CsvSource({"MAIN, SIMPLE, false", "MAIN, SIMPLE, true", "SIMPLE, MAIN, true"})
    void whoeverIsCalledSaysWithinThreeSecondsThatTheOtherSpeaksAnotherProfile(Profile atSender, Profile atReceiver, boolean receiverCalls) {
        Pair pair = new Pair(117).profiles(atSender, atReceiver);
        if (receiverCalls) pair.receiverCalls();
        pair.start();
        Delivery delivery = pair.stream(500, 1_000);
        pair.world.runMs(4_000);
        assertThat((receiverCalls ? pair.sender : pair.receiver).faultToldNs(Fault.PROFILE_MISMATCH)).as("%s", pair).isBetween(0L, THREE_SECONDS_NS);
        assertThat(delivery.count()).isZero();
    }
}
