package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Node;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TR-06-2 §7.4: the passphrase changes while media flows. */
class PassphraseChangeTest {
    private static final PskConfig BOTH = new PskConfig("even one", "odd one", false, 256, 0);
    private static final PskConfig EVEN_ALONE = new PskConfig("even one", 256, 0);
    private static final PskConfig ODD_ALONE = new PskConfig("odd one", 256, 0);

    private static void assertInForce(Parity parity, Node... nodes) {
        for (Node node : nodes) {
            assertThat(node.keys().inForce()).as("%s", node).isEqualTo(parity);
            assertThat(node.keys().changing()).as("%s", node).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIN, false, false", "MAIN, false, true", "MAIN, true, false", "MAIN, true, true", "ADVANCED, false, false", "ADVANCED, true, true"})
    void sendersChangeUnderLoadLosesNothingWhoeverCalls(Profile profile, boolean receiverCalls, boolean rotating) {
        PskConfig psk = new PskConfig("even one", "odd one", false, 256, rotating ? 700 : 0);
        Pair pair = new Pair(201).profile(profile).secrets(psk, psk).path(PathConditions.delayMs(20).withLoss(0.1));
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        // Advanced goes over from Main framing with the second keep-alive
        pair.world.runMs(1_500);
        Delivery delivery = pair.stream(1_000, 6_000);
        pair.world.runMs(1_000);
        pair.sender.usePassphrase(Parity.ODD);
        pair.world.runMs(900);
        assertThat(pair.sender.keys().inForce()).as("a second has not passed since the announcement").isEqualTo(Parity.EVEN);
        pair.world.runMs(6_000);
        delivery.assertCompleteBut(3, pair);
        assertInForce(Parity.ODD, pair.sender, pair.receiver);
        assertThat(pair.sender.events(SessionEvent.PassphraseInForce.class)).containsExactly(new SessionEvent.PassphraseInForce(-1, Parity.ODD));
        assertThat(pair.receiver.events(SessionEvent.PeerPassphraseChanged.class)).containsExactly(new SessionEvent.PeerPassphraseChanged(0, Parity.ODD));
        assertThat(pair.receiver.events(SessionEvent.PeerLost.class)).isEmpty();
        assertThat(pair.receiver.faultToldNs(Fault.PASSPHRASE_MISMATCH)).isNegative();
    }

    /** The announced key is there when it is used, so nothing is even asked for. */
    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"MAIN", "ADVANCED"})
    void changeOnACleanPathCostsNotEvenARequest(Profile profile) {
        Pair pair = new Pair(202).profile(profile).secrets(BOTH, BOTH).connect();
        pair.world.runMs(1_500);
        pair.receiver.keyDelayMs(300);
        Delivery delivery = pair.stream(1_000, 4_000);
        pair.world.atMs(pair.world.nowMs() + 500, () -> pair.sender.usePassphrase(Parity.ODD));
        pair.world.runMs(5_000);
        delivery.assertComplete(pair);
        assertThat(pair.flow().missing()).isZero();
        assertInForce(Parity.ODD, pair.sender, pair.receiver);
    }

