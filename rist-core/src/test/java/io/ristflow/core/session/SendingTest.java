package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Datagrams.request;
import static io.ristflow.core.session.Datagrams.tunnelled;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendingTest {
    private final ByteBuffer payload = ByteBuffer.allocate(1_316);

    @Test
    void whatIsPushedBeforeAPeerIsThereGoesOutPacedAndInOrder() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        for (int i = 0; i < 400; i++) {
            push(lab, 1);
            lab.run(2);
        }
        assertThat(lab.sentOn(0, Lane.MEDIA)).isEmpty();
        lab.in(0, feedback(FLOW));
        for (int i = 0; i < 40; i++) {
            push(lab, 1);
            lab.run(1);
        }
        List<Lab.Sent> media = lab.sentOn(0, Lane.MEDIA);
        assertThat(media).hasSize(440);
        for (int i = 0; i < media.size(); i++) assertThat(media.get(i).u16(2)).isEqualTo(i);
        for (int i = 34; i < media.size(); i++) assertThat(media.get(i).atMs()).as("34 in one millisecond at most").isGreaterThan(media.get(i - 34).atMs());
        for (int i = 1; i < media.size(); i++) assertThat(media.get(i).bytes().getInt(4) - media.get(i - 1).bytes().getInt(4)).isNotNegative();
    }

    /** 100 Mb/s on a host that ticks every 5 ms: 47 packets a tick, more than one burst. */
    @Test
    void backlogIsWorkedOffByAFastStreamOnASlowTick() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.tickMs = 5;
        for (int i = 0; i < 100; i++) {
            push(lab, 47);
            lab.run(5);
        }
        lab.in(0, feedback(FLOW));
        for (int i = 0; i < 100; i++) {
            push(lab, 47);
            lab.run(5);
        }
        assertThat(((RistSender) lab.session).stats(lab.nowNs()).heldPackets()).isZero();
        assertThat(lab.sentOn(0, Lane.MEDIA)).hasSize(200 * 47);
    }

    /** 10 Mb/s, a tick of 8 ms that begins with what has come: the deadline never comes before the next push. */
    @Test
    void backlogIsWorkedOffByAHostThatPushesBeforeItLetsTimePass() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.tickMs = Long.MAX_VALUE;
        RistSender sender = (RistSender) lab.session;
        int pushed = 0;
        for (int tick = 0; tick < 220; tick++) {
            if (tick == 100) lab.in(0, feedback(FLOW));
            lab.run(8);
            push(lab, 8);
            pushed += 8;
            if (sender.nextDeadlineNs() <= lab.nowNs()) sender.onDeadline(lab.nowNs(), lab);
        }
        assertThat(sender.stats(lab.nowNs()).heldPackets()).isZero();
        assertThat(lab.sentOn(0, Lane.MEDIA).stream().map(sent -> sent.u16(2)).distinct().count()).isEqualTo(pushed);
    }

    @Test
    void whatNobodyCameForIsGivenUpAfterTheBuffer() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null);
        push(lab, 10);
        lab.run(1_100);
        push(lab, 3);
        lab.in(0, tunnelled(feedback(FLOW)));
        assertThat(((RistSender) lab.session).stats(lab.nowNs()).givenUpUnsent()).isEqualTo(10);
        assertThat(lab.sentOn(0, Lane.MEDIA)).hasSize(3);
        assertThat(lab.sentOn(0, Lane.MEDIA).getFirst().u16(14)).isEqualTo(10);
    }

    /** RTP counts 90 to the millisecond. */
    @Test
    void whatCameBeforeTheTickBearsTheTimeItCameAndWhatHadToWaitForAPeerThatOfSending() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        pushCameBefore(lab, 6);
        lab.run(100).in(0, feedback(FLOW));
        int held = lab.sentOn(0, Lane.MEDIA).getFirst().bytes().getInt(4);
        for (int ms : new int[] {8, 5, 5, 7, 0}) pushCameBefore(lab, ms);
        List<Lab.Sent> media = lab.sentOn(0, Lane.MEDIA);
        int now = media.getLast().bytes().getInt(4);
        assertThat(now - held).as("sent at the same time").isZero();
        lab.run(100);
        for (int ms : new int[] {8, 5, 5, 7, 0}) pushCameBefore(lab, ms);
        media = lab.sentOn(0, Lane.MEDIA);
        int last = media.getLast().bytes().getInt(4);
        assertThat(media.subList(media.size() - 5, media.size()).stream().map(sent -> (sent.bytes().getInt(4) - last) / 90).toList())
                .as("ms before the last, none before the one before it").containsExactly(-8, -5, -5, -5, 0);
    }

    private void pushCameBefore(Lab lab, int ms) {
        ((RistSender) lab.session).push(lab.nowNs(), lab.nowNs() - ms * 1_000_000L, payload.clear(), lab);
    }

    @Test
    void pushAfterCloseIsIgnored() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.in(0, feedback(FLOW));
        lab.session.close(lab.nowNs(), lab);
        int sent = lab.sent.size();
        push(lab, 5);
        lab.run(500).in(0, feedback(FLOW, request(FLOW, 0, 4)));
        assertThat(lab.sent).hasSize(sent);
    }

    @Test
    void onlyWhoAsksGetsTheRepetitionAndTheOthersRequestsDoNotKeepItBack() {
        Lab lab = Lab.sender(Profile.MAIN, Role.LISTENER, null);
        lab.in(4, tunnelled(feedback(FLOW))).in(9, tunnelled(feedback(FLOW)));
        push(lab, 100);
        lab.run(20);
        assertThat(lab.sentOn(4, Lane.MEDIA)).hasSize(100);
        assertThat(lab.sentOn(9, Lane.MEDIA)).hasSize(100);
        lab.sent.clear();
        lab.in(4, tunnelled(feedback(FLOW, request(FLOW, 10, 9))));
        assertThat(lab.sentOn(4, Lane.MEDIA)).hasSize(10).allMatch(s -> s.bytes().getInt(20) == (FLOW | 1));
        assertThat(lab.sentOn(9, Lane.MEDIA)).isEmpty();
        lab.in(9, tunnelled(feedback(FLOW, request(FLOW, 10, 9))));
        assertThat(lab.sentOn(9, Lane.MEDIA)).hasSize(10);
    }

    @Test
    void greedyReceiverDoesNotUseUpTheBandwidthOfAnother() {
        RecoveryConfig d = RecoveryConfig.DEFAULT;
        RecoveryConfig narrow = new RecoveryConfig(
                d.bufferMinMs(), d.bufferMaxMs(), d.reorderMs(), d.rttMinMs(), d.rttMaxMs(), d.minRetries(), d.maxRetries(), 8_000, 0, d.congestionControl(), d.timing());
        Lab lab = Lab.sender(Profile.MAIN, Role.LISTENER, null, narrow);
        lab.in(4, tunnelled(feedback(FLOW))).in(9, tunnelled(feedback(FLOW)));
        for (int i = 0; i < 250; i++) {
            push(lab, 1);
            lab.run(2);
        }
        lab.sent.clear();
        lab.in(4, tunnelled(feedback(FLOW, request(FLOW, 0, 199))));
        assertThat(lab.sentOn(4, Lane.MEDIA)).hasSizeBetween(10, 100);
        lab.in(9, tunnelled(feedback(FLOW, request(FLOW, 200, 4))));
        assertThat(lab.sentOn(9, Lane.MEDIA)).hasSize(5);
    }

    @Test
    void whatWasNeverSentCannotBeAskedForAndOneRangeGivesNoMoreThanItsLimit() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.in(0, feedback(FLOW));
        for (int i = 0; i < 40; i++) {
            push(lab, 10);
            lab.run(1);
        }
        lab.sent.clear();
        lab.in(0, feedback(FLOW, request(FLOW, 400, 20), request(FLOW, 40_000, 100)));
        assertThat(lab.sentOn(0, Lane.MEDIA)).isEmpty();
        lab.in(0, feedback(FLOW, request(FLOW, 0, 65_535)));
        assertThat(lab.sentOn(0, Lane.MEDIA)).hasSize(257);
    }

    /** TR-06-2 §8.4, from a peer that counts its cycles in its own way. */
    @Test
    void sequenceExtensionThatNamesNothingHeldDoesNotKeepTheRequestFromBeingServed() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.in(0, feedback(FLOW));
        push(lab, 20);
        lab.run(5);
        for (int extension : new int[] {0, 1, 9}) {
            lab.sent.clear();
            lab.in(0, feedback(FLOW, extension(extension), request(FLOW, 5, 0)));
            assertThat(lab.sentOn(0, Lane.MEDIA)).as("extension %d", extension).hasSize(1).allMatch(s -> s.u16(2) == 5);
            lab.run(50);
        }
    }

    @Test
    void bitmasksOfAJumboDatagramAreServedUpToTheLimit() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.in(0, feedback(FLOW));
        for (int i = 0; i < 200; i++) {
            push(lab, 30);
            lab.run(1);
        }
        lab.sent.clear();
        ByteBuffer nack = ByteBuffer.allocate(8_000).putInt(0x81CD_0000 | 8_000 / 4 - 1).putInt(0).putInt(FLOW);
        for (int i = 0; nack.hasRemaining(); i++) nack.putShort((short) (i * 17 % 6_000)).putShort((short) -1);
        ByteBuffer rr = feedback(FLOW);
        lab.in(0, ByteBuffer.allocate(rr.remaining() + 8_000).put(rr).put(nack.flip()).flip());
        assertThat(lab.sentOn(0, Lane.MEDIA)).hasSizeBetween(100, 4_096);
    }

    @Test
    void lastPacketIsRepeatedThreeTimesWhenPushingPauses() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.in(0, feedback(FLOW));
        for (int i = 0; i < 100; i++) {
            push(lab, 1);
            lab.in(0, feedback(FLOW)).run(40);
        }
        assertThat(lab.sentOn(0, Lane.MEDIA)).as("no pause yet").hasSize(100);
        lab.in(0, feedback(FLOW)).run(1_000);
        List<Lab.Sent> media = lab.sentOn(0, Lane.MEDIA);
        assertThat(media).hasSize(103);
        for (int i = 100; i < 103; i++) {
            assertThat(media.get(i).u16(2)).isEqualTo(99);
            assertThat(media.get(i).bytes().getInt(8)).isEqualTo(FLOW | 1);
            assertThat(media.get(i).atMs() - media.get(i - 1).atMs()).isGreaterThanOrEqualTo(50);
        }
        push(lab, 1);
        lab.run(60);
        assertThat(lab.sentOn(0, Lane.MEDIA)).hasSize(105);
    }

    private static ByteBuffer extension(int upper) {
        return ByteBuffer.allocate(16).putInt(0x81CC_0003).putInt(FLOW).putInt(0x52495354).putShort((short) upper).putShort((short) 0).flip();
    }

    private void push(Lab lab, int packets) {
        for (int i = 0; i < packets; i++) ((RistSender) lab.session).push(lab.nowNs(), payload.clear(), lab);
    }
}
