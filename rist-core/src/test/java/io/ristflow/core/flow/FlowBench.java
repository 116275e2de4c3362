package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.flow.FlowSettings.Hold;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A receiver flow with hands: packets by number, time in milliseconds, deliveries and requests written down. */
final class FlowBench implements PayloadSink {
    final ReceiverFlow flow;
    final List<Long> delivered = new ArrayList<>();
    final List<Long> deliveredAtMs = new ArrayList<>();
    final MissingRanges asked = new MissingRanges();
    private final MediaPacket packet = new MediaPacket();
    private final ByteBuffer payload = ByteBuffer.allocate(1316);
    long nowNs;

    FlowBench(FlowSettings settings) {
        flow = new ReceiverFlow(settings);
    }

    /** Buffer in milliseconds, reorder window 15 ms, RTT 5..500 ms, 20 retries: librist's defaults but for the buffer. */
    static FlowSettings settings(long bufferMs) {
        return settings(bufferMs, bufferMs, 20, Hold.SOURCE);
    }

    static FlowSettings settings(long minMs, long maxMs, int maxRetries, Hold hold) {
        return new FlowSettings(
                minMs * NS_PER_MS, maxMs * NS_PER_MS, 15 * NS_PER_MS, 5 * NS_PER_MS, 500 * NS_PER_MS, maxRetries, 100_000_000L, 0, 1, 16, hold);
    }

    FlowBench rtt(long ms) {
        flow.onRtt(nowNs, ms * NS_PER_MS);
        return this;
    }

    boolean media(double atMs, long sequence, double sourceMs) {
        return put(atMs, sequence, sourceMs, false);
    }

    boolean again(double atMs, long sequence, double sourceMs) {
        return put(atMs, sequence, sourceMs, true);
    }

    boolean put(double atMs, long sequence, double sourceMs, boolean retransmission) {
        nowNs = (long) (atMs * NS_PER_MS);
        packet.sequence = sequence;
        packet.sourceTimeNs = (long) (sourceMs * NS_PER_MS);
        packet.retransmission = retransmission;
        packet.payload = payload;
        packet.payloadOffset = 11;
        packet.payloadLength = 1000;
        payload.putLong(11, sequence);
        return flow.onMedia(nowNs, packet);
    }

    /** Requests due at this time, as a text like "5-7 9". */
    String ask(double atMs) {
        nowNs = (long) (atMs * NS_PER_MS);
        asked.clear();
        flow.collectMissing(nowNs, asked);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < asked.ranges(); i++) {
            if (i > 0) text.append(' ');
            text.append(asked.first(i));
            if (asked.count(i) > 1) text.append('-').append(asked.first(i) + asked.count(i) - 1);
        }
        return text.toString();
    }

    /** All times in {@code [fromMs, toMs]}, a millisecond apart, at which something was asked for. */
    List<Long> askTimes(long fromMs, long toMs) {
        List<Long> times = new ArrayList<>();
        for (long ms = fromMs; ms <= toMs; ms++) if (!ask(ms).isEmpty()) times.add(ms);
        return times;
    }

    void due(double atMs) {
        nowNs = (long) (atMs * NS_PER_MS);
        flow.deliverDue(nowNs, this);
    }

    void dueUntil(long fromMs, long toMs) {
        for (long ms = fromMs; ms <= toMs; ms++) due(ms);
    }

    void drain() {
        flow.drain(this);
    }

    @Override
    public void deliver(long sequence, long sourceTimeNs, ByteBuffer bytes) {
        if (bytes.remaining() != 1000) throw new AssertionError("payload of " + bytes.remaining() + " bytes");
        delivered.add(sequence);
        deliveredAtMs.add(nowNs / NS_PER_MS);
    }
}
