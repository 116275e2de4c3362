package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.echoRequest;
import static io.ristflow.core.session.Datagrams.feedback;
import static io.ristflow.core.session.Datagrams.media;
import static io.ristflow.core.session.Datagrams.receiverReport;
import static io.ristflow.core.session.Datagrams.senderReport;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.base.NtpTime;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5})
    void intervalIsAHundredMillisecondsAtMostThoughTheHostTicks(long tickMs) {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.tickMs = tickMs;
        lab.run(3_000);
        List<Lab.Sent> reports = lab.sentOn(0, Lane.CONTROL);
        for (int i = 1; i < reports.size(); i++) assertThat(reports.get(i).atMs() - reports.get(i - 1).atMs()).isLessThanOrEqualTo(100);
        assertThat(reports).hasSizeBetween(30, 38);
    }

    @Test
    void compoundOfASenderIsReportThenDescriptionThenEcho() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null).run(200);
        ByteBuffer b = last(lab, 0);
        assertThat(types(b)).containsExactly(SR, SDES, 204);
        assertThat(b.getInt(4)).isEqualTo(FLOW);
        assertThat(b.getLong(8)).as("wall clock").isEqualTo(NtpTime.fromUnixNs(Lab.UNIX_START_NS + (lab.sent.getLast().atMs() - 1_000) * Ticks.NS_PER_MS));
    }

    @Test
    void compoundOfAReceiverNamesTheFlowAndWhatItSawOfIt() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        lab.in(0, senderReport(FLOW, 0x1111_2222_3333_4444L, 0));
        int[] sequences = {65_530, 65_531, 65_533, 65_534, 65_535, 0, 1, 2};
        for (int s : sequences) lab.run(2).in(0, media(FLOW, s));
        lab.run(100);
        ByteBuffer b = lab.sentOn(0, Lane.CONTROL).stream().filter(s -> s.bytes().getInt(0) == 0x81C9_0007).toList().getFirst().bytes();
        long reportMs = lab.sentOn(0, Lane.CONTROL).stream().filter(s -> s.bytes() == b).findFirst().orElseThrow().atMs();
        assertThat(types(b)).containsExactly(RR, SDES, 204);
        assertThat(b.getInt(4)).isEqualTo(FLOW);
        assertThat(b.getInt(8)).isEqualTo(FLOW);
        assertThat(b.getInt(12) >>> 24).as("fraction lost: 1 of 9").isEqualTo(256 / 9);
        assertThat(b.getInt(12) & 0xFF_FFFF).as("lost in all").isEqualTo(1);
        assertThat(b.getInt(16)).as("extended highest").isEqualTo(0x0001_0002);
        assertThat(b.getInt(24)).as("LSR").isEqualTo(0x2222_3333);
        assertThat((double) b.getInt(28)).as("DLSR").isCloseTo((reportMs - 1_000) * 65.536, org.assertj.core.data.Offset.offset(2.0));
    }

    @Test
    void echoGoesBackToTheByteUnderTheRequestersSsrc() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        lab.sent.clear();
        lab.in(0, feedback(FLOW, echoRequest(0x0BAD_F00D, 0x83AA_0001_0203_0405L, 8)));
        List<Lab.Sent> answers = lab.sent.stream().filter(s -> s.bytes().getInt(s.bytes().capacity() - 32) == 0x83CC_0007).toList();
        assertThat(answers).hasSize(1);
        ByteBuffer b = answers.getFirst().bytes();
        assertThat(types(b)).containsExactly(RR, SDES, 204);
        int at = b.capacity() - 32;
        assertThat(b.getInt(at + 4)).isEqualTo(0x0BAD_F00D);
        assertThat(b.getLong(at + 12)).isEqualTo(0x83AA_0001_0203_0405L);
        // TR-06-1 §5.2.6: the same padding bytes
        assertThat(b.getLong(at + 24)).isEqualTo(0x0102_0304_0506_0708L);
    }

    @Test
    void roundTripIsMeasuredByTheEchoOfOneself() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null);
        ByteBuffer request = lab.sentOn(0, Lane.CONTROL).getFirst().bytes();
        int at = request.capacity() - 24;
        ByteBuffer answer = ByteBuffer.allocate(24).put(0, request, at, 24).put(0, (byte) 0x83).putInt(20, 3_000);
        lab.run(40).in(0, feedback(FLOW, answer));
        assertThat(((RistSender) lab.session).stats(lab.nowNs()).paths().getFirst().rttNs() / 1_000).isBetween(36_990L, 37_010L);
    }

    @Test
    void roundTripIsMeasuredByLsrAndDlsrWherePeersDoNotEcho() {
        Lab lab = Lab.sender(Profile.SIMPLE, Role.CALLER, null).run(200);
        ByteBuffer report = lab.sentOn(0, Lane.CONTROL).stream().filter(s -> s.u8(1) == SR).toList().getLast().bytes();
        long sentMs = lab.sent.getLast().atMs();
        lab.run(60).in(0, receiverReport(FLOW, (int) (report.getLong(8) >>> 16), 65_536 / 50));
        long expectedMs = lab.nowMs() - sentMs - 20;
        assertThat(((RistSender) lab.session).stats(lab.nowNs()).paths().getFirst().rttNs() / 1_000_000.0).isCloseTo(expectedMs, org.assertj.core.data.Offset.offset(0.1));
    }

    @ParameterizedTest
    @ValueSource(ints = {77, 207})
    void extendedReportsAreSteppedOver(int packetType) {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        ByteBuffer xr = ByteBuffer.allocate(20).putInt(0x8000_0004 | packetType << 16).putInt(FLOW).putInt(0x0400_0002).putLong(1).flip();
        lab.in(0, feedback(FLOW, xr, echoRequest(FLOW, 5, 0)));
        assertThat(lab.raised(io.ristflow.core.api.Fault.MALFORMED)).isFalse();
        assertThat(((RistReceiver) lab.session).stats(lab.nowNs()).paths().getFirst().cname()).isEqualTo("peer");
        assertThat(lab.sent.stream().anyMatch(s -> s.bytes().getInt(s.bytes().capacity() - 24) == 0x83CC_0005)).isTrue();
    }

    private static ByteBuffer last(Lab lab, int path) {
        return lab.sentOn(path, Lane.CONTROL).getLast().bytes();
    }

    private static List<Integer> types(ByteBuffer b) {
        List<Integer> types = new java.util.ArrayList<>();
        for (int at = 0; at < b.capacity(); at += ((b.getShort(at + 2) & 0xFFFF) + 1) * 4) types.add(b.get(at + 1) & 0xFF);
        return types;
    }
}
