package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Datagrams.media;
import static io.ristflow.core.session.Datagrams.senderReport;
import static io.ristflow.core.session.Datagrams.tunnelled;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.codec.lqm.LinkQualityMessage;
import io.ristflow.core.config.AdaptationConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Link Quality Messages in and out of a session (TR-06-4 Part 1). */
class LinkReportsTest {
    /** RR with a block, of 76 bytes: the message behind it. */
    private static final int EXTENDED = 0x81C9_0012;

    private static Lab receiver(Profile profile, boolean linkReports) {
        RecoveryConfig recovery = RecoveryConfig.DEFAULT.withBufferMs(300, 300);
        ReceiverConfig config = new ReceiverConfig(Lab.session(profile, Role.LISTENER, null, recovery), ReceiverConfig.NackType.RANGE, 4).withLinkReports(linkReports);
        return new Lab(new ReceiverSession(config, new SplittableRandom(2)));
    }

    private static Lab sender(AdaptationConfig adaptation) {
        SenderConfig config = new SenderConfig(Lab.session(Profile.SIMPLE, Role.CALLER, null, RecoveryConfig.DEFAULT), FLOW, false, true).withAdaptation(adaptation);
        return new Lab(new SenderSession(config, new SplittableRandom(1)));
    }

    /** A second of media: 500 packets of 200 bytes, every tenth of them lost, the second and the third such packet repeated. */
    private static void second(Lab lab) {
        for (int i = 0; i < 500; i++) {
            if (i % 10 != 9) lab.in(0, media(FLOW, i));
            if (i == 60) lab.in(0, media(FLOW | 1, 19)).in(0, media(FLOW | 1, 29));
            lab.run(2);
        }
    }

    private static List<Lab.Sent> extended(Lab lab) {
        return lab.sent.stream().filter(s -> s.bytes().getInt(0) == EXTENDED).toList();
    }

    @Test
    void receiverExtendsAReportEveryFifthOfASecond() {
        Lab lab = receiver(Profile.SIMPLE, true);
        lab.in(0, senderReport(FLOW, 1, 0));
        second(lab);
        List<Lab.Sent> reports = extended(lab);
        assertThat(reports).hasSize(5);
        long[] sums = new long[6];
        for (int i = 0; i < reports.size(); i++) {
            ByteBuffer b = reports.get(i).bytes();
            assertThat(reports.get(i).atMs()).isEqualTo(1_200 + i * 200);
            assertThat(LinkQualityMessage.sequence(b, 32)).isEqualTo(i);
            assertThat(LinkQualityMessage.periodMs(b, 32)).isEqualTo(200);
            assertThat(LinkQualityMessage.nackWindowMs(b, 32)).isEqualTo(300);
            assertThat(b.get(77) & 0xFF).as("SDES follows").isEqualTo(202);
            sums[0] += LinkQualityMessage.sourceReceived(b, 32);
            sums[1] += LinkQualityMessage.originalLost(b, 32);
            sums[2] += LinkQualityMessage.retransmittedReceived(b, 32);
            sums[3] += LinkQualityMessage.recovered(b, 32);
            sums[4] += LinkQualityMessage.unrecovered(b, 32);
            sums[5] += LinkQualityMessage.late(b, 32);
        }
        // Nothing has come behind the last one that is lost; what was lost in the last 300 ms may yet come
        assertThat(sums).containsExactly(450, 49, 2, 2, 33, 0);
        assertThat(LinkQualityMessage.dataKbps(reports.get(2).bytes(), 32)).isEqualTo(90 * 200 * 8 / 200);
        assertThat(LinkQualityMessage.retransmissionKbps(reports.get(0).bytes(), 32)).isEqualTo(2 * 200 * 8 / 200);
    }

    @Test
    void receiverThatWasNotAskedToReportsNothingOfTheLink() {
        Lab lab = receiver(Profile.SIMPLE, false);
        lab.in(0, senderReport(FLOW, 1, 0));
        second(lab);
        assertThat(extended(lab)).isEmpty();
        assertThat(lab.sent).isNotEmpty();
    }

    @Test
    void mainCarriesTheSameInItsTunnel() {
        Lab lab = receiver(Profile.MAIN, true);
        lab.in(0, tunnelled(senderReport(FLOW, 1, 0))).in(0, tunnelled(media(FLOW, 0)));
        lab.run(300);
        assertThat(lab.sent.stream().filter(s -> s.bytes().limit() > 100 && s.bytes().getInt(12) == EXTENDED)).hasSize(1);
    }

    @Test
    void peerThatDoesNotKnowSuchReportsIsSentNoMore() {
        Lab lab = receiver(Profile.SIMPLE, true);
        lab.in(0, senderReport(FLOW, 1, 0)).in(0, media(FLOW, 0));
        lab.run(500);
        int before = extended(lab).size();
        ReceiverSession session = (ReceiverSession) lab.session;
        session.onUnsupported(session.paths().at(0), 0x0002);
        lab.run(500);
        assertThat(before).isPositive();
        assertThat(extended(lab)).hasSize(before);
    }

    // ---- the sender --------------------------------------------------------------------------------------------------------------

    /** Figure 4: in an empty receiver report, 200 ms, 19 packets of 20, 10 Mb/s. */
    private static ByteBuffer report(int sequence, int came, int lost) {
        ByteBuffer b = ByteBuffer.allocate(52 + 16);
        b.putInt(0x80C9_000C).putInt(FLOW);
        b.putInt(sequence).putInt(200).putInt(1_000).putInt(came).putInt(lost).putInt(0).putInt(0).putInt(0).putInt(0).putInt(came * 50).putInt(0);
        b.putInt(0x81CA_0003).putInt(FLOW).put((byte) 1).put((byte) 4).putInt(0x70656572).putShort((short) 0);
        return b.flip();
    }

    @Test
    void firstReportMakesTheSenderTellItsTarget() {
        Lab lab = sender(new AdaptationConfig(1_000, 10_000));
        lab.in(0, feedback(FLOW)).run(100);
        assertThat(lab.count(SessionEvent.TargetBitrate.class)).isZero();
        lab.in(0, report(0, 200, 0));
        assertThat(lab.events).contains(new SessionEvent.TargetBitrate(FLOW, 10_000_000));
        for (int i = 1; i < 20; i++) lab.run(200).in(0, report(i, 200, 0));
        assertThat(lab.count(SessionEvent.TargetBitrate.class)).isEqualTo(1);
    }

    @Test
    void reportsOfHeavyLossLowerTheTarget() {
        Lab lab = sender(new AdaptationConfig(1_000, 10_000));
        lab.in(0, feedback(FLOW));
        for (int i = 0; i < 10; i++) lab.run(200).in(0, report(i, 200, 0));
        for (int i = 10; i < 14; i++) lab.run(200).in(0, report(i, 100, 100));
        assertThat(((RistSender) lab.session).stats(lab.nowNs()).targetBitrateBps()).isBetween(3_000_000L, 5_000_000L);
        assertThat(lab.count(SessionEvent.TargetBitrate.class)).isGreaterThan(1);
    }

    @Test
    void senderWithoutAdaptationReadsTheReportAndNothingElse() {
        Lab lab = sender(null);
        lab.in(0, report(0, 100, 100)).run(100).in(0, report(1, 100, 100));
        assertThat(lab.count(SessionEvent.PeerConnected.class)).isEqualTo(1);
        assertThat(lab.count(SessionEvent.TargetBitrate.class)).isZero();
    }
}
