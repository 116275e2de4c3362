package io.ristflow.operator.status;

import static io.ristflow.operator.status.Facts.brief;
import static io.ristflow.operator.status.Facts.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.OutputStatus;
import io.ristflow.operator.crd.v1alpha1.PathStatus;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.pods.Told;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a status says of peers, paths, faults and figures. */
class LinkStatusTest {
    private static final String PEER = "198.51.100.9:41210";
    private static final PodReport.Fault AES =
            new PodReport.Fault("AesSizeMismatch", "fibre",
                    "the peer encrypts with AES-128, this side with AES-256; set aes-type=256 at the peer or aes-type=128 here", false, false);

    private static RistFlowStatus status(String spec, PodReport.End... inputs) {
        return Facts.of(spec).says(Told.report(Told.flow(inputs), 1)).next();
    }

    private static PodReport.End refusing(PodReport.Fault... faults) {
        return Told.input("main", "Waiting", 0, Told.refusing(faults));
    }

    // ---- faults -----------------------------------------------------------------------------------------------------------------------------

    @Test
    void aPeerThatEncryptsOtherwiseIsToldInTheManifestsWords() {
        RistFlowStatus status = status(Facts.LISTENER, refusing(AES));
        assertThat(brief(status, "Degraded")).isEqualTo("True AesSizeMismatch");
        assertThat(condition(status, "Degraded").message())
                .isEqualTo("input main, path fibre: the peer encrypts with AES-128, this flow with AES-256; set aes-type=256 at the sender or encryption.aesBits: 128 here");
        assertThat(brief(status, "PeerConnected")).isEqualTo("False AesSizeMismatch");
        assertThat(brief(status, "Receiving")).isEqualTo("False AesSizeMismatch");
        assertThat(brief(status, "Ready")).as("its sockets are bound all the same").isEqualTo("True SocketsBound");
        assertThat(status.phase()).isEqualTo("Degraded");
    }

    @Test
    void aWrongPassphraseNamesTheSecret() {
        RistFlowStatus status = status(Facts.LISTENER,
                refusing(new PodReport.Fault("PassphraseMismatch", "fibre",
                "what the peer sends cannot be decrypted with this side's secret; set the same secret on both sides", false, false)));
        assertThat(condition(status, "Degraded").message())
                .isEqualTo("input main, path fibre: what the peer sends cannot be decrypted with this flow's passphrase (Secret studio-a-key, key passphrase); set the same passphrase on both sides");
    }

    @Test
    void theFaultThatASettingMendsComesFirst() {
        RistFlowStatus status = status(Facts.LISTENER,
                refusing(new PodReport.Fault("Malformed", "fibre", "datagrams arrive that are of no RIST profile", false, false), AES));
        assertThat(brief(status, "Degraded")).isEqualTo("True AesSizeMismatch");
        assertThat(condition(status, "Degraded").message()).contains(" | input main, path fibre: datagrams arrive");
    }

    @Test
    void whatAPeerWasRefusedForBeforeIsNotToldWhileOneIsRefusedForSomethingElse() {
        PodReport.Fault before = new PodReport.Fault("PassphraseMismatch", "fibre", "cannot be decrypted", false, true);
        RistFlowStatus status = status(Facts.LISTENER, refusing(before, AES));
        assertThat(brief(status, "Degraded")).isEqualTo("True AesSizeMismatch");
        assertThat(condition(status, "Degraded").message()).doesNotContain("decrypted");
        assertThat(brief(status(Facts.LISTENER, refusing(before)), "Degraded")).as("nobody else knocks").isEqualTo("True PassphraseMismatch");
    }

    @Test
    void strangersDoNotDegradeAFlowThatHasItsPeer() {
        RistFlowStatus status = status(Facts.LISTENER,
                Told.input("main", "Receiving", 5_000_000, new PodReport.Rist(true, List.of(Told.connected("fibre", PEER)), List.of(AES), null)));
        assertThat(brief(status, "Degraded")).isEqualTo("False AllWell");
        assertThat(status.phase()).isEqualTo("Streaming");
    }

    @Test
    void aFaultOfTheConnectedPeerItselfCounts() {
        PodReport.Fault own = new PodReport.Fault("PassphraseMismatch", "fibre", "what the peer sends can no longer be decrypted", true, false);
        RistFlowStatus status = status(Facts.LISTENER,
                Told.input("main", "Idle", 0, new PodReport.Rist(true, List.of(Told.connected("fibre", PEER)), List.of(own), null)));
        assertThat(brief(status, "Degraded")).isEqualTo("True PassphraseMismatch");
    }

    @Test
    void aFaultOfAFormerCallersSilenceIsNoFaultOfTheListener() {
        RistFlowStatus status = status(Facts.LISTENER, refusing(new PodReport.Fault("SessionTimeout", "fibre", "nothing was heard for 2000 ms", false, false)));
        assertThat(brief(status, "Degraded")).isEqualTo("False AllWell");
        assertThat(status.phase()).isEqualTo("Waiting");
    }

