package io.ristflow.core.bench;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.ReceiverFlow;
import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The recovery buffer, full: packets go in (the payload is copied) and those of a buffer's length before come out, a tick of a millisecond with ten packets at a time, which is 105 Mb/s. Once as they come from one
 * path, once each twice, as two legs of SMPTE 2022-7 bring it: the second is found to be there already.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReceiverBench {
    private static final int PER_TICK = 10, TICKS = 100, BUFFER_MS = 1_000;

    @Param({"1", "2"})
    public int legs;

    private final FlowSettings settings = new FlowSettings(BUFFER_MS * NS_PER_MS, BUFFER_MS * NS_PER_MS, 15 * NS_PER_MS, 5 * NS_PER_MS, 500 * NS_PER_MS, 20, 1_000_000_000L, 0, 1, 16, FlowSettings.Hold.SOURCE);
    private final ReceiverFlow flow = new ReceiverFlow(settings);
    private final MediaPacket packet = new MediaPacket();
    private long sequence;
    private long nowNs;
    private long delivered;

    @Setup(Level.Trial)
    public void fill() {
        packet.payload = ByteBuffer.allocateDirect(1_500);
        packet.payloadLength = 1_316;
        for (int i = 0; i < 3 * BUFFER_MS / TICKS; i++) insertAndPlayOut();
    }

    /** An operation is a packet of the stream, of one leg or of both. */
    @Benchmark
    @OperationsPerInvocation(TICKS * PER_TICK)
    public long insertAndPlayOut() {
        for (int tick = 0; tick < TICKS; tick++) {
            nowNs += NS_PER_MS;
            for (int i = 0; i < PER_TICK; i++) {
                sequence++;
                for (int leg = 0; leg < legs; leg++) put(leg);
            }
            if (nowNs >= flow.nextDeadlineNs()) flow.deliverDue(nowNs, (_, _, payload) -> delivered += payload.remaining());
        }
        return delivered;
    }

    private void put(int leg) {
        packet.sequence = sequence;
        packet.sourceTimeNs = sequence * NS_PER_MS / PER_TICK;
        packet.path = leg;
        packet.retransmission = false;
        flow.onMedia(nowNs, packet);
    }

    /** A bench of a buffer that plays nothing out would be a fast one. */
    @TearDown(Level.Trial)
    public void check() {
        if (delivered < (sequence - 2L * BUFFER_MS * PER_TICK) * 1_316) throw new IllegalStateException("of " + sequence + " packets, " + delivered / 1_316 + " came out");
    }
}
