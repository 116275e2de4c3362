package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.echoRequest;
import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Datagrams.media;
import static io.ristflow.core.session.Datagrams.senderReport;
import static io.ristflow.core.session.Datagrams.tunnelled;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferNegotiationTest {
    @Test
    void senderTellsItsBufferAndTwiceItsLeastRoundTrip() {
        Lab lab = Lab.sender(Profile.MAIN, Role.CALLER, null);
        assertThat(negotiations(lab)).hasSize(3).allMatch(b -> b.getShort(12) == 1_010 && b.getShort(14) == 0 && b.getShort(16) == 0);
    }

    @Test
    void receiverAnswersWithItsOwnBufferAndASenderSaysNothingMore() {
        Lab receiver = receiver(200, 200);
        receiver.in(0, negotiation(550, 0, 0));
        assertThat(negotiations(receiver)).hasSize(1).allMatch(b -> b.getShort(12) == 0 && b.getShort(14) == 200);
        receiver.sent.clear();
        receiver.in(0, negotiation(0, 300, 0)).in(0, negotiation(550, 0, 1));
        assertThat(negotiations(receiver)).as("another receiver's, and an unknown protocol's").isEmpty();

        Lab sender = Lab.sender(Profile.MAIN, Role.CALLER, null);
        sender.sent.clear();
        sender.in(0, negotiation(0, 200, 0)).in(0, negotiation(550, 0, 0));
        assertThat(sender.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, 200, 550, 200", "200, 900, 550, 550", "200, 900, 100, 550", "200, 900, 2000, 715"})
    void bufferFollowsTheRoundTripOnlyBetweenBoundsThatDiffer(int minMs, int maxMs, int senderMaxMs, int expectedMs) {
        Lab lab = receiver(minMs, maxMs);
        lab.in(0, negotiation(senderMaxMs, 0, 0)).in(0, tunnelled(senderReport(FLOW, 1, 1)));
        // A round trip of 100 ms: 7 of them and the reorder window are wanted
        for (int i = 100; i < 600; i++) {
            lab.in(0, tunnelled(media(FLOW, i))).run(2);
            if (i % 50 == 0) answerEcho(lab, 100);
        }
        var flow = ((RistReceiver) lab.session).stats(lab.nowNs()).flows().getFirst();
        assertThat(flow.bufferNs() / 1_000_000.0).isCloseTo(expectedMs, org.assertj.core.data.Offset.offset(20.0));
    }

    private static Lab receiver(int minMs, int maxMs) {
        return Lab.receiver(Profile.MAIN, Role.LISTENER, null, RecoveryConfig.DEFAULT.withBufferMs(minMs, maxMs), 4);
    }

    /** As a peer would whose answer took so long. */
    private static void answerEcho(Lab lab, long rttMs) {
        long askedAt = io.ristflow.core.base.NtpTime.fromUnixNs(lab.nowNs() - rttMs * 1_000_000);
        ByteBuffer answer = echoRequest(FLOW, askedAt, 0).put(0, (byte) 0x83);
        lab.in(0, tunnelled(feedback(FLOW, answer)));
    }

    private static ByteBuffer negotiation(int senderMaxMs, int receiverMs, int protocol) {
        return ByteBuffer.allocate(18).putInt(0x1010_CCE0).putInt(5).putInt(0x0000_8002).putShort((short) senderMaxMs).putShort((short) receiverMs).putShort((short) protocol).flip();
    }

    private static List<ByteBuffer> negotiations(Lab lab) {
        return lab.sent.stream().filter(s -> s.u16(2) == 0xCCE0 && s.u16(10) == 0x8002).map(Lab.Sent::bytes).toList();
    }
}
