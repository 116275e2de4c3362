package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.flow.FlowSettings.Hold;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever arrives in whatever order: in order, nothing twice, nothing past its deadline, every packet accounted for. */
class ReceiverFuzzTest {
    private static final int SEEDS = 300;
    private static final long PATH_NS = 20 * NS_PER_MS;
    private static final long JITTER_NS = 40 * NS_PER_MS;

    @Test
    void aBadPathBreaksNoInvariant() {
        for (int seed = 0; seed < SEEDS; seed++) new World(seed, false).run();
    }

    @Test
    void aHostileSourceBreaksNoInvariantButTiming() {
        for (int seed = 0; seed < SEEDS; seed++) new World(seed, true).run();
    }

    private static final class World implements PayloadSink {
        final int seed;
        final boolean hostile;
        final Random random;
        final FlowSettings settings;
        final ReceiverFlow flow;
        final MediaPacket packet = new MediaPacket();
        final MissingRanges asked = new MissingRanges();
        final Set<Long> payloadsOut = new HashSet<>();
        final Map<Long, Long> sentNs = new HashMap<>();
        final PriorityQueue<long[]> travelling = new PriorityQueue<>(Comparator.comparingLong((long[] packet) -> packet[0]));
        long nowNs;
        long sourceOffsetNs;
        long outageUntilNs;
        long last = Long.MIN_VALUE;
        long payloadId;
        boolean draining;

        World(int seed, boolean hostile) {
            this.seed = seed;
            this.hostile = hostile;
            random = new Random(seed * 2L + (hostile ? 1 : 0));
            long minMs = 50 + random.nextInt(300);
            long maxMs = hostile && random.nextInt(3) == 0 ? minMs + 200 : minMs;
            Hold hold = hostile ? Hold.values()[random.nextInt(3)] : Hold.SOURCE;
            settings = FlowBench.settings(minMs, maxMs, random.nextInt(21), hold);
            flow = new ReceiverFlow(settings);
            packet.payload = ByteBuffer.allocate(2000);
        }

        void run() {
            try {
                play();
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed + (hostile ? " (hostile)" : ""), failure);
            }
        }

        private void play() {
            long base = random.nextBoolean() ? 3 : 1L << 40;
            sourceOffsetNs = random.nextLong() >> 20;
            long newest = base;
            for (int step = 0; step < 1_500; step++) {
                nowNs += random.nextInt(2_000_000);
                switch (random.nextInt(12)) {
                    case 0 -> flow.onRtt(nowNs, random.nextInt(80_000_000));
                    case 1 -> request();
                    case 2 -> {
                        // What was sent, and nothing else, can be repeated
                        if (newest > base) travel(newest - Math.min(newest - base - 1, random.nextInt(400)), true);
                    }
                    case 3 -> hostility(newest);
                    default -> {
                        sentNs.put(++newest, nowNs);
                        if (random.nextInt(150) == 0) outageUntilNs = nowNs + random.nextInt(200_000_000);
                        if (random.nextInt(8) > 0 && nowNs > outageUntilNs) travel(newest, false);
                        if (random.nextInt(20) == 0) travel(newest, false);
                    }
                }
                while (!travelling.isEmpty() && travelling.peek()[0] <= nowNs) {
                    long[] packet = travelling.poll();
                    arrive(packet[1], sentNs.getOrDefault(packet[1], packet[0]) + sourceOffsetNs, packet[2] == 1);
                }
                flow.deliverDue(nowNs, this);
            }
            draining = true;
            flow.drain(this);
            account();
        }

        private void travel(long sequence, boolean retransmission) {
            travelling.add(new long[] {nowNs + PATH_NS + random.nextInt((int) JITTER_NS), sequence, retransmission ? 1 : 0});
        }

        private void arrive(long sequence, long sourceNs, boolean retransmission) {
            packet.sequence = sequence;
            packet.sourceTimeNs = sourceNs;
            packet.retransmission = retransmission;
            packet.payloadOffset = random.nextInt(20);
            packet.payloadLength = 8 + random.nextInt(1900);
            packet.payload.putLong(packet.payloadOffset, ++payloadId);
            flow.onMedia(nowNs, packet);
        }

        private void hostility(long newest) {
            if (!hostile) return;
            long wild = switch (random.nextInt(5)) {
                case 0 -> newest + random.nextInt(40_000);
                case 1 -> newest - random.nextInt(70_000);
                case 2 -> newest + 100_000L + random.nextInt(1 << 30);
                case 3 -> Math.max(0, newest - random.nextInt(1 << 30));
                default -> newest + 1;
            };
            if (random.nextInt(20) == 0) flow.onSenderReport(nowNs, random.nextLong() >> 8, random.nextLong() >> 8, random.nextLong() >> 8);
            if (random.nextInt(20) == 0) flow.onSenderBufferMax(random.nextInt(2_000_000_000));
            if (random.nextInt(40) == 0) arrive(wild, random.nextLong() >> 10, random.nextBoolean());
        }

        private void request() {
            boolean early = nowNs < flow.nextDeadlineNs();
            asked.clear();
            flow.collectMissing(nowNs, asked);
            if (early) assertThat(asked.isEmpty()).as("asked before the deadline that was told").isTrue();
            long previous = Long.MIN_VALUE;
            for (int i = 0; i < asked.ranges(); i++) {
                assertThat(asked.first(i)).isGreaterThan(previous);
                previous = asked.first(i) + asked.count(i) - 1;
                assertThat(previous).isLessThan(flow.highestSequence());
            }
        }

        @Override
        public void deliver(long sequence, long sourceTimeNs, ByteBuffer payload) {
            assertThat(sequence).as("in order").isGreaterThan(last);
            last = sequence;
            assertThat(payloadsOut.add(payload.getLong(payload.position()))).as("nothing twice").isTrue();
            if (hostile) return;
            long heldNs = nowNs - sentNs.get(sequence);
            assertThat(sourceTimeNs).isEqualTo(sentNs.get(sequence) + sourceOffsetNs);
            // Grace for what is repeated: a tenth of the buffer, 10 ms at most; this world's clock ticks every 2 ms.
            assertThat(heldNs).as("nothing past its deadline").isLessThanOrEqualTo(PATH_NS + JITTER_NS + flow.bufferNs() + 12 * NS_PER_MS);
            if (!draining) assertThat(heldNs).as("nothing much before its time").isGreaterThan(PATH_NS + flow.bufferNs() - NS_PER_MS);
        }

        private void account() {
            ReceiverCounters c = flow.counters();
            assertThat(flow.heldPackets()).isZero();
            assertThat(flow.missingNow()).isZero();
            assertThat(c.delivered).isEqualTo(c.received).isEqualTo(payloadsOut.size());
            assertThat(c.delivered + c.lost).isEqualTo(flow.expectedSinceStart());
            assertThat(c.received + c.duplicates + c.droppedLate + c.droppedFull).isEqualTo(payloadId);
            if (c.restarts == 0) assertThat(c.missing).isEqualTo(c.reordered + c.recovered + c.lost);
            long upToThree = c.recoveredOneRetry + c.recoveredTwoNacks + c.recoveredThreeNacks;
            assertThat(c.recovered).isEqualTo(upToThree + c.recoveredFourNacks + c.recoveredMoreNacks);
        }
    }
}
