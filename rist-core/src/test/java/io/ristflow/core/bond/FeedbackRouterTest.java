package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which path requests go out on. Path 0 is leg 0's and so on, unless said otherwise. */
class FeedbackRouterTest {
    private static final long RTT = 40 * NS_PER_MS;
    private final FeedbackRouter router = new FeedbackRouter();
    private final int[] priority = new int[2];
    private final long[] rttNs = {RTT, RTT};
    private final long[] heardNs = {0, 0};
    private final int[] leg = {0, 1};

    @Test
    void highestRecoveryPriorityWinsOverAShorterRoundTrip() {
        priority[1] = 1;
        rttNs[1] = 5 * RTT;
        assertThat(choose(0)).isEqualTo(1);
    }

    @Test
    void ofEqualPrioritiesTheShorterLastRoundTripWinsAndUnknownIsLast() {
        rttNs[1] = RTT - 1;
        assertThat(choose(0)).isEqualTo(1);
        rttNs[1] = 0;
        assertThat(choose(0)).isZero();
    }

    @Test
    void whereNothingIsOfferedThereIsNoPath() {
        router.begin(0);
        assertThat(router.choose()).isEqualTo(FeedbackRouter.NONE);
    }

    @Test
    void silentLegIsNotAskedWhateverItsPriority() {
        priority[0] = 9;
        heardNs[1] = 300 * NS_PER_MS;
        assertThat(choose(heardNs[1])).isZero();
        heardNs[1]++;
        assertThat(choose(heardNs[1])).isEqualTo(1);
    }

    @Test
    void ofOneLegThePathHeardMuchLaterIsWhereThePeerIsNow() {
        leg[1] = 0;
        heardNs[1] = 61 * NS_PER_MS;
        assertThat(choose(heardNs[1])).isEqualTo(1);
    }

    @Test
    void threeCyclesWithoutAnAnswerAndAnotherPathIsAsked() {
        priority[0] = 1;
        long patience = 3 * RTT * 11 / 10;
        ask(0);
        ask(patience);
        assertThat(choose(patience + 1)).isZero();
        ask(patience + 1);
        assertThat(choose(patience + 2)).isEqualTo(1);
    }

    @Test
    void restedPathIsTriedAgainAndRestsTwiceAsLongIfItStillDoesNotAnswer() {
        priority[0] = 1;
        long backNs = exhaust(0);
        assertThat(choose(backNs - 1)).isEqualTo(1);
        assertThat(choose(backNs)).isZero();
        long againNs = exhaust(backNs);
        assertThat(againNs - backNs - 133 * NS_PER_MS).as("twice 200 ms").isGreaterThanOrEqualTo(400 * NS_PER_MS - NS_PER_MS);
    }

    @Test
    void whereNoPathAnswersTheyTakeTurns() {
        long now = 0;
        int turns = 0;
        int last = choose(0);
        for (; now < 5_000 * NS_PER_MS; now += 10 * NS_PER_MS) {
            heardNs[0] = now;
            heardNs[1] = now;
            int path = ask(now);
            if (path != last) turns++;
            last = path;
        }
        assertThat(turns).isGreaterThan(5);
    }

    @Test
    void answeringPathIsStayedWith() {
        priority[0] = 1;
        for (long now = 0; now < 5_000 * NS_PER_MS; now += 10 * NS_PER_MS) {
            heardNs[0] = now;
            heardNs[1] = now;
            assertThat(ask(now)).isZero();
            // Also where the answers take the other leg
            if (now % (100 * NS_PER_MS) == 0) router.onAnswer(1);
        }
    }

    @Test
    void newAddressUnderAnOldNumberBeginsAfresh() {
        priority[0] = 1;
        exhaust(0);
        router.forget(0);
        assertThat(choose(200 * NS_PER_MS)).isZero();
    }

    /** Asks path 0 until it rests. @return when it is back */
    private long exhaust(long from) {
        long now = from;
        while (ask(now) == 0) now += NS_PER_MS;
        while (choose(now) != 0) now += NS_PER_MS / 10;
        return now;
    }

    private int ask(long now) {
        int path = choose(now);
        router.onAsked(now, path, rttNs[path]);
        return path;
    }

    private int choose(long now) {
        router.begin(now);
        for (int i = 0; i < 2; i++) router.offer(i, leg[i], priority[i], rttNs[i], heardNs[i]);
        return router.choose();
    }
}
