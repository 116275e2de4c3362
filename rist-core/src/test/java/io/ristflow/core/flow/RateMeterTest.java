package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    @Test
    void aSteadyStreamShowsItsRate() {
        RateMeter meter = new RateMeter();
        long now = -5_000 * NS_PER_MS;
        for (int i = 0; i < 3_000; i++) meter.add(now += NS_PER_MS, 125);
        assertThat(meter.bitsPerSecond(now)).isBetween(990_000L, 1_010_000L);
        assertThat(meter.count(now)).isBetween(900L, 1_000L);
        assertThat(meter.mean(now)).isEqualTo(125);
    }

    @Test
    void whatIsOlderThanASecondIsForgotten() {
        RateMeter meter = new RateMeter();
        meter.add(0, 1_000);
        assertThat(meter.sum(900 * NS_PER_MS)).isEqualTo(1_000);
        assertThat(meter.sum(1_100 * NS_PER_MS)).isZero();
        meter.add(1_000_000 * NS_PER_MS, 7);
        assertThat(meter.sum(1_000_000 * NS_PER_MS)).isEqualTo(7);
    }
}
