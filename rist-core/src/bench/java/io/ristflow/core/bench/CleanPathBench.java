package io.ristflow.core.bench;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import io.ristflow.core.Rist;
import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Pair;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
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
 * A sender and a receiver of the whole protocol with nothing between them but a copy: no socket, no timer, nothing lost, ten packets a millisecond (105 Mb/s), recovery buffer of 1 s. What is left of a packet's cost in
 * {@code ./rist bench} is the kernel's and the host's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CleanPathBench {
    private static final int PER_TICK = 10, TICKS = 100, WARM_UP_TICKS = 5_000, SLOTS = 256;

    @Param({"SIMPLE/0", "MAIN/0", "MAIN/256", "ADVANCED/0", "ADVANCED/256"})
    public String speech;

    private final Wire there = new Wire();
    private final Wire back = new Wire();
    private final ByteBuffer payload = ByteBuffer.allocateDirect(1_316);
    private RistSender sender;
    private RistReceiver receiver;
    private End sending, receiving;
    private long nowNs = NS_PER_SECOND;
    private long pushed;
    private long delivered;

    @Setup(Level.Trial)
    public void connect() {
        int aesBits = Integer.parseInt(speech.substring(speech.indexOf('/') + 1));
        Pair settings = new Pair(1).profile(Profile.valueOf(speech.substring(0, speech.indexOf('/')))).bufferMs(1_000);
        if (aesBits > 0) settings.secret("nothing", aesBits, 0);
        sender = Rist.sender(settings.senderConfig(), new SplittableRandom(1));
        receiver = Rist.receiver(settings.receiverConfig(), new SplittableRandom(2));
        sending = new End(there);
        receiving = new End(back);
        receiver.start(nowNs, 0, receiving);
        receiver.onPathOpened(0, 0);
        sender.start(nowNs, 0, sending);
        for (int i = 0; i < WARM_UP_TICKS; i++) tick();
    }

    @Benchmark
    @OperationsPerInvocation(TICKS * PER_TICK)
    public long senderToReceiver() {
        for (int i = 0; i < TICKS; i++) tick();
        return delivered;
    }

    private void tick() {
        nowNs += NS_PER_MS;
        back.deliverTo(sender, sending);
        for (int i = 0; i < PER_TICK; i++) sender.push(nowNs, payload, sending);
        pushed += PER_TICK;
        if (nowNs >= sender.nextDeadlineNs()) sender.onDeadline(nowNs, sending);
        there.deliverTo(receiver, receiving);
        if (nowNs >= receiver.nextDeadlineNs()) receiver.onDeadline(nowNs, receiving);
        sending.deriveKeys(sender);
        receiving.deriveKeys(receiver);
    }

    /** A bench of sessions that never met would be a fast one. */
    @TearDown(Level.Trial)
    public void check() {
        if (delivered < pushed - 2_000 * PER_TICK) throw new IllegalStateException("of " + pushed + " packets, " + delivered + " came out");
    }

    private final class End implements EffectSink {
        private final Wire wire;
        private final Deque<KeyRequest> keys = new ArrayDeque<>();

        End(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void transmit(int path, Lane lane, ByteBuffer datagram) {
            wire.put(datagram);
        }

        @Override
        public void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer media) {
            delivered++;
        }

        @Override
        public void event(SessionEvent event) {}

        @Override
        public void deriveKey(KeyRequest request) {
            keys.add(request);
        }

        void deriveKeys(RistSession session) {
            while (!keys.isEmpty()) session.onKeyDerived(nowNs, keys.remove().derive(), this);
        }

        @Override
        public void closePath(int path) {}
    }

    /** One way, in order, at once. Both lanes are one path. */
    private final class Wire {
        private final ByteBuffer[] datagrams = new ByteBuffer[SLOTS];
        private int count;

        Wire() {
            for (int i = 0; i < SLOTS; i++) datagrams[i] = ByteBuffer.allocateDirect(1_600);
        }

        void put(ByteBuffer datagram) {
            datagrams[count++].clear().put(0, datagram, datagram.position(), datagram.remaining()).limit(datagram.remaining());
        }

        void deliverTo(RistSession session, End effects) {
            int held = count;
            for (int i = 0; i < held; i++) session.onDatagram(nowNs, 0, datagrams[i], effects);
            // What an answer to them added lies behind them.
            for (int i = held; i < count; i++) {
                ByteBuffer moved = datagrams[i - held];
                datagrams[i - held] = datagrams[i];
                datagrams[i] = moved;
            }
            count -= held;
        }
    }
}
