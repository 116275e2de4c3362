package io.ristflow.core.adapt;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.packet.LinkQuality;
import org.junit.jupiter.api.Test;

class LinkQualityMeterTest {
    private final LinkQualityMeter meter = new LinkQualityMeter(200 * NS_PER_MS);
    private final LinkQuality report = new LinkQuality();

    @Test
    void nothingIsDueBeforeTheFirstPeriodBegan() {
        assertThat(meter.nextReportNs()).isEqualTo(Ticks.NEVER);
        meter.start(1_000);
        assertThat(meter.nextReportNs()).isEqualTo(1_000 + 200 * NS_PER_MS);
    }

    @Test
    void reportCountsWhatCameAndWhatRecoveryMadeOfIt() {
        meter.start(0);
        for (int i = 0; i < 190; i++) meter.onSource(1_328);
        for (int i = 0; i < 9; i++) meter.onRetransmission(1_328);
        meter.onLate();
        meter.report(200 * NS_PER_MS, 1_000, 10, 8, 1, report);
        assertThat(report).usingRecursiveComparison().isEqualTo(quality(0, 200, 1_000, 190, 10, 9, 8, 1, 1, 10_093, 478));
    }

    @Test
    void cumulativeCountsAreReportedByTheirDifferences() {
        meter.start(0);
        meter.report(200 * NS_PER_MS, 1_000, 10, 8, 1, report);
        meter.report(400 * NS_PER_MS, 1_000, 15, 11, 3, report);
        assertThat(report).usingRecursiveComparison().isEqualTo(quality(1, 200, 1_000, 0, 5, 0, 3, 2, 0, 0, 0));
    }

    /** What was missing may turn out to have been reordered. */
    @Test
    void countsThatFallReportNothingAndThenGoOnFromThere() {
        meter.start(0);
        meter.report(200 * NS_PER_MS, 1_000, 10, 0, 0, report);
        meter.report(400 * NS_PER_MS, 1_000, 8, 0, 0, report);
        assertThat(report.originalLost).isZero();
        meter.report(600 * NS_PER_MS, 1_000, 11, 0, 0, report);
        assertThat(report.originalLost).isEqualTo(3);
    }

    /** TR-06-4 Part 1 §5.1: a period starts exactly where the one before ended. */
    @Test
    void periodsAreContiguousHoweverLateTheHostIs() {
        long beginNs = 123_456_789L;
        meter.start(beginNs);
        long sumMs = 0;
        long nowNs = beginNs;
        for (int i = 0; i < 100; i++) {
            nowNs = meter.nextReportNs() + i * 37_123L;
            meter.report(nowNs, 1_000, 0, 0, 0, report);
            sumMs += report.periodMs;
        }
        assertThat(sumMs).isEqualTo((nowNs - beginNs) / NS_PER_MS);
        assertThat(report.sequence).isEqualTo(99);
    }

    @Test
    void bandwidthIsThatOfThePeriodAsItReallyWas() {
        meter.start(0);
        for (int i = 0; i < 190; i++) meter.onSource(1_328);
        meter.report(400 * NS_PER_MS, 1_000, 0, 0, 0, report);
        assertThat(report.dataKbps).isEqualTo(5_046);
    }

    @Test
    void whatHasNoRtpHeaderCountsAsAPacketWithoutBits() {
        meter.start(0);
        meter.onSource(0);
        meter.report(200 * NS_PER_MS, 1_000, 0, 0, 0, report);
        assertThat(report.sourceReceived).isEqualTo(1);
        assertThat(report.dataKbps).isZero();
    }

    static LinkQuality quality(
            int sequence, long periodMs, long nackWindowMs, long sourceReceived, long originalLost, long retransmittedReceived, long recovered, long unrecovered, long late, long dataKbps, long retransmissionKbps) {
        LinkQuality q = new LinkQuality();
        q.sequence = sequence;
        q.periodMs = periodMs;
        q.nackWindowMs = nackWindowMs;
        q.sourceReceived = sourceReceived;
        q.originalLost = originalLost;
        q.retransmittedReceived = retransmittedReceived;
        q.recovered = recovered;
        q.unrecovered = unrecovered;
        q.late = late;
        q.dataKbps = dataKbps;
        q.retransmissionKbps = retransmissionKbps;
        return q;
    }
}
