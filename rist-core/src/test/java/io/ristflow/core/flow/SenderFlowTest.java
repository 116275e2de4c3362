package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;
import static io.ristflow.core.flow.SenderFlow.FIRST_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Numbering, holding, ageing and growth of the sender's history. */
class SenderFlowTest {
    private static final long KEEP_NS = 1_100 * NS_PER_MS + 2 * 500 * NS_PER_MS;

    /** A ceiling high enough that the numbers and not the memory bound the history. */
    private final SenderFlow flow = new SenderFlow(SenderGatesTest.settings(1, 20, 1_000_000_000));
    private final MediaPacket packet = new MediaPacket();

    @Test
    void sequenceStartsOneCycleUpSoThatItsLowBitsAreZero() {
        assertThat(flow.push(0, payload(1, 100))).isEqualTo(1 << 16);
        assertThat(flow.push(0, payload(2, 100))).isEqualTo((1 << 16) + 1);
    }

    @Test
    void pushedPacketWaitsUnsentAndKeepsItsBytes() {
        long sequence = flow.push(5, payload(7, 1_316));
        assertThat(flow.firstUnsent()).isEqualTo(sequence);
        assertThat(flow.load(sequence, packet)).isTrue();
        assertThat(packet.sequence).isEqualTo(sequence);
        assertThat(packet.payloadLength).isEqualTo(1_316);
        assertThat(packet.payload.get(packet.payloadOffset)).isEqualTo((byte) 7);
        assertThat(packet.payload.get(packet.payloadOffset + 1_315)).isEqualTo((byte) 7);
        assertThat(packet.retransmission).isFalse();
    }

    @Test
    void pushReadsFromPositionToLimitAndLeavesThem() {
        ByteBuffer buffer = ByteBuffer.allocate(50);
        for (int i = 0; i < 50; i++) buffer.put(i, (byte) i);
        buffer.position(10).limit(20);
        flow.load(flow.push(0, buffer), packet);
        assertThat(packet.payloadLength).isEqualTo(10);
        assertThat(packet.payload.get(packet.payloadOffset)).isEqualTo((byte) 10);
        assertThat(buffer.position()).isEqualTo(10);
        assertThat(buffer.limit()).isEqualTo(20);
    }

    @Test
    void largePayloadIsHeldToo() {
        long sequence = flow.push(0, payload(3, 9_972));
        assertThat(flow.load(sequence, packet)).isTrue();
        assertThat(packet.payloadLength).isEqualTo(9_972);
        assertThat(flow.historyBytes()).isEqualTo(9_972);
    }

    @Test
    void sourceTimeNeverGoesBack() {
        long first = send(0, 100);
        long second = flow.push(1, payload(0, 10));
        flow.markSent(1, second, 40);
        flow.load(first, packet);
        assertThat(packet.sourceTimeNs).isEqualTo(100);
        flow.load(second, packet);
        assertThat(packet.sourceTimeNs).isEqualTo(100);
    }

    @Test
    void markingOneAsSentGivesUpWhatWaitsBeforeIt() {
        long skipped = flow.push(0, payload(0, 10));
        long sent = flow.push(0, payload(0, 10));
        flow.markSent(0, sent, 0);
        assertThat(flow.load(skipped, packet)).isFalse();
        assertThat(flow.load(sent, packet)).isTrue();
        assertThat(flow.firstUnsent()).isEqualTo(flow.nextSequence());
        assertThat(flow.counters().givenUpUnsent).isEqualTo(1);
    }

    @Test
    void onlyOldUnsentPacketsAreGivenUp() {
        for (int i = 0; i < 10; i++) flow.push(i * NS_PER_MS, payload(i, 10));
        assertThat(flow.giveUpUnsent(4 * NS_PER_MS)).isEqualTo(4);
        assertThat(flow.firstUnsent()).isEqualTo(FIRST_SEQUENCE + 4);
        assertThat(flow.historyPackets()).isEqualTo(6);
        assertThat(flow.giveUpUnsent(4 * NS_PER_MS)).isZero();
    }

    @Test
    void sentPacketIsNeverGivenUpAsUnsent() {
        send(0, 0);
        assertThat(flow.giveUpUnsent(NEVER)).isZero();
        assertThat(flow.historyPackets()).isEqualTo(1);
    }

    @Test
    void packetIsKeptForTheBufferATenthMoreAndTwoRoundTrips() {
        long sequence = send(0, 0);
        flow.onTick(KEEP_NS);
        assertThat(flow.load(sequence, packet)).isTrue();
        flow.onTick(KEEP_NS + 100 * NS_PER_MS);
        assertThat(flow.load(sequence, packet)).isFalse();
        assertThat(flow.historyPackets()).isZero();
        assertThat(flow.historyBytes()).isZero();
        assertThat(flow.counters().forgottenEarly).isZero();
    }

