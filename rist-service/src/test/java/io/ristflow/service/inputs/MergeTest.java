package io.ristflow.service.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ways of one stream of numbered payloads, a packet a millisecond, each way with its own delay, losses and numbers. */
class MergeTest {
    private static final long MS = 1_000_000;
    private static final int A = 0, B = 1;

    private record Arrival(long atNs, int input, long number, int content) {}

    private final Merge merge = new Merge(500 * MS, 1_000 * MS);
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Integer> out = new ArrayList<>();
    private final List<Long> outAtNs = new ArrayList<>();
    private final ByteBuffer payload = ByteBuffer.allocate(100);
    private long nowNs;

    /** Packets from {@code first} to before {@code end} on one input, with numbers {@code offset} above their content. */
    private void send(int input, int first, int end, double delayMs, long offset, IntPredicate lost) {
        for (int i = first; i < end; i++) if (!lost.test(i)) arrivals.add(new Arrival(i * MS + (long) (delayMs * MS), input, i + offset, i));
    }

    private void run() {
        arrivals.sort(Comparator.comparingLong(Arrival::atNs).thenComparing(Arrival::input));
        merge.start(nowNs);
        for (Arrival a : arrivals) {
            for (; nowNs + 4 * MS < a.atNs; nowNs += 4 * MS) merge.onTick(nowNs, this::joined);
            nowNs = a.atNs;
            merge.onPayload(nowNs, a.input, a.number, nowNs, filled(a.content), this::joined);
        }
        for (long end = nowNs + 2_000 * MS; nowNs < end; nowNs += 4 * MS) merge.onTick(nowNs, this::joined);
        arrivals.clear();
    }

    private ByteBuffer filled(int content) {
        return payload.clear().putInt(0, content);
    }

    private void joined(long nowNs, long sourceTimeNs, ByteBuffer payload) {
        out.add(payload.getInt(payload.position()));
        outAtNs.add(nowNs);
        if (outAtNs.size() > 1) assertThat(nowNs).isGreaterThanOrEqualTo(outAtNs.get(outAtNs.size() - 2));
    }

    private static IntPredicate none() {
        return i -> false;
    }

    private static IntPredicate share(long seed, double share) {
        Random random = new Random(seed);
        boolean[] lost = new boolean[20_000];
        for (int i = 0; i < lost.length; i++) lost[i] = random.nextDouble() < share;
        return i -> lost[i];
    }

    private void assertInOrderAndOnce() {
        for (int i = 1; i < out.size(); i++) assertThat(out.get(i)).as("after %d", out.get(i - 1)).isGreaterThan(out.get(i - 1));
    }