    @Test
    void thereAndBackAgainAndAgainLosesNothing() {
        Pair pair = new Pair(203).secrets(BOTH, BOTH).path(PathConditions.delayMs(15)).connect();
        Delivery delivery = pair.stream(500, 8_000);
        for (int i = 0; i < 6; i++) {
            Parity parity = Parity.of(i % 2 == 0);
            // Also while a change is under way: an announced nonce comes into use first
            long at = pair.world.nowMs() + 500 + i * 1_900L;
            pair.world.atMs(at, () -> pair.sender.usePassphrase(parity));
            pair.world.atMs(at + 600, () -> pair.sender.usePassphrase(parity.other()));
            pair.world.atMs(at + 700, () -> pair.sender.usePassphrase(parity));
        }
        pair.world.runMs(17_000);
        delivery.assertComplete(pair);
        assertInForce(Parity.EVEN, pair.sender, pair.receiver);
        assertThat(pair.flow().missing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void receiverThatHoldsOneOfTheTwoSaysThatThePeerHasChanged(boolean receiverCalls) {
        Pair pair = new Pair(204).secrets(BOTH, EVEN_ALONE);
        if (receiverCalls) pair.receiverCalls();
        pair.connect();
        Delivery delivery = pair.stream(500, 4_000);
        pair.world.runMs(1_000);
        pair.sender.usePassphrase(Parity.ODD);
        pair.world.runMs(4_000);
        assertThat(delivery.count()).isBetween(1_000, 1_700);
        SessionEvent.FaultRaised raised = pair.receiver.events(SessionEvent.FaultRaised.class).stream().filter(f -> f.fault() == Fault.PASSPHRASE_MISMATCH).findFirst().orElseThrow();
        assertThat(raised.detail()).contains("changed to a passphrase that this side does not hold").doesNotContain("odd one");
        // … and it is mended without a restart
        pair.receiver.replacePassphrase(Parity.ODD, "odd one");
        int before = delivery.count();
        pair.world.runMs(2_000);
        assertThat(delivery.count() - before).isGreaterThan(700);
        assertInForce(Parity.ODD, pair.receiver);
    }

    /** librist's B is random, so what it does not name has to be tried: here the peer has one passphrase and both values of B. */
    @ParameterizedTest
    @CsvSource({"MAIN, the one, another", "MAIN, another, the one", "ADVANCED, the one, another", "ADVANCED, another, the one"})
    void peerWhoseBMeansNothingIsUnderstood(Profile profile, String even, String odd) {
        PskConfig atSender = new PskConfig("the one", "the one", false, 256, 400);
        PskConfig atReceiver = new PskConfig(even, odd, odd.equals("the one"), 256, 0);
        Pair pair = new Pair(205).profile(profile).secrets(atSender, atReceiver).path(PathConditions.delayMs(10).withLoss(0.05)).connect();
        Delivery delivery = pair.stream(500, 5_000);
        for (int i = 0; i < 4; i++) {
            Parity parity = Parity.of(i % 2 == 0);
            pair.world.atMs(pair.world.nowMs() + 300 + 2_000 * i, () -> pair.sender.usePassphrase(parity));
        }
        pair.world.runMs(11_500);
        delivery.assertCompleteBut(3, pair);
        assertThat(pair.receiver.faultToldNs(Fault.PASSPHRASE_MISMATCH)).isNegative();
        assertThat(pair.receiver.keysDerived).as("two for a nonce at most, and its own").isLessThan(2 * pair.sender.keysDerived + 10);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"MAIN", "ADVANCED"})
    void onePassphraseServesBothValuesOfB(Profile profile) {
        Pair pair = new Pair(206).profile(profile).secrets(new PskConfig("the one", "the one", true, 128, 300), new PskConfig("the one", 128, 0)).connect();
        pair.streamToTheEnd(500, 2_000).assertComplete(pair);
    }

    /** TR-06-3 §8: AES-192, which only this profile has. */
    @Test
    void advancedProfileChangesUnderAes192Too() {
        PskConfig psk = new PskConfig("even one", "odd one", false, 192, 500);
        Pair pair = new Pair(209).profile(Profile.ADVANCED).secrets(psk, psk).path(PathConditions.delayMs(10).withLoss(0.1)).connect();
        Delivery delivery = pair.stream(500, 3_000);
        pair.world.atMs(pair.world.nowMs() + 2_000, () -> pair.sender.usePassphrase(Parity.ODD));
        pair.world.runMs(7_000);
        delivery.assertCompleteBut(3, pair);
        assertThat(pair.receiver.keys().aesBits()).isEqualTo(192);
        assertInForce(Parity.ODD, pair.sender, pair.receiver);
    }

    @Test
    void mainProfileRefusesAes192() {
        assertThatThrownBy(() -> new Pair(210).secret("a", 192, 0).start()).isInstanceOf(ConfigException.class).hasMessageStartingWith("aes-type: 192 is not in {128, 256}");
    }

    /** It begins under even, as it was started anew, and goes after its sender at once. */
    @Test
    void receiverFollowsASenderThatIsUnderTheOtherPassphraseAlready() {
        Pair pair = new Pair(207).secrets(new PskConfig("even one", "odd one", true, 256, 0), BOTH).connect();
        pair.streamToTheEnd(500, 1_000).assertComplete(pair);
        assertInForce(Parity.ODD, pair.sender, pair.receiver);
    }

    @Test
    void senderWithTwoIsUnderstoodByAReceiverThatHasWhatIsInForceAsItsOnly() {
        Pair pair = new Pair(208).secrets(new PskConfig("even one", "odd one", true, 256, 0), ODD_ALONE).connect();
        pair.streamToTheEnd(500, 1_000).assertComplete(pair);
    }
}
