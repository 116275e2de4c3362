package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.api.SessionEvent.FaultRaised;
import io.ristflow.core.api.SessionEvent.PeerAuthenticated;
import io.ristflow.core.api.SessionEvent.PeerConnected;
import io.ristflow.core.api.SessionEvent.PeerRefused;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.SrpConfig;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Node;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EAP-SRP (TR-06-2 Annex D): who may send, and to whom. */
class LoginTest {
    private static final SrpConfig ALICE = SrpConfig.of("alice", "correcthorse");
    private static final PskConfig PSK = new PskConfig("a secret", 256, 0);

    @ParameterizedTest
    @CsvSource({
        "MAIN, false, false", "MAIN, true, false", "MAIN, false, true", "MAIN, true, true",
        "ADVANCED, false, false", "ADVANCED, true, false", "ADVANCED, false, true", "ADVANCED, true, true"
    })
    void mediaFlowsAfterTheLoginWhoeverCalls(Profile profile, boolean receiverCalls, boolean secret) {
        Pair pair = new Pair(1).profile(profile).login(ALICE, ALICE);
        if (receiverCalls) pair.receiverCalls();
        if (secret) pair.secrets(PSK, PSK);
        pair.connect();
        pair.streamToTheEnd(500, 1_000).assertComplete(pair);
        for (Node node : List.of(pair.sender, pair.receiver)) {
            assertThat(node.events(PeerAuthenticated.class)).as(node.toString()).containsExactly(new PeerAuthenticated(0, "alice"));
            assertThat(node.events(FaultRaised.class)).isEmpty();
            assertThat(index(node, PeerAuthenticated.class)).isLessThan(index(node, PeerConnected.class));
        }
    }

