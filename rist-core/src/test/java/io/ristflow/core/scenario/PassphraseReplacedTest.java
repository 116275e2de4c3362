package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.Parity;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new passphrase takes a former one's place while media flows: what a changed Secret does. */
class PassphraseReplacedTest {
    /** The receiver hears of it first, at about the same time, or much later than the sender has announced it but before it is in use. */
    @ParameterizedTest
    @CsvSource({"MAIN, -20000, 0.1", "MAIN, -300, 0", "MAIN, 0, 0.1", "MAIN, 700, 0", "ADVANCED, -300, 0.1", "ADVANCED, 700, 0"})
    void oneSecretChangedAtBothEndsLosesNothing(Profile profile, long receiverLaterMs, double loss) {
        Pair pair = new Pair(221).profile(profile).secret("former", 256, 0).path(PathConditions.delayMs(20).withLoss(loss)).connect();
        long senderAtMs = pair.world.nowMs() + 500 + Math.max(0, -receiverLaterMs);
        Delivery delivery = pair.stream(500, 2_500 + (int) (Math.max(0, -receiverLaterMs) / 2));
        pair.world.atMs(senderAtMs, () -> pair.sender.replacePassphrase(Parity.EVEN, "new"));
        pair.world.atMs(senderAtMs + receiverLaterMs, () -> pair.receiver.replacePassphrase(Parity.EVEN, "new"));
        pair.world.runMs(6_000 + Math.max(0, -receiverLaterMs));
        delivery.assertCompleteBut(loss == 0 ? 0 : 3, pair);
        assertThat(pair.receiver.faultToldNs(Fault.PASSPHRASE_MISMATCH)).isNegative();
        assertThat(pair.sender.faultToldNs(Fault.PASSPHRASE_MISMATCH)).isNegative();
    }

    /** The way without any haste: the new one goes to the place that is not in force, at both ends, and then the sender changes. */
    @Test
    void placesMayBeFilledAnewForEver() {
        Pair pair = new Pair(222).secrets(new PskConfig("0", "1", false, 128, 0), new PskConfig("0", "1", false, 128, 0)).connect();
        Delivery delivery = pair.stream(250, 6_000);
        for (int i = 0; i < 6; i++) {
            Parity free = Parity.of(i % 2 == 0);
            String passphrase = Integer.toString(i + 1);
            long at = pair.world.nowMs() + 200 + i * 3_500L;
            pair.world.atMs(at, () -> pair.receiver.replacePassphrase(free, passphrase));
            pair.world.atMs(at + 1_000, () -> pair.sender.replacePassphrase(free, passphrase));
            pair.world.atMs(at + 1_100, () -> pair.sender.usePassphrase(free));
        }
        pair.world.runMs(25_000);
        delivery.assertComplete(pair);
        assertThat(pair.flow().missing()).isZero();
        assertThat(pair.receiver.keys().inForce()).isEqualTo(Parity.EVEN);
    }

    @Test
    void receiverSpeaksUnderTheFormerOneUntilItsSenderHasChanged() {
        Pair pair = new Pair(223).secret("former", 256, 0).connect();
        Delivery delivery = pair.stream(500, 10_000);
        pair.receiver.replacePassphrase(Parity.EVEN, "new");
        pair.world.runMs(15_000);
        assertThat(pair.receiver.keys().nonces()).as("still its first nonce").isEqualTo(1);
        pair.sender.replacePassphrase(Parity.EVEN, "new");
        pair.world.runMs(6_000);
        assertThat(pair.receiver.keys().nonces()).isEqualTo(2);
        delivery.assertComplete(pair);
    }

    /** After five minutes, or sooner if every peer has left it, the former passphrase opens nothing. */
    @ParameterizedTest
    @CsvSource({"true, 8000", "false, 301000"})
    void formerPassphraseEndsInTime(boolean senderChanges, long afterMs) {
        Pair pair = new Pair(224).secret("former", 128, 0).connect();
        pair.receiver.replacePassphrase(Parity.EVEN, "new");
        if (senderChanges) pair.sender.replacePassphrase(Parity.EVEN, "new");
        pair.world.runMs(afterMs - 1_000);
        assertThat(pair.receiver.faultToldNs(Fault.PASSPHRASE_MISMATCH)).isNegative();
        pair.world.runMs(2_000);
        // Whoever holds nothing but the former one is a stranger
        if (senderChanges) pair.sender.die();
        Pair late = pair;
        var former = late.world.sender("late", new Pair(1).secret("former", 128, 0).senderConfig(), 0).calls(late.receiver);
        late.world.connect(former, late.receiver, PathConditions.delayMs(10));
        late.world.connect(late.receiver, former, PathConditions.delayMs(10));
        former.start();
        late.world.runMs(4_000);
        assertThat(former.connected()).isFalse();
        assertThat(late.receiver.faultToldNs(Fault.PASSPHRASE_MISMATCH)).isPositive();
    }
}