    @Test
    void anOutputThatIsNotAnsweredDegradesTheFlowThoughMediaComesIn() {
        PodReport.Rist calls = new PodReport.Rist(
                false, List.of(new PodReport.Path("wan", "192.0.2.7:6000", "CONNECTING", null, 0, 0, null, false, false)),
                        List.of(new PodReport.Fault("NoAnswer", "wan", "nothing comes back", false, false)), null);
        PodReport.Flow flow = Told.flow(List.of(Told.input("signal", "Receiving", 5_000_000, null)),
                List.of(new PodReport.End("affiliate", "Waiting", true, 0, null, calls, null)));
        RistFlowStatus status = Facts.of(Facts.CALLER).says(Told.report(flow, 1)).next();
        assertThat(brief(status, "PeerConnected")).isEqualTo("False NoAnswer");
        assertThat(brief(status, "Degraded")).isEqualTo("True NoAnswer");
        assertThat(brief(status, "Receiving")).isEqualTo("True MediaArrives");
        assertThat(status.phase()).isEqualTo("Degraded");
        assertThat(status.outputs().getFirst())
                .isEqualTo(new OutputStatus("affiliate", "Idle", 0,
                List.of(new PathStatus("wan", "192.0.2.7:6000", "Connecting", null, null, null, null, null))));
    }

    @Test
    void anOutputWhoseSocketFailedSaysWhy() {
        PodReport.Flow flow = Told.flow(
                List.of(Told.input("main", "Receiving", 5_000_000, Told.listener(Told.connected("fibre", PEER)))),
                        List.of(new PodReport.End("playout", "Failed", true, 0, null, null, "failed: Network is unreachable")));
        RistFlowStatus status = Facts.of(Facts.LISTENER).says(Told.report(flow, 1)).next();
        assertThat(brief(status, "Degraded")).isEqualTo("True OutputFailed");
        assertThat(condition(status, "Degraded").message()).isEqualTo("output playout: failed: Network is unreachable");
    }

    // ---- bonds and two inputs -----------------------------------------------------------------------------------------------------------------

    @Test
    void aBondThatLacksAPathSaysWhich() {
        RistFlowStatus status = status(Facts.BOND, Told.input("main", "Receiving", 5_000_000, Told.listener(Told.connected("fibre", PEER))));
        assertThat(brief(status, "Degraded")).isEqualTo("True PathDown");
        assertThat(condition(status, "Degraded").message()).startsWith("input main, path lte: ");
        assertThat(status.inputs().getFirst().paths()).extracting(PathStatus::state).containsExactly("Connected", "Listening");
    }

    @Test
    void aPathOfABondWithAFaultIsToldByTheFault() {
        PodReport.Fault lte = new PodReport.Fault("AesSizeMismatch", "lte", AES.detail(), false, false);
        RistFlowStatus status = status(Facts.BOND,
                Told.input("main", "Receiving", 5_000_000, new PodReport.Rist(true, List.of(Told.connected("fibre", PEER)), List.of(lte), null)));
        assertThat(brief(status, "Degraded")).isEqualTo("True AesSizeMismatch");
        assertThat(condition(status, "Degraded").message()).doesNotContain("|");
        assertThat(brief(status, "PeerConnected")).isEqualTo("True Connected");
    }

    @Test
    void aMutedPathIsToldWithItsLimit() {
        PodReport.Path muted = new PodReport.Path("lte", "203.0.113.7:50001", "CONNECTED", null, 480, 0, 0L, false, true);
        RistFlowStatus status = status(Facts.BOND, Told.input("main", "Receiving", 5_000_000, Told.listener(Told.connected("fibre", PEER), muted)));
        assertThat(brief(status, "Degraded")).isEqualTo("True PathMuted");
        assertThat(condition(status, "Degraded").message()).contains("rttDropMs: 300");
    }

    @Test
    void aBondThatNobodyHasJoinedWaits() {
        assertThat(brief(status(Facts.BOND, Told.input("main", "Waiting", 0, Told.listener())), "Degraded")).isEqualTo("False AllWell");
    }

    @Test
    void aStandbyThatGivesNothingIsToldWhileTheOtherStreams() {
        RistFlowStatus status = status(Facts.TWO, Told.input("main", "Receiving", 5_000_000, Told.listener(Told.connected("fibre", PEER))),
                Told.standby("backup", "Waiting", Told.listener()));
        assertThat(brief(status, "Degraded")).isEqualTo("True InputDown");
        assertThat(condition(status, "Degraded").message()).startsWith("input backup: gives no media");
        assertThat(brief(status, "Receiving")).isEqualTo("True MediaArrives");
        assertThat(status.inputs().get(1).active()).isFalse();
    }

