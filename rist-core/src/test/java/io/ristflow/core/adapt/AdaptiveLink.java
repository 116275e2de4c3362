package io.ristflow.core.adapt;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.ReceiverFlow;
import io.ristflow.core.flow.SenderFlow;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.SimulatedPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * An encoder that follows its target after 200 ms, the real sender and receiver flows, and between them a narrow link with a queue that drops what does not fit; behind it a path that may lose at
 * random. The way back is wide. In steps of a millisecond.
 */
final class AdaptiveLink {
    /** {@code nowMs} and the target that held from then on. */
    record Change(long nowMs, long targetBps) {}

    private record Event(long atNs, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event o) {
            return atNs != o.atNs ? Long.compare(atNs, o.atNs) : Long.compare(order, o.order);
        }
    }

    private static final int PAYLOAD = 1_316;
    private static final int RTP_HEADER = 12;
    private static final int UDP_AND_IP = 28;
    private static final long ENCODER_DELAY_NS = 200 * NS_PER_MS;
    private static final long ECHO_NS = 95 * NS_PER_MS;
    private static final long REPORT_NS = 200 * NS_PER_MS;

    final RateController controller;
    final List<Change> changes = new ArrayList<>();
    private final SenderFlow sender = new SenderFlow(FlowSettings.DEFAULT);
    private final ReceiverFlow receiver = new ReceiverFlow(FlowSettings.DEFAULT);
    private final LinkQualityMeter meter = new LinkQualityMeter(REPORT_NS);
    private final SimulatedPath forward;
    private final SimulatedPath backward;
    private final long[] arrivalsNs = new long[SimulatedPath.MAX_COPIES];
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final MediaPacket packet = new MediaPacket();
    private final MissingRanges missing = new MissingRanges();
    private final ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
    private long order;
    private long nowNs = 7 * NS_PER_SECOND;
    private final long startNs = nowNs;
    private long encoderBps;
    private double owedBits;
    private long nextEchoNs = nowNs;
    private long lastRttNs;
    /** Share of its target that the encoder uses. */
    double used = 1;
    /** An encoder that does what it likes. */
    long fixedBps;

    AdaptiveLink(long seed, long minBps, long maxBps, PathConditions conditions) {
        controller = new RateController(minBps, maxBps);
        forward = new SimulatedPath(seed, conditions);
        backward = new SimulatedPath(seed + 1, new PathConditions(conditions.loss(), 1, 0, 0, 0, conditions.delayNs(), 0, List.of(), 0, 0));
        encoderBps = maxBps;
        changes.add(new Change(0, maxBps));
    }

    long nowMs() {
        return (nowNs - startNs) / NS_PER_MS;
    }

    void become(PathConditions conditions) {
        forward.become(conditions);
    }

    long lost() {
        return receiver.counters().lost;
    }

    long sent() {
        return sender.counters().sent;
    }

    void runUntil(long untilMs) {
        while (nowMs() < untilMs) step();
    }

    private void step() {
        nowNs += NS_PER_MS;
        while (!events.isEmpty() && events.peek().atNs <= nowNs) events.poll().what.run();
        encode();
        if (nowNs >= nextEchoNs) echo();
        receiver.deliverDue(nowNs, (sequence, sourceTimeNs, bytes) -> {});
        missing.clear();
        receiver.collectMissing(nowNs, missing);
        if (!missing.isEmpty()) ask();
        if (!meter.started()) meter.start(nowNs);
        if (nowNs >= meter.nextReportNs()) report();
        sender.onTick(nowNs);
    }

    private void encode() {
        owedBits += (fixedBps > 0 ? fixedBps : encoderBps * used) / 1_000;
        while (owedBits > 0) {
            owedBits -= (PAYLOAD + RTP_HEADER) * 8;
            long sequence = sender.push(nowNs, payload.clear());
            sender.markSent(nowNs, sequence, nowNs);
            sender.load(sequence, packet);
            send(packet);
        }
    }

    private void send(MediaPacket p) {
        long sequence = p.sequence;
        long sourceTimeNs = p.sourceTimeNs;
        boolean again = p.retransmission;
        int copies = forward.send(nowNs, PAYLOAD + RTP_HEADER + UDP_AND_IP, arrivalsNs);
        for (int i = 0; i < copies; i++) at(arrivalsNs[i], () -> arrive(sequence, sourceTimeNs, again));
    }

    private void arrive(long sequence, long sourceTimeNs, boolean again) {
        packet.sequence = sequence;
        packet.sourceTimeNs = sourceTimeNs;
        packet.retransmission = again;
        packet.payload = payload.clear();
        packet.payloadOffset = 0;
        packet.payloadLength = PAYLOAD;
        packet.nullPackets = 0;
        long lateBefore = receiver.counters().droppedLate;
        receiver.onMedia(nowNs, packet);
        if (again) meter.onRetransmission(PAYLOAD + RTP_HEADER);
        else meter.onSource(PAYLOAD + RTP_HEADER);
        if (!again && receiver.counters().droppedLate > lateBefore) meter.onLate();
    }

    private void ask() {
        MissingRanges asked = new MissingRanges();
        for (int i = 0; i < missing.ranges(); i++) asked.addRange(missing.first(i), missing.count(i));
        int copies = backward.send(nowNs, 100, arrivalsNs);
        for (int i = 0; i < copies; i++) at(arrivalsNs[i], () -> sender.onRequested(nowNs, asked, 0, lastRttNs, this::send));
    }

    private void echo() {
        nextEchoNs += ECHO_NS;
        long askedNs = nowNs;
        if (forward.send(nowNs, 120, arrivalsNs) == 0) return;
        at(arrivalsNs[0], () -> {
            if (backward.send(nowNs, 120, arrivalsNs) == 0) return;
            at(arrivalsNs[0], () -> {
                lastRttNs = nowNs - askedNs;
                controller.onRtt(nowNs, lastRttNs);
                receiver.onRtt(nowNs, lastRttNs);
            });
        });
    }

    private void report() {
        LinkQuality q = new LinkQuality();
        var c = receiver.counters();
        meter.report(nowNs, 1_000, c.missing - c.reordered, c.recovered, c.lost, q);
        if (backward.send(nowNs, 120, arrivalsNs) == 0) return;
        at(arrivalsNs[0], () -> {
            if (!controller.onReport(nowNs, q, 1)) return;
            long bps = controller.targetBps();
            changes.add(new Change(nowMs(), bps));
            at(nowNs + ENCODER_DELAY_NS, () -> encoderBps = bps);
        });
    }

    private void at(long ns, Runnable what) {
        events.add(new Event(ns, order++, what));
    }

    /** The target at an instant. */
    long targetAt(long ms) {
        long bps = 0;
        for (Change c : changes) if (c.nowMs <= ms) bps = c.targetBps;
        return bps;
    }

    /** Lowest and highest target in a span. */
    long[] between(long fromMs, long untilMs) {
        long low = targetAt(fromMs);
        long high = low;
        for (Change c : changes) {
            if (c.nowMs < fromMs || c.nowMs > untilMs) continue;
            low = Math.min(low, c.targetBps);
            high = Math.max(high, c.targetBps);
        }
        return new long[] {low, high};
    }

    int changesBetween(long fromMs, long untilMs) {
        return (int) changes.stream().filter(c -> c.nowMs > fromMs && c.nowMs <= untilMs).count();
    }

    /** Weighted by time. */
    double meanBetween(long fromMs, long untilMs) {
        double sum = 0;
        for (long ms = fromMs; ms < untilMs; ms += 100) sum += targetAt(ms);
        return sum * 100 / (untilMs - fromMs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Change c : changes) text.append(" %.1fs:%.2f".formatted(c.nowMs / 1e3, c.targetBps / 1e6));
        return text.toString();
    }

    /** @param bps 0: wide */
    static PathConditions link(long bps, long queueMs, long rttMs, double loss) {
        return PathConditions.delayMs(rttMs / 2.0).withLoss(loss).withRate(bps, (int) (bps / 8 * queueMs / 1_000));
    }

}
