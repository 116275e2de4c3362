package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;
import static io.ristflow.core.flow.SenderFlow.FIRST_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which requests are served, and for which reason not: aged, suppressed, bandwidth, exhausted, in this order. */
class SenderGatesTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final long RTT = 40 * NS_PER_MS;

    private final List<Long> repeated = new ArrayList<>();
    private SenderFlow flow = flow(settings(1, 20, 100_000_000));

    @Test
    void heldPacketIsRepeatedAsItWasSentAndMarkedAsARepetition() {
        long sequence = send(10);
        flow.onRequested(20, ranges(sequence, 1), A, RTT, p -> {
            assertThat(p.sequence).isEqualTo(sequence);
            assertThat(p.sourceTimeNs).isEqualTo(10);
            assertThat(p.retransmission).isTrue();
            assertThat(p.payloadLength).isEqualTo(1_316);
            repeated.add(p.sequence);
        });
        assertThat(repeated).containsExactly(sequence);
        assertThat(flow.counters().retransmittedBytes).isEqualTo(1_316);
    }

    @Test
    void packetsAreRepeatedInTheOrderOfTheRequest() {
        for (int i = 0; i < 10; i++) send(i);
        MissingRanges ranges = ranges(FIRST_SEQUENCE + 7, 2);
        ranges.addRange(FIRST_SEQUENCE + 1, 3);
        ask(20, ranges, A, RTT);
        assertThat(repeated).containsExactly(FIRST_SEQUENCE + 7, FIRST_SEQUENCE + 8, FIRST_SEQUENCE + 1, FIRST_SEQUENCE + 2, FIRST_SEQUENCE + 3);
    }

    @Test
    void packetOutOfTheHistoryIsAged() {
        long sequence = send(0);
        ask(3 * NS_PER_SECOND, sequence, A, RTT);
        assertThat(repeated).isEmpty();
        assertThat(flow.counters().skippedAged).isEqualTo(1);
    }

    @Test
    void packetThatWasNeverSentIsNotRepeated() {
        flow.push(0, SenderFlowTest.payload(0, 10));
        ask(1, FIRST_SEQUENCE, A, RTT);
        ask(1, FIRST_SEQUENCE + 1, A, RTT);
        ask(1, FIRST_SEQUENCE - 1, A, RTT);
        assertThat(repeated).isEmpty();
        assertThat(flow.counters().skippedAged).isEqualTo(3);
    }

    @Test
    void secondRequestIsSuppressedUntilExactlyOneRoundTripHasPassed() {
        long sequence = send(0);
        ask(1_000, sequence, A, RTT);
        ask(1_000 + RTT - 1, sequence, A, RTT);
        assertThat(flow.counters().skippedSuppressed).isEqualTo(1);
        ask(1_000 + RTT, sequence, A, RTT);
        assertThat(repeated).hasSize(2);
    }

    @Test
    void aggressiveCongestionControlSuppressesForTwoRoundTrips() {
        flow = flow(settings(2, 20, 100_000_000));
        long sequence = send(0);
        ask(0, sequence, A, RTT);
        ask(2 * RTT - 1, sequence, A, RTT);
        assertThat(repeated).hasSize(1);
        ask(2 * RTT, sequence, A, RTT);
        assertThat(repeated).hasSize(2);
    }

    @Test
    void congestionControlOffSuppressesNothing() {
        flow = flow(settings(0, 20, 100_000_000));
        long sequence = send(0);
        for (int i = 0; i < 5; i++) ask(i, sequence, A, RTT);
        assertThat(repeated).hasSize(5);
    }

    @Test
    void suppressionUsesAtLeastThreeMilliseconds() {
        long sequence = send(0);
        ask(0, sequence, A, 50_000);
        ask(3 * NS_PER_MS - 1, sequence, A, 50_000);
        assertThat(repeated).hasSize(1);
        ask(3 * NS_PER_MS, sequence, A, 50_000);
        assertThat(repeated).hasSize(2);
    }

    @Test
    void suppressionUsesTheLeastRoundTripWhereNoneWasMeasured() {
        long sequence = send(0);
        ask(0, sequence, A, 0);
        ask(5 * NS_PER_MS - 1, sequence, A, 0);
        assertThat(repeated).hasSize(1);
        ask(5 * NS_PER_MS, sequence, A, 0);
        assertThat(repeated).hasSize(2);
    }

    @Test
    void anotherRequesterIsNotSuppressed() {
        long sequence = send(0);
        ask(0, sequence, A, RTT);
        ask(1, sequence, B, RTT);
        ask(2, sequence, A, RTT);
        ask(3, sequence, B, RTT);
        assertThat(repeated).hasSize(2);
        assertThat(flow.counters().skippedSuppressed).isEqualTo(2);
    }

    @Test
    void hundredRequestersAreKeptApart() {
        flow = flow(settings(1, 20, 10_000_000_000L));
        long first = send(0);
        for (int i = 0; i < 49; i++) send(0);
        for (int who = 0; who < 100; who++) ask(0, ranges(first, 50), who, RTT);
        assertThat(repeated).hasSize(5_000);
        for (int who = 0; who < 100; who++) ask(1, ranges(first, 50), who, RTT);
        assertThat(repeated).hasSize(5_000);
        assertThat(flow.counters().skippedSuppressed).isEqualTo(5_000);
    }

    @Test
    void packetIsRepeatedAtMostMaxRetriesTimesToARequester() {
        flow = flow(settings(1, 3, 100_000_000));
        long sequence = send(0);
        for (int i = 0; i < 6; i++) ask(i * RTT, sequence, A, RTT);
        assertThat(repeated).hasSize(3);
        assertThat(flow.counters().skippedExhausted).isEqualTo(3);
        ask(6 * RTT, sequence, B, RTT);
        assertThat(repeated).hasSize(4);
    }

    @Test
    void noRetriesMeansNoRepetition() {
        flow = flow(settings(1, 0, 100_000_000));
        ask(1, send(0), A, RTT);
        assertThat(repeated).isEmpty();
        assertThat(flow.counters().skippedExhausted).isEqualTo(1);
    }

    @Test
    void repetitionsStopAtTheMaximumBitrateAndGoOnWhenTheyHaveFaded() {
        flow = flow(settings(1, 20, 10_000_000));
        for (int i = 0; i < 500; i++) send(0);
        long now = NS_PER_SECOND;
        ask(now, ranges(FIRST_SEQUENCE, 400), A, RTT);
        // 500 packets, a second ago, still weigh 1.9 Mb/s; 8.1 Mb/s over the 100 ms of the fast average are 76 packets
        assertThat(repeated).hasSize(77);
        assertThat(flow.counters().skippedBandwidth).isEqualTo(400 - 77);
        repeated.clear();
        ask(now + 300 * NS_PER_MS, ranges(FIRST_SEQUENCE + 100, 20), A, RTT);
        assertThat(repeated).hasSize(20);
    }

    @Test
    void payloadAloneAboveTheMaximumLeavesNoRoomForRepetitions() {
        flow = flow(settings(1, 20, 1_000_000));
        for (int i = 0; i < 1_000; i++) send(i * NS_PER_MS);
        ask(NS_PER_SECOND, FIRST_SEQUENCE + 999, A, RTT);
        assertThat(repeated).isEmpty();
        assertThat(flow.counters().skippedBandwidth).isEqualTo(1);
    }

    @Test
    void suppressedIsToldBeforeBandwidthAndBandwidthBeforeExhausted() {
        // One retry, and a ceiling that the first repetition reaches: every gate but the first is shut at once.
        flow = flow(settings(1, 1, 60_000));
        long sequence = send(0);
        ask(1, sequence, A, RTT);
        assertThat(repeated).hasSize(1);
        ask(2, sequence, A, RTT);
        assertThat(flow.counters().skippedSuppressed).isEqualTo(1);
        ask(1 + RTT, sequence, A, RTT);
        assertThat(flow.counters().skippedBandwidth).isEqualTo(1);
        ask(NS_PER_SECOND, sequence, A, RTT);
        assertThat(flow.counters().skippedExhausted).isEqualTo(1);
        ask(3 * NS_PER_SECOND, sequence, A, RTT);
        assertThat(flow.counters().skippedAged).isEqualTo(1);
    }

    @Test
    void oneCallIsServedForFourThousandPacketsAtMost() {
        for (int i = 0; i < 5_000; i++) send(0);
        MissingRanges ranges = ranges(FIRST_SEQUENCE, 3_000);
        ranges.addRange(FIRST_SEQUENCE + 3_000, 2_000);
        flow.onRequested(2 * NS_PER_SECOND, ranges, A, RTT, p -> repeated.add(p.sequence));
        SenderCounters c = flow.counters();
        assertThat(c.skippedClamped).isEqualTo(904);
        assertThat(c.requested).isEqualTo(5_000);
        assertThat(c.retransmitted + c.skippedAged + c.skippedSuppressed + c.skippedBandwidth + c.skippedExhausted + c.skippedClamped).isEqualTo(c.requested);
    }

    @Test
    void requestForMillionsOfPacketsIsClampedToo() {
        send(0);
        ask(1, ranges(FIRST_SEQUENCE - 60_000, Integer.MAX_VALUE), A, RTT);
        assertThat(flow.counters().skippedAged).isEqualTo(4_096);
    }

    private long send(long nowNs) {
        ByteBuffer payload = SenderFlowTest.payload(0, 1_316);
        long sequence = flow.push(nowNs, payload);
        flow.markSent(nowNs, sequence, nowNs);
        return sequence;
    }

    private void ask(long nowNs, long sequence, int requester, long rttNs) {
        ask(nowNs, ranges(sequence, 1), requester, rttNs);
    }

    private void ask(long nowNs, MissingRanges ranges, int requester, long rttNs) {
        flow.onRequested(nowNs, ranges, requester, rttNs, p -> repeated.add(p.sequence));
    }

    private static MissingRanges ranges(long first, int count) {
        MissingRanges ranges = new MissingRanges();
        ranges.addRange(first, count);
        return ranges;
    }

    private static SenderFlow flow(FlowSettings settings) {
        return new SenderFlow(settings);
    }

    static FlowSettings settings(int congestion, int maxRetries, long maxBitrateBps) {
        FlowSettings d = FlowSettings.DEFAULT;
        return new FlowSettings(
                d.bufferMinNs(), d.bufferMaxNs(), d.reorderNs(), d.rttMinNs(), d.rttMaxNs(), maxRetries, maxBitrateBps, 0, congestion, 16, FlowSettings.Hold.SOURCE);
    }
}
