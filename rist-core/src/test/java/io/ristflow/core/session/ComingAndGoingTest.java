package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.bye;
import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Datagrams.keepAlive;
import static io.ristflow.core.session.Datagrams.media;
import static io.ristflow.core.session.Datagrams.senderReport;
import static io.ristflow.core.session.Datagrams.tunnelled;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComingAndGoingTest {
    @Test
    void callerOpensWithKeepAlivesOfBothVersionsBufferNegotiationAndReportsThreeTimesEach() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null);
        List<String> burst = lab.sent.stream().map(s -> s.u16(2) == 0xCCE0 ? Integer.toHexString(s.u16(10)) : Integer.toHexString(s.u16(2))).toList();
        assertThat(burst).containsExactly("8000", "8000", "8000", "88b5", "88b5", "88b5", "8002", "8002", "8002", "88b6", "88b6", "88b6");
    }

    @Test
    void listenerIsSilentUntilItHearsAndThenGreets() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, null).run(500);
        assertThat(lab.sent).isEmpty();
        lab.in(3, keepAlive(false));
        assertThat(lab.sentOn(3, Lane.CONTROL)).hasSize(4);
    }

    @Test
    void disconnectIsAnsweredThreeTimesAtMostAndTheCallerWaitsASecond() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null);
        lab.in(0, tunnelled(feedback(FLOW)));
        lab.sent.clear();
        for (int i = 0; i < 10; i++) lab.in(0, keepAlive(true)).run(20);
        assertThat(disconnects(lab)).isEqualTo(3);
        assertThat(lab.sent).hasSize(3);
        assertThat(lab.count(SessionEvent.PeerLost.class)).isEqualTo(1);
        lab.run(750);
        assertThat(lab.sent).as("quiet for a second").hasSize(3);
        lab.run(300);
        assertThat(lab.sent).hasSizeGreaterThan(12);
        lab.in(0, tunnelled(feedback(FLOW)));
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(2);
    }

    @Test
    void disconnectOfAPeerThatGoesOnSpeakingWasNotMeant() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null);
        lab.in(0, tunnelled(feedback(FLOW))).in(0, keepAlive(true)).run(100);
        lab.in(0, tunnelled(feedback(FLOW))).run(150);
        assertThat(lab.count(SessionEvent.PeerConnected.class)).as("was under way").isEqualTo(1);
        lab.in(0, tunnelled(feedback(FLOW)));
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(2);
    }

    @Test
    void twoEndsDoNotAnswerEachOthersDisconnectsForEver() {
        Lab caller = Lab.sender(Profile.MAIN, Role.CALLER, null);
        Lab listener = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        for (int i = 0; i < 20; i++) exchange(caller, listener);
        caller.sent.clear();
        listener.sent.clear();
        // As if a third had put it between them
        caller.in(0, keepAlive(true));
        listener.in(0, keepAlive(true));
        for (int i = 0; i < 200; i++) exchange(caller, listener);
        assertThat(disconnects(caller) + disconnects(listener)).isLessThanOrEqualTo(6);
    }

    @Test
    void disconnectOfAStrangerIsNotAnswered() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        lab.in(0, keepAlive(true)).run(100);
        assertThat(lab.sent).isEmpty();
    }

    @Test
    void silenceOfACallersPeerIsAFaultUntilItIsBack() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.in(0, feedback(FLOW)).run(2_200);
        assertThat(lab.raised(Fault.SESSION_TIMEOUT)).isTrue();
        assertThat(lab.count(SessionEvent.PeerLost.class)).isEqualTo(1);
        lab.run(20_000);
        assertThat(lab.cleared(Fault.SESSION_TIMEOUT)).isFalse();
        assertThat(lab.closedPaths).isEmpty();
        lab.in(0, feedback(FLOW));
        assertThat(lab.cleared(Fault.SESSION_TIMEOUT)).isTrue();
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(2);
    }

    @Test
    void peerThatNeverAnswersIsAFaultOfItsOwn() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null).run(2_200);
        assertThat(lab.raised(Fault.NO_ANSWER)).isTrue();
        assertThat(lab.raised(Fault.SESSION_TIMEOUT)).isFalse();
        assertThat(lab.count(SessionEvent.PeerLost.class)).isZero();
    }

    @Test
    void listenerGivesBackThePathOfASilentPeerAndTakesItAgain() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        lab.in(5, senderReport(FLOW, 1, 1)).run(2_300);
        assertThat(lab.closedPaths).containsExactly(5);
        lab.in(5, senderReport(FLOW, 1, 1));
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(2);
    }

    @Test
    void newSourcePortsAreTriedLessAndLessOftenAndAtOnceAgainAfterAConnection() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null).run(40_000);
        assertThat(lab.count(SessionEvent.RebindWanted.class)).as("2, 6, 14, 30 s").isEqualTo(4);
        lab.in(0, tunnelled(feedback(FLOW))).run(2_200);
        assertThat(lab.count(SessionEvent.RebindWanted.class)).isEqualTo(5);
    }

    @Test
    void flowWhosePeersHaveSaidFarewellPlaysOutAndEnds() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        lab.in(0, senderReport(FLOW, 1, 1));
        for (int i = 100; i < 110; i++) lab.in(0, media(FLOW, i)).run(2);
        lab.in(0, feedback(FLOW, bye(FLOW)));
        assertThat(lab.closedPaths).containsExactly(0);
        lab.run(2_300);
        assertThat(lab.delivered).hasSize(10);
        assertThat(lab.count(SessionEvent.FlowEnded.class)).isEqualTo(1);
    }

    private static long disconnects(Lab lab) {
        return lab.sent.stream().filter(s -> s.u16(2) == 0x88B5 && (s.u8(15) & 0x80) != 0 || s.u16(2) == 0xCCE0 && s.u16(10) == 0x8000 && (s.u8(19) & 0x80) != 0).count();
    }

    private static void exchange(Lab a, Lab b) {
        int fromA = a.sent.size();
        int fromB = b.sent.size();
        a.run(10);
        b.run(10);
        for (Lab.Sent s : List.copyOf(a.sent.subList(fromA, a.sent.size()))) b.in(0, s.bytes().duplicate());
        for (Lab.Sent s : List.copyOf(b.sent.subList(fromB, b.sent.size()))) a.in(0, s.bytes().duplicate());
    }
}