    private static int index(Node node, Class<? extends SessionEvent> kind) {
        List<SessionEvent> all = node.events(SessionEvent.class);
        for (int i = 0; i < all.size(); i++) if (kind.isInstance(all.get(i))) return i;
        return -1;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loginGetsThroughLosses(boolean secret) {
        for (long seed = 1; seed <= 20; seed++) {
            Pair pair = new Pair(seed).login(ALICE, ALICE).path(PathConditions.delayMs(20).withLoss(0.25)).bufferMs(1_000);
            if (secret) pair.secrets(PSK, PSK);
            pair.start();
            assertThat(pair.world.runUntil(() -> !pair.sender.events(PeerConnected.class).isEmpty() && !pair.receiver.events(PeerConnected.class).isEmpty(), 20_000)).as(pair.toString()).isTrue();
        }
    }

    @Test
    void streamThroughLossesIsRepairedUnderTheSessionsKey() {
        Pair pair = new Pair(3).login(ALICE, ALICE).bufferMs(600).connect();
        pair.forward.become(PathConditions.delayMs(10).withLoss(0.1));
        pair.backward.become(PathConditions.delayMs(10).withLoss(0.1));
        pair.streamToTheEnd(500, 3_000).assertCompleteBut(2, pair);
    }

    @Test
    void whatIsPushedBeforeTheLoginIsHeld() {
        Pair pair = new Pair(4).login(ALICE, ALICE).start();
        // Later by what the login takes
        Delivery delivery = pair.stream(500, 500).within(Ticks.msToNs(1_000));
        pair.world.runMs(3_000);
        delivery.assertComplete(pair);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsSentOrTakenBeforeTheLogin(boolean receiverCalls) {
        Pair pair = new Pair(5).login(SrpConfig.of("alice", "wrong"), ALICE).sendsBlindly();
        if (receiverCalls) pair.receiverCalls();
        pair.start();
        pair.stream(500, 1_000);
        pair.world.runMs(5_000);
        assertThat(pair.sender.mediaOut).isZero();
        assertThat(pair.receiver.events(SessionEvent.FlowStarted.class)).isEmpty();
        assertThat(pair.sender.events(PeerConnected.class)).isEmpty();
        assertThat(pair.receiver.events(PeerConnected.class)).isEmpty();
    }

    @Test
    void wrongPasswordIsNamedOnBothSidesAndStaysNamed() {
        Pair pair = new Pair(6).login(SrpConfig.of("alice", "wrong"), ALICE).start();
        pair.world.runMs(4_000);
        assertThat(raised(pair.receiver)).containsExactly(Fault.AUTH_FAILED);
        assertThat(raised(pair.sender)).containsExactly(Fault.AUTH_FAILED);
        assertThat(pair.receiver.events(FaultRaised.class).getFirst().detail()).isEqualTo("user alice: the password is wrong, or the peers' srp-compat differ");
        assertThat(pair.receiver.events(PeerRefused.class).getFirst()).isEqualTo(new PeerRefused(0, "alice", "the password is wrong, or the peers' srp-compat differ"));
        assertThat(pair.sender.events(PeerRefused.class)).isNotEmpty();
        pair.world.runMs(20_000);
        assertThat(pair.receiver.events(SessionEvent.FaultCleared.class)).isEmpty();
    }

    @Test
    void callerWithoutALoginIsNamed() {
        Pair pair = new Pair(7).login(null, ALICE).start();
        pair.stream(500, 500);
        pair.world.runMs(3_000);
        assertThat(raised(pair.receiver)).containsExactly(Fault.AUTH_FAILED);
        assertThat(pair.receiver.events(FaultRaised.class).getFirst().detail()).contains("does not log in");
        assertThat(pair.receiver.events(SessionEvent.FlowStarted.class)).isEmpty();
    }

    @Test
    void listenerWithoutALoginIsNamed() {
        Pair pair = new Pair(8).login(ALICE, null).start();
        pair.world.runMs(3_000);
        assertThat(raised(pair.sender)).contains(Fault.AUTH_FAILED);
        assertThat(pair.sender.mediaOut).isZero();
    }

    @Test
    void secretOfTheListenerAloneIsToldAfterTheLogin() {
        Pair pair = new Pair(9).login(ALICE, ALICE).secrets(null, PSK).connect();
        pair.streamToTheEnd(500, 1_000).assertComplete(pair);
    }

    @Test
    void listenersSecretIsToldToACallingReceiver() {
        Pair pair = new Pair(10).login(ALICE, ALICE).receiverCalls().secrets(PSK, null).connect();
        pair.streamToTheEnd(500, 1_000).assertComplete(pair);
    }

    @Test
    void callerFromANewAddressLogsInAnewAndLosesNothingThatTheBufferCannotRepair() {
        Pair pair = new Pair(11).login(ALICE, ALICE).bufferMs(1_500).connect();
        Delivery delivery = pair.stream(500, 3_000);
        pair.world.atMs(pair.world.nowMs() + 2_000, () -> pair.sender.rebind());
        pair.world.runMs(9_500);
        delivery.assertComplete(pair);
    }

    @Test
    void bondedPathsLogInEachForItself() {
        Pair pair = new Pair(12).login(ALICE, ALICE).bond(0, 0).connect();
        pair.there.get(0).become(PathConditions.delayMs(10).withLoss(0.3));
        pair.there.get(1).become(PathConditions.delayMs(15).withLoss(0.3));
        pair.streamToTheEnd(500, 2_000).assertComplete(pair);
        assertThat(pair.receiver.events(PeerAuthenticated.class)).hasSize(2);
    }

    @Test
    void olderFormsAreSpokenWhereBothSidesAreTold() {
        Pair pair = new Pair(13).login(ALICE.withCompat(true), ALICE.withCompat(true)).connect();
        pair.streamToTheEnd(500, 500).assertComplete(pair);
    }

    private static List<Fault> raised(Node node) {
        return node.events(FaultRaised.class).stream().map(FaultRaised::fault).distinct().toList();
    }
}
