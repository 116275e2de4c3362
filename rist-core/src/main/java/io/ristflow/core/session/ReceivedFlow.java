package io.ristflow.core.session;

import io.ristflow.core.adapt.LinkQualityMeter;
import io.ristflow.core.api.EffectSink;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.PayloadSink;
import io.ristflow.core.flow.ReceiverCounters;
import io.ristflow.core.flow.ReceiverFlow;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import io.ristflow.core.profile.MediaNumbers;
import java.nio.ByteBuffer;

/** One flow of a receiver: its packets, its numbers, and whether its gate is open. */
final class ReceivedFlow implements PayloadSink {
    /** Short enough for a sender to save its stream before the recovery buffer runs out; at a few hundred bytes of reports a second it costs nothing. */
    private static final long LINK_REPORT_NS = 200 * Ticks.NS_PER_MS;

    final int flowId;
    final ReceiverFlow packets;
    final MediaNumbers numbers = new MediaNumbers();
    final MissingRanges missing = new MissingRanges();
    final long startedNs;

    /** TR-06-1 §5.2.5: SDES came, so payloads may be delivered. */
    boolean gateOpen;
    /** The path on which its SDES came last. */
    Path describedBy;
    long lastMediaNs;
    /** Another flow id took this one's place on its path. */
    boolean replaced;
    long bufferNs;
    /** What is told of this flow's link (TR-06-4 Part 1); null: nothing. */
    final LinkQualityMeter link;
    final LinkQuality quality = new LinkQuality();

    private EffectSink out;

    ReceivedFlow(int flowId, FlowSettings settings, boolean linkReports, long nowNs) {
        this.flowId = flowId;
        packets = new ReceiverFlow(settings);
        startedNs = nowNs;
        lastMediaNs = nowNs;
        bufferNs = packets.bufferNs();
        link = linkReports ? new LinkQualityMeter(LINK_REPORT_NS) : null;
        if (link != null) link.start(nowNs);
    }

    /** Takes a packet, whole from its RTP header on {@code bytes} long. */
    void onMedia(long nowNs, MediaPacket p, int bytes) {
        long late = packets.counters().droppedLate;
        packets.onMedia(nowNs, p);
        if (link == null) return;
        if (p.retransmission) link.onRetransmission(bytes);
        else link.onSource(bytes);
        if (!p.retransmission && packets.counters().droppedLate > late) link.onLate();
    }

    /** Ends the period that the next report is about. */
    void closeLinkPeriod(long nowNs) {
        ReceiverCounters c = packets.counters();
        link.report(nowNs, packets.bufferNs() / Ticks.NS_PER_MS, c.missing - c.reordered, c.recovered, c.lost, quality);
    }

    void deliverDue(long nowNs, EffectSink sink) {
        out = gateOpen ? sink : null;
        packets.deliverDue(nowNs, this);
        out = null;
    }

    void drain(EffectSink sink) {
        out = gateOpen ? sink : null;
        packets.drain(this);
        out = null;
    }

    @Override
    public void deliver(long sequence, long sourceTimeNs, ByteBuffer payload) {
        // What falls due behind a closed gate is gone: the NoSdes fault tells so.
        if (out != null) out.deliver(flowId, sequence, sourceTimeNs, payload);
    }
}
