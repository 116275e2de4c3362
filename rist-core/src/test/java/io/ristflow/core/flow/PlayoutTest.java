package io.ristflow.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.flow.FlowSettings.Hold;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When packets are played: clocks that drift, jump or start badly. Packets every 5 ms, 20 ms of path, unless a test says otherwise. */
class PlayoutTest {
    private static final double PATH_MS = 20;

    private FlowBench bench = new FlowBench(FlowBench.settings(200)).rtt(40);
    private double arrivedMs;
    private double lastArrivalMs;
    private double minLatencyMs;
    private double maxLatencyMs;

    @ParameterizedTest
    @ValueSource(doubles = {-200e-6, 200e-6})
    void driftOverAnHourLosesNothingAndLatencyStaysBounded(double drift) {
        Random random = new Random(5);
        int packets = 3600 * 100;
        resetLatency();
        int played = 0;
        for (int i = 0; i < packets; i++) {
            double sentMs = i * 10;
            double sourceMs = 1e6 + sentMs * (1 + drift);
            bench.media(sentMs + PATH_MS + random.nextDouble() * 8, i, sourceMs);
            bench.due(sentMs + PATH_MS + 9);
            bench.ask(sentMs + PATH_MS + 9);
            while (played < bench.delivered.size()) {
                double latency = bench.deliveredAtMs.get(played) - bench.delivered.get(played) * 10;
                if (i > 1000) latency(latency);
                played++;
            }
        }
        bench.drain();
        assertThat(bench.delivered).hasSize(packets);
        assertThat(bench.flow.counters().lost + bench.flow.counters().droppedLate + bench.flow.counters().clockJumps).isZero();
        // buffer + path, with the tick of 10 ms and what the envelope lags
        assertThat(minLatencyMs).isGreaterThan(200 + PATH_MS - 6);
        assertThat(maxLatencyMs).isLessThan(200 + PATH_MS + 15);
    }

    @Test
    void aLateFirstPacketDoesNotKeepTheLatencyHigh() {
        bench.media(PATH_MS + 90, 0, 0);
        for (int i = 1; i < 1000; i++) {
            bench.media(Math.max(PATH_MS + 90, i * 5 + PATH_MS), i, i * 5);
            bench.dueUntil((long) bench.nowNs / 1_000_000, (long) bench.nowNs / 1_000_000 + 4);
        }
        bench.dueUntil(5020, 5400);
        assertThat(bench.delivered).hasSize(1000);
        for (int i = 0; i < 1000; i++) assertThat(bench.deliveredAtMs.get(i) - i * 5).isBetween(220L, 225L);
    }

    @Test
    void aBurstOfHeldUpPacketsMovesNothing() {
        steady(0, 2000, PATH_MS);
        for (int i = 2000; i < 2040; i++) arrive(10_000 + PATH_MS + 190, i, i * 5);
        steady(2040, 4000, PATH_MS);
        finish();
        assertThat(bench.delivered).hasSize(4000);
        for (int i = 0; i < 4000; i++) assertThat(bench.deliveredAtMs.get(i) - i * 5).isBetween(218L, 232L);
    }

    @Test
    void jitterDoesNotMoveThePlayout() {
        for (int i = 0; i < 8000; i++) arrive(i * 5 + PATH_MS + 40 * (1 + Math.sin(i / 150.0)), i, i * 5);
        finish();
        assertThat(bench.delivered).hasSize(8000);
        // The path's least delay shows once in 4.7 s; from its second time on the play-out stands still.
        for (int i = 2500; i < 8000; i++) assertThat(bench.deliveredAtMs.get(i) - i * 5).isBetween(218L, 232L);
    }

    @Test
    void slowerPathIsFollowedWithoutLossAndFasterOneToo() {
        steady(0, 1000, PATH_MS);
        steady(1000, 10_000, PATH_MS + 80);
        steady(10_000, 20_000, PATH_MS);
        finish();
        assertThat(bench.delivered).hasSize(20_000);
        assertThat(bench.deliveredAtMs.get(9_900) - 9_900L * 5).isBetween(280L, 305L);
        assertThat(bench.deliveredAtMs.get(19_900) - 19_900L * 5).isBetween(215L, 230L);
        for (int i = 1; i < 20_000; i++) assertThat(bench.deliveredAtMs.get(i) - bench.deliveredAtMs.get(i - 1)).isBetween(0L, 10L);
    }

