package io.ristflow.service.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private static final long MS = 1_000_000;
    private static final int A = 0, B = 1;

    private final List<Long> sourceTimes = new ArrayList<>();
    private int carried;

    /** One payload; whether it goes on. The second input's clock is far ahead of the first's. */
    private boolean payload(Failover join, long atMs, int input) {
        int before = carried;
        join.onPayload(atMs * MS, input, 0, atMs * MS + (input == B ? 1_000_000 * MS : 0), ByteBuffer.allocate(1), (now, sourceTime, payload) -> {
            carried++;
            sourceTimes.add(sourceTime);
        });
        return carried > before;
    }

    /** Both inputs, every 10 ms, each as long as it lives; the instants at which the stream got no payload are counted. */
    private int gapMs(Failover join, long fromMs, long toMs, long aDiesMs, long aComesBackMs) {
        int gaps = 0;
        for (long at = fromMs; at < toMs; at += 10) {
            boolean got = (at < aDiesMs || at >= aComesBackMs) && payload(join, at, A);
            got |= payload(join, at, B);
            if (!got) gaps++;
        }
        return gaps * 10;
    }

    private static Failover preferringA(long returnAfterMs) {
        Failover join = new Failover(2, 500 * MS, A, returnAfterMs * MS);
        join.start(0);
        return join;
    }

    @Test
    void onlyOneInputIsTheStream() {
        Failover join = preferringA(0);
        assertThat(gapMs(join, 0, 5_000, 5_000, 5_000)).isZero();
        assertThat(carried).isEqualTo(500);
        assertThat(join.active(5_000 * MS, A)).isTrue();
        assertThat(join.active(5_000 * MS, B)).isFalse();
        assertThat(join.switches()).isZero();
    }

    @Test
    void standbyTakesOverWithinTheSilence() {
        Failover join = preferringA(5_000);
        assertThat(gapMs(join, 0, 5_000, 1_000, 9_000)).isBetween(480, 500);
        assertThat(join.switches()).isEqualTo(1);
        assertThat(join.active(5_000 * MS, B)).isTrue();
    }

    @Test
    void bufferThatRunsDryAfterNothingHasComeInForTheSilenceIsLeftAtOnce() {
        Failover join = preferringA(5_000);
        // With a recovery buffer of 1,000 ms: what comes in until 1,000 ms is played out until 2,000 ms.
        int gaps = 0;
        for (long at = 0; at < 5_000; at += 10) {
            if (at < 1_000) join.heard(at * MS, A);
            boolean got = at < 2_000 && payload(join, at, A);
            got |= payload(join, at, B);
            if (!got) gaps++;
        }
        assertThat(gaps * 10).isBetween(80, 110);
    }

    @Test
    void preferredInputIsTakenAgainWhenItHasBeenBackForAWhile() {
        Failover join = preferringA(2_000);
        gapMs(join, 0, 3_000, 1_000, 3_000);
        assertThat(gapMs(join, 3_000, 4_990, 0, 3_000)).isZero();
        assertThat(join.active(4_990 * MS, B)).isTrue();
        assertThat(gapMs(join, 4_990, 6_000, 0, 3_000)).isZero();
        assertThat(join.active(6_000 * MS, A)).isTrue();
        assertThat(join.switches()).isEqualTo(2);
    }

    @Test
    void preferredInputThatKeepsFallingSilentIsNotTakenAgain() {
        Failover join = preferringA(2_000);
        gapMs(join, 0, 2_000, 1_000, 9_000);
        for (long at = 2_000; at < 20_000; at += 10) {
            if (at % 2_000 < 1_400) payload(join, at, A);
            payload(join, at, B);
        }
        assertThat(join.switches()).isEqualTo(1);
        assertThat(join.active(20_000 * MS, B)).isTrue();
    }

    @Test
    void withoutAPreferenceTheFirstToComeStaysUntilItFallsSilent() {
        Failover join = new Failover(2, 500 * MS, Failover.NONE, 0);
        join.start(0);
        assertThat(payload(join, 10, B)).isTrue();
        assertThat(payload(join, 11, A)).isFalse();
        for (long at = 20; at < 1_000; at += 10) assertThat(payload(join, at, B)).isTrue();
        for (long at = 1_000; at < 1_490; at += 10) assertThat(payload(join, at, A)).isFalse();
        assertThat(payload(join, 1_490, A)).isTrue();
        assertThat(payload(join, 1_491, B)).isFalse();
        assertThat(join.switches()).isEqualTo(1);
    }

    @Test
    void preferredInputThatNeverComesIsWaitedForAsLongAsASilence() {
        Failover join = preferringA(0);
        assertThat(payload(join, 490, B)).isFalse();
        assertThat(payload(join, 500, B)).isTrue();
    }

    @Test
    void twoSilentInputsAreLeftInPeaceAndWhicheverSpeaksFirstIsTheStream() {
        Failover join = preferringA(0);
        payload(join, 0, A);
        assertThat(payload(join, 60_000, A)).isTrue();
        assertThat(join.switches()).isZero();
    }

    @Test
    void sourceTimeGoesOnAcrossASwitch() {
        Failover join = preferringA(60_000);
        gapMs(join, 0, 5_000, 1_000, 9_000);
        for (int i = 1; i < sourceTimes.size(); i++) assertThat(sourceTimes.get(i) - sourceTimes.get(i - 1)).isBetween(10 * MS, 510 * MS);
        assertThat(sourceTimes.getLast()).isEqualTo(4_990 * MS);
    }
}
