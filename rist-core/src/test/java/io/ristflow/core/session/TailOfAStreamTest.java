package io.ristflow.core.session;

import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing follows the last packets to reveal their loss, and nothing precedes the first. */
class TailOfAStreamTest {
    @ParameterizedTest
    @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void headAndTailSurviveATenthLost(Profile profile) {
        for (int seed = 0; seed < 40; seed++) {
            Pair pair = new Pair(seed).profile(profile).bufferMs(500).path(PathConditions.delayMs(20)).connect();
            PathConditions lossy = PathConditions.delayMs(20).withLoss(0.1);
            pair.forward.become(lossy);
            pair.backward.become(lossy);
            Delivery delivery = pair.streamToTheEnd(500, 300);
            delivery.assertComplete(pair);
        }
    }
}
