package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReceiverAllocationTest {
    private static final int PACKETS = 200_000;

    private final ReceiverFlow flow = new ReceiverFlow(FlowBench.settings(200));
    private final MissingRanges asked = new MissingRanges();
    private final MediaPacket packet = new MediaPacket();
    private long bytes;
    private long sequence;
    private long nowNs;
    private final PayloadSink sink = (sequence, sourceTimeNs, payload) -> this.bytes += payload.remaining();

    @Test
    void nothingIsAllocatedPerPacketInSteadyState() {
        packet.payload = ByteBuffer.allocateDirect(1316);
        packet.payloadLength = 1316;
        pass(PACKETS);
        pass(PACKETS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        threads.getThreadAllocatedBytes(self);
        long before = threads.getThreadAllocatedBytes(self);
        long began = System.nanoTime();
        pass(PACKETS);
        long took = System.nanoTime() - began;
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        System.out.println("receiver flow: " + took / PACKETS + " ns a packet, " + allocated + " bytes allocated over " + PACKETS);
        assertThat(allocated).isZero();
        assertThat(flow.counters().recovered).isGreaterThan(PACKETS / 50);
        assertThat(flow.counters().lost).isZero();
        assertThat(bytes).isGreaterThan(PACKETS * 1316L * 2);
    }

    /** 10,000 packets a second on ticks of 1 ms; every twentieth is lost and comes 60 ms later, on request. */
    private void pass(int packets) {
        for (int i = 0; i < packets; i++) {
            sequence++;
            if (sequence % 20 != 7) put(sequence, false);
            if (sequence % 20 == 7 && sequence > 600) put(sequence - 600, true);
            if (sequence % 10 == 0) {
                nowNs += NS_PER_MS;
                if (sequence % 1000 == 0) flow.onRtt(nowNs, 50 * NS_PER_MS);
                flow.deliverDue(nowNs, sink);
                asked.clear();
                flow.collectMissing(nowNs, asked);
                if (flow.nextDeadlineNs() < 0) throw new AssertionError();
            }
        }
    }

    private void put(long number, boolean again) {
        packet.sequence = number;
        packet.sourceTimeNs = number * NS_PER_MS / 10;
        packet.retransmission = again;
        flow.onMedia(nowNs, packet);
    }
}
