package io.ristflow.core.profile;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MediaNumbersTest {
    private static final int FIRST_TIMESTAMP = 123_456;

    private final MediaNumbers numbers = new MediaNumbers();

    @Test
    void numbersOf16BitsContinueIn32() {
        long last = numbers.sequence(65_535);
        assertThat(numbers.knows32()).isFalse();
        assertThat(numbers.wideSequence(5 << 16)).isEqualTo(last + 1);
        assertThat(numbers.wideSequence((5 << 16) + 3)).isEqualTo(last + 4);
        assertThat(numbers.sequence32(last + 1)).isEqualTo(5 << 16);
        assertThat(numbers.sequence32(last)).isEqualTo((5 << 16) - 1);
    }

    @Test
    void numbersOf32BitsContinueIn16AndBack() {
        long last = numbers.wideSequence(0x7_FFFE);
        assertThat(numbers.sequence(0xFFFF)).isEqualTo(last + 1);
        assertThat(numbers.sequence(0)).isEqualTo(last + 2);
        assertThat(numbers.wideSequence(0x8_0001)).isEqualTo(last + 3);
    }

    @Test
    void repeatedPacketMayBeTheFirstInTheOtherFraming() {
        long last = numbers.sequence(100);
        assertThat(numbers.wideSequence((9 << 16) + 90)).isEqualTo(last - 10);
        assertThat(numbers.wideSequence((9 << 16) + 101)).isEqualTo(last + 1);
    }

    @Test
    void the32BitNumberWraps() {
        long last = numbers.wideSequence(-1);
        assertThat(numbers.wideSequence(0)).isEqualTo(last + 1);
        assertThat(numbers.sequence32(last + 1)).isZero();
        assertThat(numbers.wideSequence(-2)).isEqualTo(last - 1);
    }

    @Test
    void flowThatBeginsIn32BitsHasNumbersInFront() {
        assertThat(numbers.wideSequence(0)).isPositive();
        assertThat(numbers.wideSequence(-3)).isPositive();
    }

    @Test
    void extendedHighestCountsCyclesOfEitherFraming() {
        numbers.sequence(0xFFFF);
        assertThat(numbers.extendedHighest()).isEqualTo(0xFFFF);
        numbers.wideSequence(0x3_0000);
        assertThat(numbers.extendedHighest()).isEqualTo(0x1_0000);
        MediaNumbers native32 = new MediaNumbers();
        native32.wideSequence(0x1234_5678);
        assertThat(native32.extendedHighest()).isEqualTo(0x1234_5678);
    }

    /** A peer that changes its framing at any packet, over a path that loses and reorders: wide numbers are always the true ones. */
    @Test
    void wideNumbersContinueExactlyThroughEveryChangeOfFraming() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MediaNumbers seen = new MediaNumbers();
            int start = random.nextInt();
            boolean advanced = random.nextBoolean();
            long shift = 0;
            for (int i = 0; i < 2_000; i++) {
                if (random.nextInt(100) == 0) advanced = !advanced;
                if (random.nextInt(10) == 0) continue;
                int truth = start + i - (i > 300 ? random.nextInt(200) : 0);
                long wide = advanced ? seen.wideSequence(truth) : seen.sequence(truth & 0xFFFF);
                if (shift == 0) shift = wide - truth;
                assertThat((int) (wide - shift)).as("seed %d, packet %d", seed, i).isEqualTo(truth);
                if (seen.knows32()) assertThat(seen.sequence32(wide)).as("seed %d, packet %d", seed, i).isEqualTo(truth);
            }
        }
    }

    @Test
    void timelineContinuesThroughAnUpgrade() {
        long lastNs = 0;
        for (int i = 0; i < 500; i++) lastNs = numbers.mainTimeNs(i * 2 * NS_PER_MS, 65_536 + i, FIRST_TIMESTAMP + i * 180, false);
        long mainNs = lastNs;
        for (int i = 500; i < 2_000; i++) {
            long sourceNs = numbers.advancedTimeNs(i * 2 * NS_PER_MS, 65_536 + i, 999 + i * 2_000, false);
            assertThat(sourceNs - mainNs).isEqualTo((i - 499) * 2 * NS_PER_MS);
            lastNs = sourceNs;
        }
        assertThat(numbers.mainTimeNs(2_000 * 2 * NS_PER_MS, 65_536 + 2_000, FIRST_TIMESTAMP + 2_000 * 180, false) - lastNs).as("and back").isEqualTo(2 * NS_PER_MS);
    }

    @Test
    void packetOvertakenByTheChangeKeepsItsTime() {
        long mainNs = numbers.mainTimeNs(0, 65_536, FIRST_TIMESTAMP, false);
        long advancedNs = numbers.advancedTimeNs(4 * NS_PER_MS, 65_538, 7_000, false);
        assertThat(advancedNs - mainNs).isEqualTo(4 * NS_PER_MS);
        assertThat(numbers.mainTimeNs(5 * NS_PER_MS, 65_537, FIRST_TIMESTAMP + 180, false) - mainNs).isEqualTo(2 * NS_PER_MS);
        assertThat(numbers.advancedTimeNs(8 * NS_PER_MS, 65_540, 11_000, false) - mainNs).as("and moves nothing").isEqualTo(8 * NS_PER_MS);
    }

    @Test
    void repeatedPacketDoesNotChangeTheTimeline() {
        long mainNs = numbers.mainTimeNs(0, 65_536, FIRST_TIMESTAMP, false);
        assertThat(numbers.advancedTimeNs(10 * NS_PER_MS, 65_536, 50_000, true)).as("its clock is not known yet").isEqualTo(mainNs);
        assertThat(numbers.advancedTimeNs(20 * NS_PER_MS, 65_540, 70_000, false) - mainNs).isEqualTo(20 * NS_PER_MS);
        assertThat(numbers.advancedTimeNs(30 * NS_PER_MS, 65_538, 60_000, true) - mainNs).isEqualTo(10 * NS_PER_MS);
        assertThat(numbers.mainTimeNs(40 * NS_PER_MS, 65_538, FIRST_TIMESTAMP + 450, true) - mainNs).isEqualTo(5 * NS_PER_MS);
    }

    @Test
    void packetRepeatedInTheOtherFramingBeforeItsClockIsKnownIsPlacedByItsNumber() {
        long lastNs = 0;
        for (int i = 0; i < 100; i++) lastNs = numbers.mainTimeNs(i * 2 * NS_PER_MS, 65_536 + i, FIRST_TIMESTAMP + i * 180, false);
        assertThat(numbers.advancedTimeNs(230 * NS_PER_MS, 65_536 + 80, 12_345, true)).isCloseTo(lastNs - 19 * 2 * NS_PER_MS, within(NS_PER_MS));
    }

    /** Captured from librist: at one instant its microseconds stood at 0x821868f5 and the 90 kHz of its report at 0x1da0eab9. */
    @Test
    void reportIsTiedToTheMicrosecondsOfMediaToTheTick() {
        long mediaNs = numbers.advancedTimeNs(0, 65_536, 0x8218_68F5 - 5_000, false);
        // The report arrives 12 ms after the packet, of which 5 are time and 7 are jitter
        long reportNs = numbers.peekSourceTimeNs(12 * NS_PER_MS, 0x1DA0_EAB9);
        assertThat(reportNs - mediaNs).isCloseTo(5 * NS_PER_MS, within(12_000L));
        assertThat(numbers.peekSourceTimeNs(12 * NS_PER_MS, 0x1234_5678) - mediaNs).as("of another clock").isEqualTo(12 * NS_PER_MS);
    }

    @Test
    void senderReportsAreReadOnTheMainClock() {
        long mainNs = numbers.mainTimeNs(0, 65_536, FIRST_TIMESTAMP, false);
        assertThat(numbers.peekSourceTimeNs(0, FIRST_TIMESTAMP + 90_000) - mainNs).isEqualTo(NS_PER_SECOND);
    }
}
