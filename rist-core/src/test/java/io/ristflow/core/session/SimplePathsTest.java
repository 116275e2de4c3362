package io.ristflow.core.session;

import static io.ristflow.core.session.Datagrams.media;
import static io.ristflow.core.session.Datagrams.senderReport;
import static io.ristflow.core.session.Datagrams.tunnelled;
import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import org.junit.jupiter.api.Test;

/** The gate, and which path's RTCP is about which flow. */
class SimplePathsTest {
    private static final int OTHER = 0x0000_4440;

    @Test
    void mediaThatCameBeforeSdesIsDeliveredOnceItComesInTime() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        for (int i = 100; i < 150; i++) lab.in(0, media(FLOW, i)).run(2);
        assertThat(lab.delivered).isEmpty();
        lab.in(0, senderReport(FLOW, 1, 1)).run(400);
        assertThat(lab.delivered).hasSize(50);
    }

    @Test
    void rtcpFromAPathOfItsOwnOpensTheGateAndTakesTheRequests() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        lab.in(1, senderReport(FLOW, 1, 1));
        for (int i = 100; i < 150; i++) if (i != 120) lab.in(0, media(FLOW, i)).run(2);
        assertThat(requests(lab, 1)).isPositive();
        assertThat(requests(lab, 0)).isZero();
        lab.run(400);
        assertThat(lab.delivered).hasSize(49);
        assertThat(lab.raised(Fault.NO_SDES)).isFalse();
    }

    @Test
    void mediaAloneIsToldAfterOneAndAHalfSeconds() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        for (int i = 100; i < 800; i++) lab.in(0, media(FLOW, i)).run(2);
        assertThat(lab.raised(Fault.NO_SDES)).isFalse();
        for (int i = 800; i < 1_000; i++) lab.in(0, media(FLOW, i)).run(2);
        assertThat(lab.raised(Fault.NO_SDES)).isTrue();
        assertThat(lab.delivered).isEmpty();
        lab.in(1, senderReport(FLOW, 1, 1));
        for (int i = 1_000; i < 2_200; i++) lab.in(0, media(FLOW, i)).run(2);
        assertThat(lab.cleared(Fault.NO_SDES)).isTrue();
        assertThat(lab.delivered).hasSizeGreaterThan(1_000);
    }

    /** TR-06-1 knows flows by their SSRC: two of them may come from one address, and both want their losses back. */
    @Test
    void lossesOfTwoFlowsFromOneAddressAreBothAskedFor() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null);
        for (int i = 100; i < 300; i++) {
            if (i % 50 == 0) lab.in(0, senderReport(FLOW, 1, 1)).in(0, senderReport(OTHER, 1, 1));
            if (i % 20 != 10) lab.in(0, media(FLOW, i)).in(0, media(OTHER, i));
            lab.run(2);
        }
        lab.run(100);
        var flows = ((RistReceiver) lab.session).stats(lab.nowNs()).flows();
        assertThat(flows).hasSize(2);
        for (var flow : flows) {
            assertThat(flow.retries()).isPositive();
            assertThat(requestsFor(lab, flow.flowId())).as("flow %x", flow.flowId()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void requestsFollowAPeerToItsNewAddressBeforeItsFirstRtcp() {
        Lab lab = Lab.receiver(Profile.MAIN, Role.LISTENER, null);
        lab.in(0, tunnelled(senderReport(FLOW, 1, 1)));
        for (int i = 100; i < 150; i++) lab.in(0, tunnelled(media(FLOW, i))).run(2);
        lab.sent.clear();
        for (int i = 150; i < 230; i++) if (i != 200) lab.in(7, tunnelled(media(FLOW, i))).run(2);
        assertThat(requests(lab, 7)).isPositive();
        assertThat(requests(lab, 0)).isZero();
        assertThat(lab.count(SessionEvent.FlowStarted.class)).isEqualTo(1);
    }

    @Test
    void flowBeyondTheLimitIsAFaultAndOneWithRtcpTakesThePlaceOfNoise() {
        Lab lab = Lab.receiver(Profile.SIMPLE, Role.LISTENER, null, RecoveryConfig.DEFAULT.withBufferMs(200, 200), 2);
        for (int i = 100; i < 1_000; i++) lab.in(0, media(FLOW, i)).in(0, media(OTHER, i)).run(2);
        lab.in(2, media(0x7770, 1));
        assertThat(lab.raised(Fault.FLOW_LIMIT)).isTrue();
        lab.in(2, senderReport(0x7770, 1, 1)).in(2, media(0x7770, 2));
        var flows = ((RistReceiver) lab.session).stats(lab.nowNs()).flows();
        assertThat(flows).hasSize(2).anyMatch(f -> f.flowId() == 0x7770);
        assertThat(ReceiverConfig.MAX_FLOWS).isEqualTo(256);
    }

    private static long requests(Lab lab, int path) {
        return lab.sentOn(path, Lane.CONTROL).stream().filter(s -> indexOfRequest(s) >= 0).count();
    }

    private static long requestsFor(Lab lab, int flowId) {
        return lab.sent.stream().filter(s -> indexOfRequest(s) >= 0 && s.bytes().getInt(indexOfRequest(s) + 4) == flowId).count();
    }

    /** Where an APP packet of subtype 0 lies, or -1. */
    private static int indexOfRequest(Lab.Sent s) {
        for (int at = 0; at + 12 <= s.bytes().capacity(); at += 4) if (s.u16(at) == 0x80CC && s.bytes().getInt(at + 8) == 0x52495354) return at;
        return -1;
    }
}
