package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was lost before a flow's first packet: no gap shows it, but librist's flows begin with number 0. */
class HeadOfAFlowTest {
    private static final long CYCLE = 1L << 16;

    private final ReceiverFlow flow = new ReceiverFlow(
            new FlowSettings(200 * NS_PER_MS, 200 * NS_PER_MS, 15 * NS_PER_MS, 5 * NS_PER_MS, 500 * NS_PER_MS, 20, 100_000_000, 0, 1, 16, FlowSettings.Hold.SOURCE));
    private final List<Long> delivered = new ArrayList<>();
    private final List<Long> asked = new ArrayList<>();

    @Test
    void packetsBeforeALowFirstNumberAreAskedForAndDelivered() {
        packet(0, CYCLE + 3, false);
        packet(2, CYCLE + 4, false);
        run(0, 40);
        assertThat(asked).contains(CYCLE, CYCLE + 1, CYCLE + 2).doesNotContain(CYCLE - 1);
        for (int i = 0; i < 3; i++) packet(41, CYCLE + i, true);
        run(41, 300);
        assertThat(delivered).containsExactly(CYCLE, CYCLE + 1, CYCLE + 2, CYCLE + 3, CYCLE + 4);
        assertThat(flow.counters().missing).isEqualTo(3);
        assertThat(flow.counters().recovered).isEqualTo(3);
        assertThat(flow.counters().lost).isZero();
        assertThat(flow.expectedSinceStart()).isEqualTo(5);
    }

    @Test
    void whatNeverComesIsNeitherMissingNorLost() {
        packet(0, CYCLE + 64, false);
        packet(2, CYCLE + 65, false);
        run(0, 300);
        assertThat(asked).hasSizeGreaterThanOrEqualTo(64);
        assertThat(delivered).containsExactly(CYCLE + 64, CYCLE + 65);
        assertThat(flow.counters().missing).isZero();
        assertThat(flow.counters().lost).isZero();
        assertThat(flow.missingNow()).isZero();
        assertThat(flow.expectedSinceStart()).isEqualTo(2);
    }

    /** One that comes shows that those behind it were sent. */
    @Test
    void whatLiesBetweenAPacketThatCameAndTheFirstIsMissing() {
        packet(0, CYCLE + 5, false);
        run(0, 40);
        packet(41, CYCLE + 3, true);
        assertThat(flow.missingNow()).isEqualTo(1);
        run(41, 300);
        assertThat(delivered).containsExactly(CYCLE + 3, CYCLE + 5);
        assertThat(flow.counters().missing).isEqualTo(2);
        assertThat(flow.counters().lost).isEqualTo(1);
        assertThat(flow.missingNow()).isZero();
    }

    @Test
    void firstTransmissionsThatComeInAnotherOrderTakeTheirPlace() {
        packet(0, CYCLE + 2, false);
        packet(1, CYCLE, false);
        packet(1, CYCLE + 1, false);
        run(1, 300);
        assertThat(asked).isEmpty();
        assertThat(delivered).containsExactly(CYCLE, CYCLE + 1, CYCLE + 2);
        assertThat(flow.counters().reordered).isEqualTo(2);
        assertThat(flow.counters().lost).isZero();
    }

    @Test
    void flowThatBeginsAtAnyOtherNumberAsksForNothingBeforeIt() {
        packet(0, CYCLE + 65, false);
        run(0, 100);
        assertThat(asked).isEmpty();
    }

    private void packet(long ms, long sequence, boolean retransmission) {
        MediaPacket p = new MediaPacket();
        p.sequence = sequence;
        p.sourceTimeNs = (1_000 + 2 * (sequence - CYCLE)) * NS_PER_MS;
        p.retransmission = retransmission;
        p.payload = ByteBuffer.allocate(188);
        p.payloadLength = 188;
        flow.onMedia(ms * NS_PER_MS, p);
    }

    private void run(long fromMs, long toMs) {
        MissingRanges out = new MissingRanges();
        for (long ms = fromMs; ms < toMs; ms++) {
            flow.deliverDue(ms * NS_PER_MS, (sequence, sourceNs, payload) -> delivered.add(sequence));
            out.clear();
            flow.collectMissing(ms * NS_PER_MS, out);
            for (int r = 0; r < out.ranges(); r++) for (int i = 0; i < out.count(r); i++) asked.add(out.first(r) + i);
        }
    }
}