    @Test
    void ageCountsFromTheFirstTransmissionAndNotFromThePush() {
        long sequence = flow.push(0, payload(0, 10));
        flow.markSent(NS_PER_SECOND, sequence, NS_PER_SECOND);
        flow.onTick(KEEP_NS + NS_PER_SECOND / 2);
        assertThat(flow.load(sequence, packet)).isTrue();
        assertThat(flow.historyNs(2 * NS_PER_SECOND)).isEqualTo(NS_PER_SECOND);
    }

    @Test
    void deadlineIsWhenTheOldestAgesAndAtMostEveryTenthOfASecond() {
        assertThat(flow.nextDeadlineNs()).isEqualTo(NEVER);
        send(0, 0);
        send(1, 1);
        assertThat(flow.nextDeadlineNs()).isEqualTo(KEEP_NS + 1);
        flow.onTick(KEEP_NS + 1);
        assertThat(flow.historyPackets()).isEqualTo(1);
        assertThat(flow.nextDeadlineNs()).isEqualTo(KEEP_NS + 1 + 100 * NS_PER_MS);
    }

    @Test
    void waitingPacketHasADeadlineAtTheEndOfTheBuffer() {
        flow.push(7, payload(0, 10));
        assertThat(flow.nextDeadlineNs()).isEqualTo(7 + 1_000 * NS_PER_MS + 1);
    }

    @Test
    void ringGrowsAndKeepsEveryPacketWhereItWas() {
        for (int i = 0; i < 20_000; i++) flow.markSent(i, flow.push(i, payload(i, 8)), i);
        assertThat(flow.historyPackets()).isEqualTo(20_000);
        for (int i = 0; i < 20_000; i++) {
            assertThat(flow.load(FIRST_SEQUENCE + i, packet)).isTrue();
            assertThat(packet.payload.get(packet.payloadOffset)).isEqualTo((byte) i);
            assertThat(packet.sourceTimeNs).isEqualTo(i);
        }
    }

    @Test
    void historyIsHalfOfTheSixteenBitNumbersAtMost() {
        for (int i = 0; i < 100_000; i++) flow.markSent(0, flow.push(0, payload(i, 8)), 0);
        assertThat(flow.historyPackets()).isEqualTo(32_768);
        assertThat(flow.load(FIRST_SEQUENCE + 100_000 - 32_768, packet)).isTrue();
        assertThat(flow.load(FIRST_SEQUENCE + 100_000 - 32_769, packet)).isFalse();
        assertThat(flow.counters().forgottenEarly).isEqualTo(100_000 - 32_768);
    }

    @Test
    void memoryIsWhatTheMaximumBitrateSendsInTheTimeItIsKept() {
        SenderFlow slow = new SenderFlow(SenderGatesTest.settings(1, 20, 10_000_000));
        for (int i = 0; i < 10_000; i++) slow.markSent(0, slow.push(0, payload(i, 1_316)), 0);
        // 10 Mb/s for 2.1 s are 2.6 MB, and a quarter more for what cells leave empty
        assertThat(slow.historyBytes()).isBetween(2_600_000L, 3_300_000L);
        assertThat(slow.load(slow.nextSequence() - 1, packet)).isTrue();
    }

    @Test
    void unsentPacketsDisplacedForWantOfRoomAreReported() {
        for (int i = 0; i < 32_768 + 5; i++) flow.push(0, payload(i, 8));
        assertThat(flow.firstUnsent()).isEqualTo(FIRST_SEQUENCE + 5);
        assertThat(flow.giveUpUnsent(0)).isEqualTo(5);
        assertThat(flow.giveUpUnsent(0)).isZero();
    }

    @Test
    void payloadLongerThanAnyCellIsNumberedAndNotHeld() {
        long sequence = flow.push(0, payload(0, 20_000));
        assertThat(flow.load(sequence, packet)).isFalse();
        long next = flow.push(0, payload(1, 20));
        assertThat(next).isEqualTo(sequence + 1);
        assertThat(flow.load(next, packet)).isTrue();
    }

    @Test
    void numbersRunOverTheWrapOfSixteenAndSeventeenBits() {
        long now = 0;
        for (int i = 0; i < 200_000; i++) {
            now += NS_PER_MS;
            long sequence = flow.push(now, payload(i, 8));
            assertThat(sequence).isEqualTo(FIRST_SEQUENCE + i);
            flow.markSent(now, sequence, now);
            if (i % 100 == 0) flow.onTick(now);
        }
        assertThat(flow.historyPackets()).isBetween(2_100L, 2_201L);
        assertThat(flow.load(FIRST_SEQUENCE + 199_999, packet)).isTrue();
        assertThat(packet.payload.get(packet.payloadOffset)).isEqualTo((byte) 199_999);
    }

    private long send(long nowNs, long sourceNs) {
        long sequence = flow.push(nowNs, payload(0, 10));
        flow.markSent(nowNs, sequence, sourceNs);
        return sequence;
    }

    static ByteBuffer payload(int fill, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        java.util.Arrays.fill(buffer.array(), (byte) fill);
        return buffer;
    }
}
