package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void aBitrateMovesByThreePercentAndTwentyKilobits() {
        assertThat(Steps.bitrate(5_000_000, 5_150_000)).isFalse();
        assertThat(Steps.bitrate(5_000_000, 5_150_001)).isTrue();
        assertThat(Steps.bitrate(5_000_000, 4_849_999)).isTrue();
        assertThat(Steps.bitrate(100_000, 119_000)).as("small streams").isFalse();
        assertThat(Steps.bitrate(0, 1)).as("media begins").isTrue();
        assertThat(Steps.bitrate(1, 0)).as("media ends").isTrue();
    }

    @Test
    void aRoundTripMovesByATenthAndTwoMilliseconds() {
        assertThat(Steps.rtt(10, 12)).isFalse();
        assertThat(Steps.rtt(10, 12.1)).isTrue();
        assertThat(Steps.rtt(100, 109)).isFalse();
        assertThat(Steps.rtt(100, 89)).isTrue();
    }

    @Test
    void lossMovesByAHundredthOfAPercentPointAndATenth() {
        assertThat(Steps.loss(0.0, 0.01)).isFalse();
        assertThat(Steps.loss(0.0, 0.02)).isTrue();
        assertThat(Steps.loss(5.0, 5.4)).isFalse();
        assertThat(Steps.loss(5.0, 5.6)).isTrue();
        assertThat(Steps.loss(0.005, 0.0)).as("nothing is lost any more").isTrue();
        assertThat(Steps.loss(null, 0.0)).isTrue();
        assertThat(Steps.loss(null, null)).isFalse();
    }

    @Test
    void aCountMovesByATenthOrWhenItBeginsAnew() {
        assertThat(Steps.recovered(0L, 1L)).as("the first").isTrue();
        assertThat(Steps.recovered(1000L, 1100L)).isFalse();
        assertThat(Steps.recovered(1000L, 1101L)).isTrue();
        assertThat(Steps.recovered(1000L, 999L)).as("another count").isTrue();
        assertThat(Steps.recovered(null, null)).isFalse();
    }
}