    @Test
    void pathThatBecomesSlowerThanTheBufferIsFollowedAfterASecond() {
        steady(0, 1000, PATH_MS);
        steady(1000, 3000, PATH_MS + 400);
        finish();
        assertThat(bench.delivered).hasSizeGreaterThan(2700);
        assertThat(bench.delivered).isSorted().doesNotHaveDuplicates();
        assertThat(bench.deliveredAtMs.getLast() - bench.delivered.getLast() * 5).isBetween(600L, 640L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-40_000_000, -5_000, -300, 1_500, 10_000, 40_000_000})
    void jumpOfTheSourceClockIsNotHeard(double jumpMs) {
        steady(0, 1000, PATH_MS);
        for (int i = 1000; i < 2000; i++) {
            if (i == 1500) continue;
            arrive(i * 5 + PATH_MS, i, i * 5 + jumpMs);
        }
        finish();
        assertThat(bench.flow.counters().clockJumps).isEqualTo(1);
        assertThat(bench.flow.counters().restarts).isZero();
        assertThat(bench.delivered).hasSize(1999);
        for (int i = 1; i < 1999; i++) assertThat(bench.deliveredAtMs.get(i) - bench.deliveredAtMs.get(i - 1)).isBetween(0L, 11L);
    }

    @Test
    void packetRepairedAcrossAJumpOfTheSourceClockIsPlayedInItsPlace() {
        for (int i = 0; i < 60; i++) if (i != 48) arrive(i * 5 + PATH_MS, i, i < 50 ? i * 5 : 100_000 + i * 5);
        assertThat(bench.again(321, 48, 240)).isTrue();
        finish();
        assertThat(bench.delivered).hasSize(60).isSorted();
        assertThat(bench.deliveredAtMs.get(48)).isBetween(459L, 465L);
    }

    @Test
    void frozenSourceClockIsGivenUpForArrival() {
        for (int i = 0; i < 4000; i++) arrive(i * 5 + PATH_MS, i, 7);
        finish();
        assertThat(bench.flow.counters().droppedLate).isLessThan(700);
        assertThat(bench.delivered).endsWith(3998L, 3999L).contains(1500L, 2000L, 2500L, 3000L, 3500L);
    }

    @Test
    void byArrivalEveryPacketIsHeldABufferLongAndARepairedOneLiesBetweenItsNeighbours() {
        bench = new FlowBench(FlowBench.settings(200, 200, 20, Hold.ARRIVAL)).rtt(40);
        bench.media(10, 0, 0);
        bench.media(20, 1, 1_000_000);
        bench.media(50, 4, -77);
        bench.ask(80);
        bench.again(120, 3, 5);
        bench.again(130, 2, 5);
        bench.dueUntil(130, 400);
        assertThat(bench.delivered).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(bench.deliveredAtMs).containsExactly(210L, 220L, 230L, 240L, 250L);
    }

    @Test
    void byWallClockTheDelayFromTheSenderIsTheBufferHoweverSlowThePath() {
        bench = new FlowBench(FlowBench.settings(200, 200, 20, Hold.RTC)).rtt(40);
        long unixMs = 1_700_000_000_000L;
        for (int i = 0; i < 4000; i++) {
            arrive(i * 5 + PATH_MS, i, 555_000 + i * 5);
            if (i % 20 == 0) report(bench, 555_000 + i * 5L, unixMs + i * 5L, unixMs);
        }
        finish();
        assertThat(bench.delivered).hasSize(4000);
        for (int i = 0; i < 4000; i++) assertThat(bench.deliveredAtMs.get(i) - i * 5L).isBetween(195L, 206L);
    }

