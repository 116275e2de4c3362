package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Node;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths added, removed and weighed while the flow runs; a secret of its own for each. */
class BondingChangesLiveTest {
    private static final PathConditions PATH = PathConditions.delayMs(15).withLoss(0.02);

    @ParameterizedTest
    @CsvSource({"MAIN, false", "MAIN, true", "SIMPLE, false", "SIMPLE, true"})
    void pathsComeAndGoWithoutALoss(Profile profile, boolean receiverCalls) {
        Pair pair = new Pair(321).profile(profile).bond(1).bufferMs(500).tickMs(5).path(PATH);
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        Delivery delivery = pair.stream(500, 5_000);
        pair.world.runMs(1_000);
        pair.connectLeg(1);
        Node caller = receiverCalls ? pair.receiver : pair.sender;
        Node listener = receiverCalls ? pair.sender : pair.receiver;
        listener.addPath(1, new PathConfig("second", 1, 0), null);
        caller.addPath(1, new PathConfig("second", 1, 0), listener);
        pair.world.runMs(3_000);
        assertThat(sent(pair, 1)).as("half of it since it is known").isCloseTo(750L, within(60L));
        pair.sender.setWeight(1, 4);
        long before = sent(pair, 1);
        pair.world.runMs(1_000);
        assertThat(sent(pair, 1) - before).isCloseTo(400L, within(20L));
        pair.sender.removePath(0);
        pair.receiver.removePath(0);
        before = sent(pair, 1);
        pair.world.runMs(1_000);
        assertThat(sent(pair, 1) - before).isEqualTo(500);
        assertThat(pair.sender.events(SessionEvent.PeerLost.class)).hasSize(1);
        pair.world.runMs(6_000);
        delivery.assertCompleteBut(2, pair);
        assertThat(pair.senderStats().paths()).hasSize(1);
        assertThat(pair.receiver.events(SessionEvent.FlowStarted.class)).as("one flow all the while").hasSize(1);
    }

    @Test
    void eachPathMayHaveASecretOfItsOwn() {
        List<PathConfig> legs = List.of(
                new PathConfig("a", 1, 0).withPsk(new PskConfig("the first secret", 128, 0)), new PathConfig("b", 1, 0).withPsk(new PskConfig("the second secret", 256, 0)));
        Pair pair = new Pair(322).bond(legs).path(PATH).connect();
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertCompleteBut(2, pair);
        assertThat(sent(pair, 0)).isCloseTo(1_000L, within(50L));
    }

    @Test
    void whatCannotBeChangedIsSaid() {
        Pair pair = new Pair(323).bond(1, 1).connect();
        assertThatThrownBy(() -> pair.sender.setWeight(7, 1)).hasMessage("leg 7 is not there");
        assertThatThrownBy(() -> pair.sender.setWeight(0, -1)).hasMessage("weight -1 is not in 0..10000");
        assertThatThrownBy(() -> pair.sender.addPath(1, new PathConfig("x", 0, 0), pair.receiver)).hasMessage("leg 1 is there already");
        pair.sender.removePath(9);
    }

    private static long sent(Pair pair, int leg) {
        return pair.senderStats().paths().stream().filter(p -> p.bonding().leg() == leg).mapToLong(p -> p.sentPackets()).sum();
    }
}