    /** All that came on either input from here on. */
    private void assertUnion(int first, int end, IntPredicate lostOnA, IntPredicate lostOnB) {
        List<Integer> expected = new ArrayList<>();
        for (int i = first; i < end; i++) if (!lostOnA.test(i) || !lostOnB.test(i)) expected.add(i);
        assertThat(out.stream().filter(i -> i >= first && i < end).toList()).isEqualTo(expected);
        assertInOrderAndOnce();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -70_000, 5_000_000_000L})
    void lossesOfEitherInputAreFilledFromTheOther(long numbersApart) {
        IntPredicate a = share(1, 0.1), b = share(2, 0.1);
        send(A, 0, 10_000, 5, 0, a);
        send(B, 0, 10_000, 35, numbersApart, b);
        run();
        assertUnion(100, 10_000, a, b);
        assertThat(merge.stats().aligned()).isTrue();
        assertThat(merge.stats().skewNs()).isBetween(29 * MS, 31 * MS);
    }

    @Test
    void inputThatIsAheadFillsTheOnesBehind() {
        IntPredicate a = share(3, 0.3), b = share(4, 0.3);
        send(A, 0, 10_000, 200, 0, a);
        send(B, 0, 10_000, 5, 1 << 20, b);
        run();
        assertUnion(1_000, 10_000, a, b);
        assertThat(merge.stats().skewNs()).isBetween(-196 * MS, -194 * MS);
    }

    @Test
    void manySeedsWithLossAndJitterOnBothGiveTheUnionInOrder() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            MergeTest test = new MergeTest();
            IntPredicate a = share(seed * 2L, random.nextDouble() * 0.4), b = share(seed * 2L + 1, random.nextDouble() * 0.4);
            long apart = random.nextInt();
            double delayA = random.nextDouble() * 100, delayB = random.nextDouble() * 100, jitter = random.nextDouble() * 0.9;
            for (int i = 0; i < 6_000; i++) {
                if (!a.test(i)) test.arrivals.add(new Arrival(i * MS + (long) ((delayA + random.nextDouble() * jitter) * MS), A, i, i));
                if (!b.test(i)) test.arrivals.add(new Arrival(i * MS + (long) ((delayB + random.nextDouble() * jitter) * MS), B, i + apart, i));
            }
            test.run();
            test.assertUnion(600, 6_000, a, b);
        }
    }

    @Test
    void nothingIsDelayedByMoreThanTheSkewAndAMargin() {
        send(A, 0, 5_000, 5, 0, none());
        send(B, 0, 5_000, 35, 0, none());
        run();
        for (int i = 1_000; i < 5_000; i++) assertThat(outAtNs.get(i) - (i * MS + 5 * MS)).as("%d", i).isBetween(0L, 30 * MS + Skew.MARGIN_NS + 4 * MS);
    }

    @Test
    void streamGoesOnEvenlyWhenTheInputThatIsAheadDies() {
        send(A, 0, 3_000, 5, 0, none());
        send(B, 0, 8_000, 45, 77, none());
        run();
        assertUnion(0, 8_000, i -> i >= 3_000, none());
        for (int i = 1_000; i < 8_000; i++) assertThat(outAtNs.get(i) - outAtNs.get(i - 1)).as("%d", i).isLessThanOrEqualTo(2 * Skew.MARGIN_NS + 4 * MS);
        assertThat(merge.active(8_000 * MS, A)).isFalse();
        assertThat(merge.active(8_000 * MS, B)).isTrue();
    }

    @Test
    void inputThatComesBackUnderOtherNumbersIsTakenInAgain() {
        IntPredicate b = i -> i >= 5_000 && i % 3 == 0;
        send(A, 0, 2_000, 5, 0, none());
        send(A, 4_000, 8_000, 5, 12_345, none());
        send(B, 0, 8_000, 15, 0, b);
        run();
        assertUnion(0, 8_000, i -> i >= 2_000 && i < 4_100, b);
        assertThat(merge.stats().aligned()).isTrue();
    }

    @Test
    void numbersThatShiftByOneAreFoundOutAndNothingWrongGetsIn() {
        // B's sender missed a packet before it numbered them: from then on its numbers are one less than before.
        send(A, 0, 8_000, 5, 0, none());
        send(B, 0, 4_000, 15, 0, none());
        send(B, 4_001, 8_000, 15, -1, none());
        run();
        assertUnion(0, 8_000, none(), none());
        assertThat(merge.stats().aligned()).isTrue();
        assertThat(merge.stats().second().unused()).isBetween(1L, 20L);
    }

    @Test
    void inputsThatCarryDifferentThingsAreNeverMixed() {
        send(A, 0, 4_000, 5, 0, none());
        for (int i = 0; i < 4_000; i++) arrivals.add(new Arrival(i * MS, B, i, 1_000_000 + i));
        run();
        boolean first = out.getFirst() < 1_000_000;
        assertThat(out).allSatisfy(content -> assertThat(content < 1_000_000).isEqualTo(first)).hasSize(4_000);
        assertThat(merge.stats().aligned()).isFalse();
        assertThat(merge.active(4_000 * MS, A)).isEqualTo(first);
    }

    @Test
    void otherInputIsTheStreamWhenTheFirstFallsSilentThoughTheyAreNotAlike() {
        send(A, 0, 2_000, 5, 0, none());
        for (int i = 0; i < 4_000; i++) arrivals.add(new Arrival(i * MS + 6 * MS, B, i, 1_000_000 + i));
        run();
        assertThat(out.subList(0, 2_000)).allMatch(content -> content < 1_000_000);
        assertThat(out.subList(2_000, out.size())).allMatch(content -> content >= 1_000_000).hasSizeBetween(1_490, 1_510);
        assertThat(merge.switches()).isEqualTo(1);
    }

    @Test
    void whatTheNetworkReorderedOnAnInputThatIsAloneIsPassedOn() {
        for (int i = 0; i < 1_000; i += 2) {
            arrivals.add(new Arrival(i * MS, A, i + 1, i + 1));
            arrivals.add(new Arrival((i + 1) * MS, A, i, i));
        }
        run();
        assertThat(out).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void packetThatNeitherHasIsGivenUpAfterTheSkewAndCounted() {
        IntPredicate both = i -> i >= 2_000 && i < 2_010;
        send(A, 0, 4_000, 5, 0, both);
        send(B, 0, 4_000, 25, 0, both);
        run();
        assertUnion(0, 4_000, both, both);
        assertThat(merge.stats().lost()).isEqualTo(10);
        assertThat(merge.stats().first().missing()).isEqualTo(10);
        assertThat(merge.stats().first().used() + merge.stats().second().used()).isEqualTo(3_990);
    }

    @Test
    void payloadsThatAreAllAlikeAreCountedByTheirNumbers() {
        // Every second payload is the same one.
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            int content = i % 2 == 0 ? -1 : i;
            if (i % 5 != 0) arrivals.add(new Arrival(i * MS, A, i, content));
            if (i % 7 != 0) arrivals.add(new Arrival(i * MS + 20 * MS, B, i + 9, content));
            if (i >= 200 && i % 35 != 0) expected.add(content);
        }
        run();
        assertThat(out.subList(out.size() - expected.size(), out.size())).isEqualTo(expected);
    }

    @Test
    void lagThatGrowsIsFollowedAndOneBeyondTheWindowIsLetGo() {
        IntPredicate a = i -> i % 4 == 0;
        send(A, 0, 3_000, 5, 0, none());
        send(B, 0, 3_000, 15, 0, none());
        send(A, 3_000, 9_000, 5, 0, i -> i >= 4_000 && a.test(i));
        send(B, 3_000, 9_000, 315, 0, none());
        run();
        assertUnion(4_100, 9_000, none(), none());
        int before = out.size();
        send(A, 10_000, 14_000, 5, 0, none());
        send(B, 10_000, 12_000, 1_505, 0, none());
        run();
        assertThat(out.size() - before).isEqualTo(4_000);
        assertInOrderAndOnce();
    }

    @Test
    void nothingIsAllocatedOnceTheRingHasGrown() {
        send(A, 0, 2_000, 5, 0, none());
        send(B, 0, 2_000, 105, 0, none());
        run();
        long[] count = {0};
        InputJoin.Sink sink = (now, source, payload) -> count[0]++;
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 3_000; i < 23_000; i++) {
            if (i == 4_000) before = threads.getCurrentThreadAllocatedBytes();
            merge.onPayload(i * MS, A, i, 0, filled(i), sink);
            if (i >= 3_100) merge.onPayload(i * MS, B, i - 100, 0, filled(i - 100), sink);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
        assertThat(count[0]).isGreaterThan(19_000);
    }
}
