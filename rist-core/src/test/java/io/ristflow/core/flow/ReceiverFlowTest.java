package io.ristflow.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.flow.FlowSettings.Hold;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiverFlowTest {
    private static final long BASE = 1L << 40;

    private FlowBench bench = new FlowBench(FlowBench.settings(200)).rtt(50);
    private ReceiverCounters counters = bench.flow.counters();

    @Test
    void aSingleLossIsRepairedByAsking() {
        send(BASE, 0, 4);
        send(BASE, 5, 9);
        assertThat(bench.flow.missingNow()).isEqualTo(1);
        assertThat(bench.ask(40)).isEqualTo("" + (BASE + 4));
        assertThat(bench.again(90, BASE + 4, 8)).isTrue();
        bench.dueUntil(90, 300);
        assertThat(bench.delivered).containsExactly(range(0, 9));
        assertThat(counters.recovered).isEqualTo(1);
        assertThat(counters.recoveredOneRetry).isEqualTo(1);
        assertThat(counters.lost).isZero();
        assertThat(bench.flow.missingNow()).isZero();
    }

    @Test
    void packetThatArrivesWithinTheReorderWindowIsNotAskedFor() {
        send(BASE, 0, 2);
        bench.media(6, BASE + 3, 6);
        assertThat(bench.ask(20)).isEmpty();
        bench.media(21, BASE + 2, 4);
        assertThat(bench.askTimes(21, 100)).isEmpty();
        assertThat(counters.reordered).isEqualTo(1);
        assertThat(counters.recovered).isZero();
    }

    @Test
    void packetIsAskedForAfterHalfAnRttOrTheReorderWindow() {
        send(BASE, 0, 2);
        bench.media(10, BASE + 3, 6);
        assertThat(bench.flow.nextDeadlineNs()).isEqualTo(35 * Ticks.NS_PER_MS);
        assertThat(bench.askTimes(10, 36)).first().isEqualTo(35L);

        FlowBench near = new FlowBench(FlowBench.settings(200)).rtt(10);
        near.media(0, 1, 0);
        near.media(10, 3, 4);
        assertThat(near.askTimes(10, 30)).first().isEqualTo(25L);
    }

    @Test
    void requestsAreRepeatedEarlyWithinACycleAndCyclesAre1point1RttApart() {
        bench = new FlowBench(FlowBench.settings(1000)).rtt(50);
        bench.media(0, 1, 0);
        bench.media(0, 3, 4);
        assertThat(bench.askTimes(0, 200)).containsExactly(25L, 35L, 80L, 90L, 100L, 135L, 145L, 155L, 190L, 200L);
        assertThat(bench.flow.counters().retries).isEqualTo(4);
        assertThat(bench.flow.counters().requestCopies).isEqualTo(6);
    }

    @Test
    void noCopiesAreSentBeforeTheRttIsKnown() {
        bench = new FlowBench(FlowBench.settings(1000));
        bench.media(0, 1, 0);
        bench.media(0, 3, 4);
        assertThat(bench.askTimes(0, 150)).containsExactly(25L, 80L, 135L);
    }

    @Test
    void aSenderThatAnswersCopiesTwiceGetsNone() {
        bench = new FlowBench(FlowBench.settings(1000)).rtt(50);
        long sequence = 0;
        bench.media(0, 0, 0);
        double now = 0;
        for (int i = 0; i < 64; i++, now += 10) {
            sequence += 2;
            bench.media(now, sequence, now);
            bench.ask(now + 26 - 0.5);
            bench.again(now + 26, sequence - 1, now - 5);
            bench.again(now + 27, sequence - 1, now - 5);
        }
        long copies = bench.flow.counters().requestCopies;
        now += 100;
        bench.media(now, sequence + 2, now);
        bench.askTimes((long) now, (long) now + 54);
        assertThat(bench.flow.counters().requestCopies).isEqualTo(copies);
    }

    @Test
    void retriesEndAtTheirLimit() {
        bench = new FlowBench(FlowBench.settings(1000, 1000, 4, Hold.SOURCE)).rtt(50);
        bench.media(0, 1, 0);
        bench.media(0, 3, 4);
        bench.askTimes(0, 900);
        assertThat(bench.flow.counters().retries).isEqualTo(3); // paced by 1000 ms / 4 retries: 125, 400, 675 ms
        bench = new FlowBench(FlowBench.settings(1000, 1000, 20, Hold.SOURCE)).rtt(5);
        bench.media(0, 1, 0);
        bench.media(0, 3, 4);
        bench.askTimes(0, 1200);
        assertThat(bench.flow.counters().retries).isBetween(17L, 20L);
        FlowBench never = new FlowBench(FlowBench.settings(1000, 1000, 0, Hold.SOURCE));
        never.media(0, 1, 0);
        never.media(0, 3, 4);
        assertThat(never.askTimes(0, 1200)).isEmpty();
    }

    @Test
    void retryLimitHoldsWhereTimeWouldAllowMore() {
        FlowSettings two = new FlowSettings(
                2_000_000, 2_000_000_000L, 0, 5_000_000, 500_000_000, 2, 100_000_000L, 0, 1, 16, Hold.SOURCE);
        bench = new FlowBench(two).rtt(20);
        bench.media(0, 1, 0);
        bench.media(0, 3, 4);
        bench.askTimes(0, 900);
        assertThat(bench.flow.counters().retries).isEqualTo(2);
    }

    @Test
    void packetTooOldToArriveInTimeIsNotAskedForAnyMore() {
        bench.media(0, 1, 0);
        bench.media(100, 3, 100);
        // Its place is at 50 + 200 ms; an answer takes 50.
        List<Long> times = bench.askTimes(100, 400);
        assertThat(times).isNotEmpty();
        assertThat(times.getLast()).isLessThanOrEqualTo(250L + 10 - 43);
    }

    @Test
    void gapIsHeldUntilThePacketBehindItIsDueThenCountedLost() {
        bench.media(0, 1, 0);
        bench.media(50, 4, 50);
        bench.dueUntil(50, 249);
        assertThat(bench.delivered).containsExactly(1L);
        assertThat(counters.lost).isZero();
        bench.due(250);
        assertThat(bench.delivered).containsExactly(1L, 4L);
        assertThat(counters.lost).isEqualTo(2);
        assertThat(bench.flow.missingNow()).isZero();
        assertThat(bench.ask(251)).isEmpty();
    }

    @Test
    void packetsArePlayedABufferAfterTheyWereSent() {
        for (int i = 0; i < 5; i++) bench.media(i * 7, i, i * 10);
        bench.dueUntil(30, 400);
        // The fastest, number 4, sets the offset: it took 12 ms less than the first.
        assertThat(bench.deliveredAtMs).containsExactly(188L, 198L, 208L, 218L, 228L);
    }

    @Test
    void latePacketIsDroppedAndDuplicateCounted() {
        bench.media(0, 1, 0);
        bench.media(10, 3, 10);
        assertThat(bench.media(11, 3, 10)).isFalse();
        assertThat(counters.duplicates).isEqualTo(1);
        bench.dueUntil(11, 300);
        assertThat(bench.media(301, 2, 5)).isFalse();
        assertThat(counters.droppedLate).isEqualTo(1);
        assertThat(bench.again(302, 3, 10)).isFalse();
        assertThat(counters.duplicates).isEqualTo(2);
        assertThat(bench.delivered).containsExactly(1L, 3L);
    }

    @Test
    void packetPastItsDeadlineIsNotTakenThoughItIsTheNewest() {
        bench.media(0, 1, 0);
        bench.due(200);
        assertThat(bench.media(215, 2, 10)).isTrue();
        assertThat(bench.media(260, 3, 20)).isFalse();
        assertThat(counters.droppedLate).isEqualTo(1);
    }

    @Test
    void retransmissionDoesNotStartAFlow() {
        assertThat(bench.again(0, 5, 0)).isFalse();
        assertThat(bench.flow.started()).isFalse();
        assertThat(bench.media(1, 7, 1)).isTrue();
        assertThat(bench.askTimes(1, 150)).isEmpty();
        assertThat(bench.flow.expectedSinceStart()).isEqualTo(1);
    }

    @Test
    void reorderedPacketsBeforeTheFirstAreTakenInFront() {
        bench.media(0, 10, 10);
        assertThat(bench.media(1, 7, 4)).isTrue();
        assertThat(bench.media(2, 8, 6)).isTrue();
        assertThat(bench.again(3, 6, 2)).isFalse();
        assertThat(bench.ask(40)).isEqualTo("9");
        bench.again(80, 9, 8);
        bench.dueUntil(80, 300);
        assertThat(bench.delivered).containsExactly(7L, 8L, 9L, 10L);
        assertThat(bench.media(301, 5, 0)).isFalse();
    }

    @Test
    void tooLargeAStepRestartsTheFlowAfterWhatIsHeld() {
        send(BASE, 0, 3);
        bench.media(10, BASE + 5, 10);
        assertThat(bench.media(20, BASE + 100_000, 20)).isTrue();
        assertThat(counters.restarts).isEqualTo(1);
        assertThat(bench.flow.nextDeadlineNs()).isLessThanOrEqualTo(20 * Ticks.NS_PER_MS);
        bench.due(21);
        assertThat(bench.delivered).hasSize(4);
        bench.media(22, BASE + 100_002, 24);
        assertThat(bench.ask(60)).isEqualTo("" + (BASE + 100_001));
        bench.again(90, BASE + 100_001, 22);
        bench.dueUntil(91, 300);
        assertThat(bench.delivered).hasSize(7).isSorted();
        assertThat(bench.flow.highestSequence()).isEqualTo(BASE + 100_002);
    }

    @Test
    void senderThatStartsAgainUnderItsOldNumbersIsFollowed() {
        for (int i = 0; i < 1000; i++) {
            bench.media(i, BASE + i, i);
            bench.due(i);
        }
        bench.dueUntil(1000, 1500);
        int before = bench.delivered.size();
        int taken = 0;
        for (int i = 0; i < 500; i++) if (bench.media(1500 + i, BASE + 100 + i, 777_000 + i)) taken++;
        bench.dueUntil(2000, 2300);
        assertThat(counters.restarts).isEqualTo(1);
        assertThat(taken).isGreaterThan(490);
        assertThat(bench.delivered.size() - before).isEqualTo(taken);
        assertThat(bench.delivered).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void lateCopiesOfWhatWasPlayedDoNotRestartTheFlow() {
        for (int i = 0; i < 1000; i++) {
            bench.media(i, BASE + i, i);
            bench.due(i);
        }
        bench.dueUntil(1000, 1500);
        for (int i = 0; i < 900; i++) assertThat(bench.media(1500 + i, BASE + 100 + i, 100 + i)).isFalse();
        assertThat(counters.restarts).isZero();
        assertThat(counters.duplicates).isEqualTo(900);
    }

    @Test
    void drainDeliversEverythingInOrderAtOnce() {
        send(BASE, 0, 3);
        send(BASE, 5, 8);
        bench.drain();
        assertThat(bench.delivered).containsExactly(BASE, BASE + 1, BASE + 2, BASE + 5, BASE + 6, BASE + 7);
        assertThat(counters.lost).isEqualTo(2);
        assertThat(bench.ask(500)).isEmpty();
        assertThat(bench.flow.nextDeadlineNs()).isEqualTo(Ticks.NEVER);
    }

    @Test
    void requestsAreBoundedPerPassAndTheRestFollows() {
        bench = new FlowBench(FlowBench.settings(2000)).rtt(100);
        bench.media(0, 0, 0);
        bench.media(400, 4001, 400);
        bench.ask(450);
        assertThat(bench.asked.packets()).isBetween(64, 400);
        long first = bench.asked.packets();
        assertThat(bench.asked.first(0)).isEqualTo(1);
        bench.ask(455);
        assertThat(bench.asked.first(0)).isEqualTo(first + 1);
        assertThat(bench.flow.nextDeadlineNs()).isGreaterThan(455 * Ticks.NS_PER_MS);
    }

    @Test
    void narrowWayBackIsNotOverrun() {
        FlowSettings narrow = new FlowSettings(
                1_000_000_000L, 1_000_000_000L, 15_000_000, 5_000_000, 500_000_000, 20, 100_000_000L, 20_000, 1, 16, Hold.SOURCE);
        bench = new FlowBench(narrow).rtt(50);
        long bits = 0;
        long sequence = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            bench.media(ms, sequence += 2, ms);
            bench.due(ms);
            bench.ask(ms);
            if (!bench.asked.isEmpty()) bits += 640 + 32L * bench.asked.ranges();
        }
        assertThat(bits).isBetween(100_000L, 210_000L);
    }

    @Test
    void afterALongOutageOnlyWhatCanStillArriveIsAskedFor() {
        bench = new FlowBench(FlowBench.settings(1000)).rtt(50);
        for (int i = 0; i < 1000; i++) bench.media(i, i, i);
        bench.dueUntil(1000, 3999);
        assertThat(bench.media(4000, 4000, 4000)).isTrue();
        assertThat(bench.flow.counters().restarts).isZero();
        assertThat(bench.flow.counters().missing).isEqualTo(3000);
        bench.ask(4025);
        // Place plus buffer plus 10 ms of grace, less the 43 ms until an answer comes.
        assertThat(bench.asked.first(0)).isBetween(3055L, 3065L);
    }

    @Test
    void fullWindowRefusesInsteadOfOverwriting() {
        bench = new FlowBench(FlowBench.settings(30_000));
        bench.media(0, 0, 0);
        for (int i = 1; i < 3; i++) bench.media(i, i * 30_000L, i);
        assertThat(bench.media(3, 65_536, 3)).isFalse();
        assertThat(bench.flow.counters().droppedFull).isEqualTo(1);
        bench.dueUntil(30_000, 30_005);
        assertThat(bench.delivered).containsExactly(0L, 30_000L, 60_000L);
    }

    @Test
    void anIdleFlowIsSmallAndASlowOneStaysUnderAMebibyte() {
        assertThat(bench.flow.payloadBytes()).isZero();
        bench = new FlowBench(FlowBench.settings(1000));
        for (int i = 0; i < 2_000; i++) {
            bench.media(i * 5, i, i * 5);
            bench.due(i * 5);
        }
        assertThat(bench.flow.payloadBytes()).isLessThan(500_000);
    }

    private void send(long base, int from, int to) {
        for (int i = from; i < to; i++) bench.media(i * 2, base + i, i * 2);
    }

    private static Long[] range(int from, int to) {
        Long[] all = new Long[to - from];
        for (int i = from; i < to; i++) all[i - from] = BASE + i;
        return all;
    }
}
