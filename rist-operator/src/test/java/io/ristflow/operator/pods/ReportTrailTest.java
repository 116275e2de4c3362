package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportTrailTest {
    private static final MediaPod POD = new MediaPod("live", "studio-a", Told.POD, Told.UID, "10.0.0.7", 8080, "run", true);
    private static final long POLL_MS = 2000;
    private final ReportTrail trail = new ReportTrail(POLL_MS, 10_000);
    private long nowMs;

    private boolean poll(PodReport report) {
        nowMs += POLL_MS;
        return trail.answered(nowMs, new Sample(report, Map.of()));
    }

    private long shownBps() {
        return trail.shown().flow().bitrateBps();
    }

    @Test
    void theFirstAnswerIsShown() {
        assertThat(poll(Told.waiting())).isTrue();
        assertThat(trail.shown()).isEqualTo(Told.waiting());
    }

    @Test
    void aPeerThatComesIsShownAtOnce() {
        poll(Told.waiting());
        assertThat(poll(Told.streaming(1_000_000))).isTrue();
        assertThat(trail.shown()).isEqualTo(Told.streaming(1_000_000));
    }

    @Test
    void anotherDocumentIsShownAtOnce() {
        poll(Told.streaming(5_000_000));
        PodReport next = Told.report(Told.streaming(5_010_000).flow(), 2);
        assertThat(poll(next)).isTrue();
        assertThat(trail.shown().document().generation()).isEqualTo(2);
    }

    @Test
    void statisticsWaitForTheirInterval() {
        poll(Told.streaming(1_000_000));
        for (int i = 0; i < 4; i++) assertThat(poll(Told.streaming(5_000_000))).isFalse();
        assertThat(poll(Told.streaming(5_000_000))).isTrue();
        assertThat(shownBps()).isEqualTo(5_000_000);
    }

    @Test
    void aSteadyStreamIsShownOnceAndWithinFivePercent() {
        Random random = new Random(1);
        int changes = 0;
        for (int i = 0; i < 900; i++) {
            long bps = 5_000_000 + random.nextInt(-75_000, 75_000);
            if (poll(Told.streaming(bps))) changes++;
            if (i > 5) assertThat((double) shownBps()).isBetween(4_750_000.0, 5_250_000.0);
        }
        assertThat(changes).as("half an hour of 5 Mb/s with a jitter of 1.5 %").isLessThanOrEqualTo(2);
    }

    @Test
    void onAMachineUnderLoadWhatWasCountedIsShownNotWhatOneSecondHad() {
        Random random = new Random(2);
        int changes = 0;
        long bytes = 0;
        for (int i = 0; i < 900; i++) {
            long oneSecondBps = random.nextInt(5) == 0 ? 4_000_000 : 5_500_000;
            double rttMs = random.nextInt(6) == 0 ? 28 : 4 + random.nextInt(3);
            bytes += 5_000_000 / 8 * POLL_MS / 1000 + random.nextInt(-20, 20) * 1316;
            PodReport.Path peer = Told.connected("fibre", "198.51.100.9:41210", rttMs, oneSecondBps, 0);
            PodReport report = Told.report(Told.flow(Told.input("main", "Receiving", oneSecondBps, Told.listener(peer))), 1);
            nowMs += POLL_MS;
            Map<String, Long> counted = Map.of("input main", bytes, "input main fibre 198.51.100.9:41210", bytes, "output playout", bytes);
            if (trail.answered(nowMs, new Sample(report, counted))) changes++;
            if (i > 5) assertThat((double) shownBps()).isBetween(4_800_000.0, 5_200_000.0);
        }
        assertThat(changes).as("in half an hour").isLessThanOrEqualTo(4);
    }

    @Test
    void aRateThatDoublesIsShownWholeAtTheNextChance() {
        for (int i = 0; i < 30; i++) poll(Told.streaming(5_000_000));
        for (int i = 0; i < 5; i++) poll(Told.streaming(10_000_000));
        assertThat(shownBps()).isGreaterThan(5_500_000);
        for (int i = 0; i < 5; i++) poll(Told.streaming(10_000_000));
        assertThat(shownBps()).isEqualTo(10_000_000);
    }

    @Test
    void aRoundTripThatStaysLongerIsShownASpikeIsNot() {
        for (int i = 0; i < 30; i++) poll(rtt(i % 5 == 0 ? 90 : 20));
        assertThat(trail.shown().flow().inputs().getFirst().rist().paths().getFirst().rttMs()).isEqualTo(20);
        for (int i = 0; i < 10; i++) poll(rtt(90));
        assertThat(trail.shown().flow().inputs().getFirst().rist().paths().getFirst().rttMs()).isEqualTo(90);
    }

    private static PodReport rtt(double rttMs) {
        PodReport.Path peer = Told.connected("fibre", "198.51.100.9:41210", rttMs, 5_000_000, 0);
        return Told.report(Told.flow(Told.input("main", "Receiving", 5_000_000, Told.listener(peer))), 1);
    }

    @Test
    void aStreamThatGrowsIsFollowedInSteps() {
        poll(Told.streaming(1_000_000));
        int changes = 0;
        for (int i = 1; i <= 60; i++) {
            long bps = 1_000_000 + i * 100_000L;
            if (poll(Told.streaming(bps))) changes++;
        }
        assertThat(changes).as("two minutes, ten seconds each").isBetween(10, 12);
        assertThat((double) shownBps()).isGreaterThan(0.9 * 7_000_000);
    }

    @Test
    void recoveredPacketsThatCountUpAreShownByTenths() {
        PodReport first = recovered(1000);
        poll(first);
        for (int i = 0; i < 5; i++) poll(recovered(1050));
        assertThat(trail.shown()).isEqualTo(first);
        poll(recovered(1101));
        assertThat(trail.shown().flow().inputs().getFirst().rist().paths().getFirst().recoveredPackets()).isEqualTo(1101);
    }

    private static PodReport recovered(long packets) {
        return Told.report(Told.flow(Told.input("main", "Receiving", 5_000_000,
                Told.listener(Told.connected("fibre", "198.51.100.9:41210", 24.2, 5_000_000, packets)))), 1);
    }

    @Test
    void aSecondWithoutMediaIsNoEndOfMedia() {
        poll(Told.streaming(5_000_000));
        assertThat(poll(idle())).isFalse();
        assertThat(poll(Told.streaming(5_000_000))).isFalse();
        assertThat(poll(idle())).isFalse();
        assertThat(poll(idle())).as("two polls in a row").isTrue();
        assertThat(trail.shown().flow().inputs().getFirst().state()).isEqualTo("Idle");
        assertThat(trail.shown().flow().outputs().getFirst().state()).isEqualTo("Idle");
    }

    private static PodReport idle() {
        return Told.report(Told.flow(Told.input("main", "Idle", 0, Told.listener(Told.connected("fibre", "198.51.100.9:41210")))), 1);
    }

    @Test
    void twoAnswersThatAreMissedAreNoNews() {
        poll(Told.streaming(5_000_000));
        assertThat(trail.missed(nowMs += POLL_MS, POD)).isFalse();
        assertThat(trail.missed(nowMs += POLL_MS, POD)).isFalse();
        assertThat(trail.shown()).isEqualTo(Told.streaming(5_000_000));
        poll(Told.streaming(5_000_000));
        assertThat(trail.missed(nowMs += POLL_MS, POD)).as("an answer in between starts the count anew").isFalse();
    }

    @Test
    void theThirdMissedAnswerSaysThatThePodIsAwayOnceAndItsReturnIsShownAtOnce() {
        poll(Told.streaming(5_000_000));
        trail.missed(nowMs += POLL_MS, POD);
        trail.missed(nowMs += POLL_MS, POD);
        assertThat(trail.missed(nowMs += POLL_MS, POD)).isTrue();
        assertThat(trail.shown()).isEqualTo(Told.unreachable());
        assertThat(trail.missed(nowMs += POLL_MS, POD)).isFalse();
        assertThat(poll(Told.streaming(5_000_000))).isTrue();
        assertThat(trail.shown()).isEqualTo(Told.streaming(5_000_000));
    }
}
