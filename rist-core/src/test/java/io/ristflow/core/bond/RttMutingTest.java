package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** librist's rtt-drop, rtt-restore, rtt-drop-settle, rtt-drop-trickle. */
class RttMutingTest {
    private static final long SETTLE = 2 * NS_PER_SECOND;
    private final RttMuting muting = new RttMuting(new RttMuting.Settings(400 * NS_PER_MS, 0, SETTLE, 100));

    @Test
    void restoreIsFourFifthsOfDropUnlessSaid() {
        assertThat(muting.settings().restoreNs()).isEqualTo(320 * NS_PER_MS);
        assertThat(new RttMuting.Settings(400, 100, 1, 0).restoreNs()).isEqualTo(100);
    }

    @Test
    void legIsMutedAfterAWholeSettleAboveTheCeiling() {
        assertThat(muting.step(0, ms(401))).isFalse();
        assertThat(muting.step(SETTLE - 1, ms(900))).isFalse();
        assertThat(muting.step(SETTLE, ms(401))).isTrue();
    }

    @Test
    void oneGoodLookBeginsTheWaitAnew() {
        muting.step(0, ms(500));
        muting.step(SETTLE - 1, ms(400));
        assertThat(muting.step(SETTLE, ms(500))).isFalse();
        assertThat(muting.step(2 * SETTLE - 1, ms(500))).isFalse();
        assertThat(muting.step(2 * SETTLE, ms(500))).isTrue();
    }

    @Test
    void legComesBackAfterTwoSettlesBelowTheRestoreMark() {
        mute();
        long from = 10 * NS_PER_SECOND;
        assertThat(muting.step(from, ms(319))).isTrue();
        assertThat(muting.step(from + 2 * SETTLE - 1, ms(319))).isTrue();
        assertThat(muting.step(from + 2 * SETTLE, ms(319))).isFalse();
    }

    @Test
    void betweenRestoreAndDropNothingChanges() {
        mute();
        for (long t = 0; t < 20; t++) assertThat(muting.step(10 * NS_PER_SECOND + t * NS_PER_SECOND, ms(350))).isTrue();
    }

    @Test
    void weightRampsUpOverTwoSettles() {
        assertThat(muting.rampShare(0)).as("never muted").isEqualTo(1_000);
        mute();
        long from = 10 * NS_PER_SECOND;
        muting.step(from, ms(100));
        long back = from + 2 * SETTLE;
        muting.step(back, ms(100));
        assertThat(muting.rampShare(back)).isEqualTo(1);
        assertThat(muting.rampShare(back + SETTLE / 2)).isEqualTo(250);
        assertThat(muting.rampShare(back + SETTLE)).isEqualTo(500);
        assertThat(muting.rampShare(back + 2 * SETTLE)).isEqualTo(1_000);
    }

    @Test
    void withoutACeilingOrASampleNothingIsMuted() {
        RttMuting off = new RttMuting(RttMuting.Settings.OFF);
        assertThat(off.step(0, ms(9_000))).isFalse();
        assertThat(off.step(100 * NS_PER_SECOND, ms(9_000))).isFalse();
        assertThat(muting.step(100 * NS_PER_SECOND, 0)).isFalse();
    }

    private void mute() {
        muting.step(0, ms(500));
        muting.step(SETTLE, ms(500));
        assertThat(muting.wanted()).isTrue();
    }

    private static long ms(long ms) {
        return ms * NS_PER_MS;
    }
}
