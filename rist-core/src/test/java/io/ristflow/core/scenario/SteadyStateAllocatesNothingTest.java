package io.ristflow.core.scenario;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ristflow.core.Rist;
import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.AdvancedConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Pair;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sender and a receiver in a loop that itself allocates nothing: a tick of a millisecond, queues of buffers made beforehand, one datagram in twenty lost. Bytes are counted
 * on this thread after a warm-up in which everything grows to its size.
 */
class SteadyStateAllocatesNothingTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_PACKETS = 60_000;
    private static final int PACKETS = 200_000;
    private static final int PACKETS_PER_TICK = 5;
    private static final long ALLOWED_BYTES = 4_096;

    private final Wire there = new Wire(1);
    private final Wire back = new Wire(2);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(1_316);
    private long nowNs = NS_PER_SECOND;
    private long delivered;

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, 0, 1", "MAIN, 0, 1", "MAIN, 128, 1", "MAIN, 256, 1", "ADVANCED, 0, 1", "ADVANCED, 256, 1", "SIMPLE, 0, 2", "MAIN, 256, 2", "ADVANCED, 256, 2"
    })
    void noByteIsAllocatedPerPacketByEitherEnd(Profile profile, int aesBits, int legs) {
        Pair settings = new Pair(1).profile(profile).bufferMs(300).adaptation(1_000, 80_000).advanced(new AdvancedConfig(true, false));
        if (aesBits > 0) settings.secret("nothing", aesBits, 0);
        if (legs > 1) settings.bond(1, 3);
        RistSender sender = Rist.sender(settings.senderConfig(), new SplittableRandom(1));
        RistReceiver receiver = Rist.receiver(settings.receiverConfig(), new SplittableRandom(2));
        End sending = new End(there);
        End receiving = new End(back);
        receiver.start(nowNs, 0, receiving);
        for (int leg = 0; leg < legs; leg++) receiver.onPathOpened(leg, leg);
        sender.start(nowNs, 0, sending);

        run(WARM_UP_PACKETS, sender, sending, receiver, receiving);
        long deliveredBefore = delivered;
        long allocated = measure(sender, sending, receiver, receiving);
        long deliveredThen = delivered;
        // A compiler that swaps code under the loop costs once; what a packet costs it costs every time
        if (allocated >= ALLOWED_BYTES) allocated = measure(sender, sending, receiver, receiving);

        assertThat(deliveredThen - deliveredBefore).isBetween(PACKETS - 20L, PACKETS + 20L);
        assertThat(receiver.stats(nowNs).flows().getFirst().recovered()).isGreaterThan(PACKETS / 25);
        // What the measuring itself costs; a single byte per packet would be two hundred thousand
        assertThat(allocated).as("bytes allocated for %d packets", PACKETS).isLessThan(ALLOWED_BYTES);
    }

    private long measure(RistSender sender, End sending, RistReceiver receiver, End receiving) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(PACKETS, sender, sending, receiver, receiving);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private void run(int packets, RistSender sender, End sending, RistReceiver receiver, End receiving) {
        for (int i = 0; i < packets; i += PACKETS_PER_TICK) {
            nowNs += NS_PER_MS;
            back.deliverTo(sender, sending);
            for (int p = 0; p < PACKETS_PER_TICK; p++) sender.push(nowNs, payload, sending);
            if (nowNs >= sender.nextDeadlineNs()) sender.onDeadline(nowNs, sending);
            there.deliverTo(receiver, receiving);
            if (nowNs >= receiver.nextDeadlineNs()) receiver.onDeadline(nowNs, receiving);
            sending.deriveKey(sender);
            receiving.deriveKey(receiver);
        }
    }

    /** One end's effects; its datagrams go onto its wire. */
    private final class End implements EffectSink {
        private final Wire wire;
        private final KeyRequest[] keys = new KeyRequest[8];
        private int keysWanted;

        End(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void transmit(int path, Lane lane, ByteBuffer datagram) {
            wire.put(path, datagram);
        }

        @Override
        public void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
            delivered++;
        }

        @Override
        public void event(SessionEvent event) {}

        @Override
        public void deriveKey(KeyRequest request) {
            keys[keysWanted++] = request;
        }

        void deriveKey(RistSession session) {
            while (keysWanted > 0) session.onKeyDerived(nowNs, keys[--keysWanted].derive(), this);
        }

        @Override
        public void closePath(int path) {}
    }

    /** Ten milliseconds of wire that loses one datagram in twenty. Both lanes are one path, of the same number at either end. */
    private final class Wire {
        private static final int DATAGRAMS = 4_096;
        private final ByteBuffer[] datagrams = new ByteBuffer[DATAGRAMS];
        private final int[] paths = new int[DATAGRAMS];
        private final long[] arrivesNs = new long[DATAGRAMS];
        private long chance;
        private int head;
        private int tail;

        Wire(long seed) {
            chance = seed * 0x9E37_79B9_7F4A_7C15L;
            for (int i = 0; i < DATAGRAMS; i++) datagrams[i] = ByteBuffer.allocateDirect(1_600);
        }

        void put(int path, ByteBuffer datagram) {
            chance ^= chance << 13;
            chance ^= chance >>> 7;
            chance ^= chance << 17;
            if (Long.remainderUnsigned(chance, 20) == 0) return;
            ByteBuffer slot = datagrams[tail & DATAGRAMS - 1];
            slot.clear().put(0, datagram, datagram.position(), datagram.remaining()).limit(datagram.remaining());
            paths[tail & DATAGRAMS - 1] = path;
            arrivesNs[tail++ & DATAGRAMS - 1] = nowNs + 10 * NS_PER_MS;
        }

        void deliverTo(RistSession session, End effects) {
            while (head < tail && arrivesNs[head & DATAGRAMS - 1] <= nowNs) {
                int slot = head++ & DATAGRAMS - 1;
                session.onDatagram(nowNs, paths[slot], datagrams[slot], effects);
            }
        }
    }
}
