package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of one bond with secrets of their own. */
class PathSecretsTest {
    private static final PskConfig FIBRE = new PskConfig("of the fibre", 256, 500);
    private static final PskConfig CELLULAR = new PskConfig("of the modem", "of the modem, next", false, 128, 0);

    private static List<PathConfig> paths() {
        return List.of(new PathConfig("fibre", 1, 0).withPsk(FIBRE), new PathConfig("modem", 1, 0).withPsk(CELLULAR), new PathConfig("lan", 1, 0));
    }

    /** Load-shared, so that every path's packets count. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoPathsWithSecretsOfTheirOwnAndOneInTheClearCarryOneFlow(boolean receiverCalls) {
        Pair pair = new Pair(231).bond(paths()).path(PathConditions.delayMs(20).withLoss(0.05));
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        pair.world.runMs(500);
        Delivery delivery = pair.stream(600, 4_000);
        pair.world.runMs(2_000);
        pair.sender.usePassphrase(1, Parity.ODD);
        pair.world.runMs(6_500);
        delivery.assertCompleteBut(3, pair);
        for (var node : List.of(pair.sender, pair.receiver)) {
            assertThat(node.allKeys()).extracting(KeyStats::leg, KeyStats::aesBits, KeyStats::inForce)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(0, 256, Parity.EVEN), org.assertj.core.groups.Tuple.tuple(1, 128, Parity.ODD));
            assertThat(node.events(SessionEvent.FaultRaised.class)).isEmpty();
        }
        assertThat(pair.senderStats().paths()).allSatisfy(path -> assertThat(path.sentPackets()).isGreaterThan(800));
        assertThat(pair.sender.events(SessionEvent.PassphraseInForce.class)).containsExactly(new SessionEvent.PassphraseInForce(1, Parity.ODD));
    }

    @Test
    void wrongSecretOnOnePathIsToldForThatPathAndTheOthersGoOn() {
        Pair pair = new Pair(232).bond(List.of(new PathConfig("fibre", 0, 0).withPsk(FIBRE), new PathConfig("lan", 0, 0))).connect();
        pair.world.runMs(500);
        pair.receiver.replacePassphrase(0, Parity.EVEN, "another");
        pair.sender.replacePassphrase(0, Parity.EVEN, "yet another");
        Delivery delivery = pair.streamToTheEnd(500, 2_000);
        delivery.assertComplete(pair);
        List<SessionEvent.FaultRaised> raised = pair.receiver.events(SessionEvent.FaultRaised.class);
        assertThat(raised.getFirst().fault()).isEqualTo(Fault.PASSPHRASE_MISMATCH);
        assertThat(raised).as("all of one path").extracting(SessionEvent.FaultRaised::path).containsOnly(raised.getFirst().path());
    }

    @Test
    void pathWithoutASecretOfItsOwnHasNoneToChange() {
        Pair pair = new Pair(233).bond(paths()).connect();
        assertThatThrownBy(() -> pair.sender.usePassphrase(2, Parity.ODD)).isInstanceOf(IllegalStateException.class).hasMessage("path 2 has no secret of its own");
        assertThatThrownBy(() -> pair.sender.usePassphrase(0, Parity.ODD)).isInstanceOf(IllegalStateException.class).hasMessage("no odd passphrase is set");
    }

    /** One secret for two paths: each learns the new key, and nothing is lost on either. */
    @Test
    void changeOfTheSharedSecretReachesEveryPath() {
        PskConfig psk = new PskConfig("even one", "odd one", false, 256, 0);
        Pair pair = new Pair(234).secrets(psk, psk).bond(1, 1).connect();
        pair.world.runMs(500);
        Delivery delivery = pair.stream(1_000, 4_000);
        pair.world.atMs(pair.world.nowMs() + 500, () -> pair.sender.usePassphrase(Parity.ODD));
        pair.world.runMs(5_000);
        delivery.assertComplete(pair);
        assertThat(pair.flow().missing()).isZero();
        assertThat(pair.receiver.events(SessionEvent.PeerPassphraseChanged.class)).hasSize(2);
    }
}