    @Test
    void anInputThatTookOverSaysWhy() {
        PodReport.End main = new PodReport.End("main", "Idle", false, 0, 0.0, Told.listener(Told.connected("fibre", PEER)), null);
        PodReport.Flow flow = Told.flow(List.of(main,
                Told.input("backup", "Receiving", 5_000_000, Told.listener(Told.connected("lte", "203.0.113.7:50001")))), List.of());
        PodReport.Flow switched = new PodReport.Flow(flow.name(), flow.state(), null, flow.bitrateBps(), flow.inputs(), flow.outputs(),
                new PodReport.Switch("backup", "main is silent", "2026-11-23T16:31:12.500Z"));
        RistFlowStatus status = Facts.of(Facts.TWO).says(Told.report(switched, 1)).next();
        assertThat(condition(status, "Receiving").message()).isEqualTo("input backup (took over: main is silent)");
    }

    // ---- logins -------------------------------------------------------------------------------------------------------------------------------

    @Test
    void whoLoggedInIsNamed() {
        RistFlowStatus status = status(Facts.LOGIN, Told.input("main", "Receiving", 5_000_000, Told.listener(Told.user("fibre", PEER, "alice"))));
        assertThat(brief(status, "Authenticated")).isEqualTo("True LoggedIn");
        assertThat(condition(status, "Authenticated").message()).isEqualTo("input main, path fibre: user alice");
        assertThat(status.inputs().getFirst().paths().getFirst().user()).isEqualTo("alice");
    }

    @Test
    void aLoginThatIsRefusedIsAuthFailed() {
        RistFlowStatus status = status(Facts.LOGIN,
                refusing(new PodReport.Fault("AuthFailed", "fibre", "login refused of mallory: the password is wrong", false, false)));
        assertThat(brief(status, "Authenticated")).isEqualTo("False AuthFailed");
        assertThat(brief(status, "Degraded")).isEqualTo("True AuthFailed");
    }

    @Test
    void aPeerThatIsConnectedWithoutLoginIsNotAuthenticated() {
        assertThat(brief(status(Facts.LOGIN, Told.input("main", "Idle", 0, Told.listener(Told.connected("fibre", PEER)))), "Authenticated"))
                .isEqualTo("False NotLoggedIn");
    }

    @Test
    void aFlowWithoutLoginsHasNoSuchCondition() {
        assertThat(condition(status(Facts.LISTENER, Told.input("main", "Waiting", 0, Told.listener())), "Authenticated")).isNull();
    }

    // ---- figures ------------------------------------------------------------------------------------------------------------------------------

    @Test
    void pathsAndTotalsAreInTheUnitsOfTheirNames() {
        PodReport.End main = new PodReport.End("main", "Receiving", true, 5_003_120, 0.126,
                Told.listener(Told.connected("fibre", PEER, 24.21, 5_102_400, 4417), Told.connected("lte", "203.0.113.7:50001", 61.4, 5_098_000, 4417)), null);
        RistFlowStatus status = status(Facts.BOND, main);
        assertThat(status.inputs().getFirst().paths()).containsExactly(
                new PathStatus("fibre", PEER, "Connected", 24, 5102, 0.13, 4417L, null), new PathStatus("lte", "203.0.113.7:50001", "Connected", 61, 5098,
                        0.13, 4417L, null));
        assertThat(status.peers()).isEqualTo(2);
        assertThat(status.bitrateKbps()).isEqualTo(5003);
        assertThat(status.rttMs()).isEqualTo(61);
        assertThat(status.lostPercent()).isEqualTo(0.13);
        assertThat(status.outputs()).containsExactly(new OutputStatus("playout", "Sending", 5003, null));
    }

    @Test
    void figuresWithinAStepOfThoseShownStay() {
        Facts facts = Facts.of(Facts.LISTENER).says(Told.streaming(5_000_000));
        RistFlowStatus before = facts.next();
        assertThat(facts.says(Told.streaming(5_149_000)).next()).isEqualTo(before);
        assertThat(facts.says(Told.streaming(5_151_000)).next().bitrateKbps()).isEqualTo(5151);
    }

    @Test
    void ofManyCallersSixteenAreNamedAndAllCounted() {
        List<PodReport.Path> callers = new ArrayList<>();
        for (int i = 0; i < 40; i++) callers.add(Told.connected("fibre", "198.51.100." + i + ":6000"));
        RistFlowStatus status = status(Facts.LISTENER, Told.input("main", "Receiving", 5_000_000, new PodReport.Rist(true, callers, List.of(), null)));
        assertThat(status.inputs().getFirst().paths()).hasSize(16);
        assertThat(status.peers()).isEqualTo(40);
        assertThat(condition(status, "PeerConnected").message()).endsWith("; and 32 more");
    }
}
