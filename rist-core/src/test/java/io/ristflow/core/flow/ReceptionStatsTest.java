package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceptionStatsTest {
    private final ReceptionStats stats = new ReceptionStats();

    @Test
    void fractionIsOfTheIntervalAndCumulativeOfTheWhole() {
        for (int i = 0; i < 100; i++) if (i % 4 != 1) packet(i, 0);
        stats.closeInterval();
        assertThat(stats.fractionLost()).isEqualTo(25 * 256 / 100);
        assertThat(stats.cumulativeLost()).isEqualTo(25);
        for (int i = 100; i < 200; i++) packet(i, 0);
        stats.closeInterval();
        assertThat(stats.fractionLost()).isZero();
        assertThat(stats.cumulativeLost()).isEqualTo(25);
        assertThat(stats.highestSequence()).isEqualTo(199);
        stats.closeInterval();
        assertThat(stats.fractionLost()).isZero();
    }

    @Test
    void duplicatesMakeTheCumulativeLossNegativeAndNoFraction() {
        packet(5, 0);
        packet(6, 0);
        packet(6, 0);
        stats.closeInterval();
        assertThat(stats.cumulativeLost()).isEqualTo(-1);
        assertThat(stats.fractionLost()).isZero();
    }

    @Test
    void lossBeyond24BitsIsClamped() {
        packet(1, 0);
        packet(1 << 24, 0);
        assertThat(stats.cumulativeLost()).isEqualTo(0x7F_FFFF);
    }

    @Test
    void jitterGoesToTheMeanDifferenceOfTransitTimes() {
        // RFC 3550 A.8: |D| is 4 ms each time, so J tends to 4 ms, from 0 by a sixteenth of the distance a packet.
        for (int i = 0; i < 2; i++) packet(i, i % 2 * 4);
        assertThat(stats.jitterNs()).isEqualTo(4 * NS_PER_MS / 16);
        for (int i = 2; i < 400; i++) packet(i, i % 2 * 4);
        assertThat(stats.jitterNs()).isBetween(4 * NS_PER_MS - 100, 4 * NS_PER_MS + 100);
    }

    @Test
    void jumpOfTheSourceClockIsNoJitter() {
        packet(0, 0);
        packet(1, 5_000_000);
        assertThat(stats.jitterNs()).isZero();
    }

    private void packet(long sequence, long delayMs) {
        stats.onPacket((sequence + delayMs) * NS_PER_MS, sequence, sequence * NS_PER_MS);
    }
}
