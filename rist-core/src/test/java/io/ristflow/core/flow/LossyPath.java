package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A source of 1,000 packets a second, a path of 25 ms each way that loses at random both ways, and a sender that repeats what it is asked
 * for: at most 20 times, not twice within an RTT, nothing older than 1.1 buffers. Both ends work on ticks of 2 ms, as a host does.
 */
final class LossyPath implements PayloadSink {
    /** {@code forward} is what went onto the path for each packet of the source. */
    record Result(double residual, double forward, long requests, double latencyP999Ms) {}

    private record Event(long atNs, long order, long sequence, boolean request, boolean retransmission) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(order, other.order);
        }
    }

    private static final long ONE_WAY_NS = 25 * NS_PER_MS;
    private static final long TICK_NS = 2 * NS_PER_MS;

    private final ReceiverFlow flow;
    private final double loss;
    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final MediaPacket packet = new MediaPacket();
    private final MissingRanges asked = new MissingRanges();
    private long order;
    private long outageFromNs = Long.MAX_VALUE;
    private long outageToNs;
    private long delivered;
    private long last = -1;
    private long nowNs;
    private long forward;
    private long requests;
    private int[] latencyMs = new int[10_000];
    private int burstLeft;
    private boolean datagramLost;
    int burst = 1;

    LossyPath(ReceiverFlow flow, double loss, long seed) {
        this.flow = flow;
        this.loss = loss;
        random = new Random(seed);
        packet.payload = ByteBuffer.allocate(100);
        packet.payloadLength = 100;
    }

    void outage(long fromNs, long toNs) {
        outageFromNs = fromNs;
        outageToNs = toNs;
    }

    Result run(int packets) {
        long bufferNs = flow.bufferNs();
        long[] repeatedNs = new long[packets];
        byte[] repeats = new byte[packets];
        Arrays.fill(repeatedNs, Long.MIN_VALUE / 2);
        flow.onRtt(0, 2 * ONE_WAY_NS + TICK_NS);
        long endNs = packets * NS_PER_MS + bufferNs + 500 * NS_PER_MS;
        long sent = 0;
        for (nowNs = 0; nowNs < endNs; nowNs += TICK_NS) {
            for (; sent < packets && sent * NS_PER_MS <= nowNs; sent++) onward(sent, false);
            while (!events.isEmpty() && events.peek().atNs <= nowNs) {
                Event event = events.poll();
                int s = (int) event.sequence;
                if (!event.request) {
                    packet.sequence = s;
                    packet.sourceTimeNs = s * NS_PER_MS;
                    packet.retransmission = event.retransmission;
                    flow.onMedia(nowNs, packet);
                } else if (nowNs - s * NS_PER_MS <= bufferNs * 11 / 10 && nowNs - repeatedNs[s] >= 2 * ONE_WAY_NS && repeats[s] < 20) {
                    repeatedNs[s] = nowNs;
                    repeats[s]++;
                    onward(s, true);
                }
            }
            flow.deliverDue(nowNs, this);
            asked.clear();
            flow.collectMissing(nowNs, asked);
            // Sixteen ranges share a datagram, and its fate.
            for (int r = 0; r < asked.ranges(); r++) {
                if (r % 16 == 0) datagramLost = lost();
                for (int k = 0; k < asked.count(r) && !datagramLost; k++) {
                    events.add(new Event(nowNs + ONE_WAY_NS, order++, asked.first(r) + k, true, false));
                }
                requests += asked.count(r);
            }
        }
        // What precedes the first packet that came is not the flow's to deliver.
        long expected = flow.expectedSinceStart();
        return new Result((double) (expected - delivered) / expected, (double) forward / packets, requests, latencyP999());
    }

    private void onward(long sequence, boolean retransmission) {
        forward++;
        if (!lost()) events.add(new Event(nowNs + ONE_WAY_NS, order++, sequence, false, retransmission));
    }

    private boolean lost() {
        if (nowNs >= outageFromNs && nowNs < outageToNs) return true;
        if (burstLeft > 0) {
            burstLeft--;
            return true;
        }
        if (random.nextDouble() >= loss) return false;
        burstLeft = burst - 1;
        return true;
    }

    private double latencyP999() {
        long rest = delivered / 1000;
        int ms = latencyMs.length - 1;
        while (ms > 0 && (rest -= latencyMs[ms]) >= 0) ms--;
        return ms;
    }

    @Override
    public void deliver(long sequence, long sourceTimeNs, ByteBuffer payload) {
        if (sequence <= last) throw new AssertionError(sequence + " after " + last);
        last = sequence;
        delivered++;
        latencyMs[(int) ((nowNs - sourceTimeNs) / NS_PER_MS)]++;
    }
}