    @Test
    void wallClocksThatDisagreeAreIgnored() {
        bench = new FlowBench(FlowBench.settings(200, 200, 20, Hold.RTC)).rtt(40);
        for (int i = 0; i < 2000; i++) {
            arrive(i * 5 + PATH_MS, i, i * 5);
            if (i % 20 == 0) report(bench, i * 5L, 3_600_000 + i * 5L, 0);
        }
        finish();
        assertThat(bench.delivered).hasSize(2000);
        assertThat(bench.deliveredAtMs.getLast() - 1999 * 5L).isBetween(215L, 230L);
    }

    @Test
    void bufferIsTheMidpointUntilTheSendersBoundIsKnownThenScalesWithTheRtt() {
        bench = new FlowBench(FlowBench.settings(100, 1000, 20, Hold.SOURCE));
        ReceiverFlow flow = bench.flow;
        assertThat(ms(flow.bufferNs())).isEqualTo(550);
        flow.onRtt(0, 20 * Ticks.NS_PER_MS);
        assertThat(ms(flow.bufferNs())).isEqualTo(550);
        flow.onSenderBufferMax(600 * Ticks.NS_PER_MS);
        for (int s = 1; s <= 3; s++) {
            for (int k = 0; k < 10; k++) flow.onRtt(s * Ticks.NS_PER_SECOND + k * 90 * Ticks.NS_PER_MS, 20 * Ticks.NS_PER_MS);
            assertThat(ms(flow.bufferNs())).isEqualTo(550 - 50 * s);
        }
        for (int s = 4; s <= 20; s++) flow.onRtt(s * Ticks.NS_PER_SECOND, 20 * Ticks.NS_PER_MS);
        assertThat(ms(flow.bufferNs())).isEqualTo(155);
        for (int k = 0; k < 60; k++) flow.onRtt(21 * Ticks.NS_PER_SECOND, 200 * Ticks.NS_PER_MS);
        assertThat(ms(flow.bufferNs())).isEqualTo(600);
    }

    @Test
    void senderThatKeepsLessThanOurLeastIsNotNegotiatedWithAndAFixedBufferStays() {
        bench = new FlowBench(FlowBench.settings(300, 900, 20, Hold.SOURCE));
        bench.flow.onSenderBufferMax(200 * Ticks.NS_PER_MS);
        bench.rtt(10);
        assertThat(ms(bench.flow.bufferNs())).isEqualTo(600);
        bench = new FlowBench(FlowBench.settings(300));
        bench.flow.onSenderBufferMax(900 * Ticks.NS_PER_MS);
        bench.rtt(10);
        assertThat(ms(bench.flow.bufferNs())).isEqualTo(300);
    }

    private void steady(int from, int to, double pathMs) {
        for (int i = from; i < to; i++) arrive(i * 5 + pathMs, i, i * 5);
    }

    /** Arrival, with play-out ticks of 1 ms up to it. */
    private void arrive(double atMs, long sequence, double sourceMs) {
        // A path is a queue: nothing overtakes. Where it becomes faster, what is sent next waits for what was sent before.
        double arrival = Math.max(atMs, lastArrivalMs);
        for (; arrivedMs < arrival; arrivedMs++) {
            bench.due(arrivedMs);
            bench.ask(arrivedMs);
        }
        lastArrivalMs = arrival;
        bench.media(arrival, sequence, sourceMs);
    }

    private void finish() {
        bench.dueUntil((long) arrivedMs, (long) arrivedMs + 3_000);
    }

    private static void report(FlowBench bench, long sourceMs, long senderUnixMs, long unixAtZeroMs) {
        long unixNs = unixAtZeroMs * Ticks.NS_PER_MS + bench.nowNs;
        bench.flow.onSenderReport(bench.nowNs, sourceMs * Ticks.NS_PER_MS, senderUnixMs * Ticks.NS_PER_MS, unixNs);
    }

    private void resetLatency() {
        minLatencyMs = Double.MAX_VALUE;
        maxLatencyMs = 0;
    }

    private void latency(double ms) {
        minLatencyMs = Math.min(minLatencyMs, ms);
        maxLatencyMs = Math.max(maxLatencyMs, ms);
    }

    private static long ms(long ns) {
        return ns / Ticks.NS_PER_MS;
    }
}
