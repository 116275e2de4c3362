package io.ristflow.core.profile;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;
import static io.ristflow.core.base.Ticks.NS_PER_US;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdvancedClockTest {
    private static final long SEQUENCE = 65_536;

    private final AdvancedClock clock = new AdvancedClock();
    private long lastNs = Long.MIN_VALUE;

    @Test
    void microsecondsBecomeNanoseconds() {
        long first = clock.sourceTimeNs(0, SEQUENCE, 1_000);
        assertThat(clock.sourceTimeNs(2 * NS_PER_MS, SEQUENCE + 1, 3_000) - first).isEqualTo(2 * NS_PER_MS);
    }

    @Test
    void timestampsWrapAfterSeventyMinutesAndTheTimelineGoesOn() {
        long first = clock.sourceTimeNs(0, SEQUENCE, -1_000);
        assertThat(clock.sourceTimeNs(2 * NS_PER_MS, SEQUENCE + 1, 1_000) - first).isEqualTo(2 * NS_PER_MS);
    }

    /** Jitter and bursts are what timestamps are there for. */
    @Test
    void trueClockIsBelievedWhateverThePathDoes() {
        SplittableRandom random = new SplittableRandom(7);
        long first = clock.sourceTimeNs(0, SEQUENCE, 5_000);
        for (int i = 1; i < 3_000; i++) {
            long nowNs = i * NS_PER_MS + random.nextLong(80 * NS_PER_MS);
            assertThat(clock.sourceTimeNs(nowNs, SEQUENCE + i, 5_000 + i * 1_000) - first).isEqualTo(i * NS_PER_MS);
        }
        assertThat(clock.followsArrival()).isFalse();
    }

    @Test
    void aSecondOfHeldPacketsAtOnceIsNoRunaway() {
        long first = clock.sourceTimeNs(0, SEQUENCE, 0);
        for (int i = 1; i < 1_000; i++) clock.sourceTimeNs(i * NS_PER_US, SEQUENCE + i, i * 1_000);
        assertThat(clock.followsArrival()).isFalse();
        assertThat(clock.sourceTimeNs(NS_PER_MS, SEQUENCE + 1_000, 1_000_000) - first).isEqualTo(NS_PER_SECOND);
    }

    /** As some peers have it: microseconds shifted by 16 bits, round every 65 ms. */
    @Test
    void clockOf65536TicksAMicrosecondIsFoundAtOnceAndArrivalCounts() {
        long first = at(0, SEQUENCE, 0);
        for (int i = 1; i < 5_000; i++) {
            long nowNs = i * 2 * NS_PER_MS;
            assertThat(at(nowNs, SEQUENCE + i, i * 2_000 << 16) - first).as("packet %d", i).isEqualTo(nowNs);
        }
        assertThat(clock.followsArrival()).isTrue();
    }

    @Test
    void clockThatStandsStillIsLeftAfterASecondAndCaughtUpWith() {
        long first = at(0, SEQUENCE, 77);
        for (int i = 1; i < 3_000; i++) {
            long source = at(i * NS_PER_MS, SEQUENCE + i, 77);
            if (i >= 1_001) assertThat(source - first).isEqualTo(i * NS_PER_MS);
        }
        assertThat(clock.followsArrival()).isTrue();
    }

    @Test
    void fastClockIsLeftAfterASecondWithoutAStepBack() {
        long first = at(0, SEQUENCE, 0);
        for (int i = 1; i < 3_000; i++) at(i * NS_PER_MS, SEQUENCE + i, i * 2_000);
        assertThat(clock.followsArrival()).isTrue();
        // It had come to two seconds in one; from there on it goes with arrival
        assertThat(lastNs - first).isBetween(3_990 * NS_PER_MS, 4_005 * NS_PER_MS);
    }

    @Test
    void clockThatIsOffByLessThanHalfIsKept() {
        for (int i = 0; i < 3_000; i++) at(i * NS_PER_MS, SEQUENCE + i, i * 1_400);
        assertThat(clock.followsArrival()).isFalse();
    }

    /** A start as odd as a jump of the clock does not cost the timestamps for good. */
    @Test
    void clockThatTurnsOutRightIsTakenUpAgain() {
        at(0, SEQUENCE, 0);
        for (int i = 1; i < 4_000; i++) at(i * NS_PER_MS, SEQUENCE + i, 1_000_000_000 + i * 1_000);
        assertThat(clock.followsArrival()).isFalse();
        long before = lastNs;
        assertThat(at(4_050 * NS_PER_MS, SEQUENCE + 4_000, 1_000_000_000 + 4_000 * 1_000) - before).as("by the clock, not by arrival").isEqualTo(NS_PER_MS);
    }

    @Test
    void repeatedPacketHasItsOwnTime() {
        long first = clock.sourceTimeNs(0, SEQUENCE, 0);
        clock.sourceTimeNs(20 * NS_PER_MS, SEQUENCE + 2, 20_000);
        assertThat(clock.repeatedNs(SEQUENCE + 1, 10_000) - first).isEqualTo(10 * NS_PER_MS);
    }

    @Test
    void underArrivalARepeatedPacketHasTheTimeOfTheOneBefore() {
        for (int i = 0; i < 2_000; i++) {
            if (i != 1_500) at(i * NS_PER_MS, SEQUENCE + i, i * 1_000 << 16);
        }
        long newest = lastNs;
        assertThat(clock.repeatedNs(SEQUENCE + 1_500, 1_500_000 << 16)).isEqualTo(newest - 500 * NS_PER_MS);
        assertThat(clock.sourceTimeNs(9 * NS_PER_SECOND, SEQUENCE + 1_998, 0)).as("once more, by another path").isEqualTo(newest - NS_PER_MS);
    }

    @Test
    void timelineOfAnotherFramingIsContinued() {
        clock.continueAt(123 * NS_PER_SECOND);
        assertThat(clock.repeatedNs(SEQUENCE, 5)).isEqualTo(123 * NS_PER_SECOND);
        assertThat(clock.sourceTimeNs(0, SEQUENCE, 5)).isEqualTo(123 * NS_PER_SECOND);
        assertThat(clock.sourceTimeNs(NS_PER_MS, SEQUENCE + 1, 1_005)).isEqualTo(123 * NS_PER_SECOND + NS_PER_MS);
    }

    /** A first transmission; the timeline never steps back. */
    private long at(long nowNs, long sequence, int timestamp) {
        long sourceNs = clock.sourceTimeNs(nowNs, sequence, timestamp);
        assertThat(sourceNs).isGreaterThanOrEqualTo(lastNs);
        lastNs = sourceNs;
        return sourceNs;
    }
}
