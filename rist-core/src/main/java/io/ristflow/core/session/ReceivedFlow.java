package io.ristflow.core.session;

import io.ristflow.core.adapt.LinkQualityMeter;
import io.ristflow.core.api.EffectSink;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.FragmentAssembler;
import io.ristflow.core.flow.PacketMerger;
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

    /** Null: packets are delivered as they come. */
    private final PacketMerger merger;
    private final PayloadSink whole = this::deliverWhole;
    /** Made with the first fragment (TR-06-3 §5.2.3); most flows have none. */
    private FragmentAssembler assembler;
    private long joinedAway;
    private long nowNs;
    private EffectSink out;

    /** @param merging whether halves of payloads are put together, {@code linkReports} whether the link's quality is measured */
    ReceivedFlow(int flowId, FlowSettings settings, boolean merging, boolean linkReports, long nowNs) {
        this.flowId = flowId;
        packets = new ReceiverFlow(settings);
        merger = merging ? new PacketMerger() : null;
        startedNs = nowNs;
        lastMediaNs = nowNs;
        bufferNs = packets.bufferNs();
        link = linkReports ? new LinkQualityMeter(LINK_REPORT_NS) : null;
        if (link != null) link.start(nowNs);
    }

    /** Takes a packet, whole from its RTP header on {@code bytes} long; returns whether it was kept. */
    boolean onMedia(long now, MediaPacket p, int bytes) {
        long late = packets.counters().droppedLate;
        boolean taken = packets.onMedia(now, p);
        if (link == null) return taken;
        if (p.retransmission) link.onRetransmission(bytes);
        else link.onSource(bytes);
        if (!p.retransmission && packets.counters().droppedLate > late) link.onLate();
        return taken;
    }

    /** Ends the period that the next report is about. */
    void closeLinkPeriod(long now) {
        ReceiverCounters c = packets.counters();
        link.report(now, packets.bufferNs() / Ticks.NS_PER_MS, c.missing - c.reordered, c.recovered, c.lost, quality);
    }

    /** The earlier of the next play-out, the next request, and a half payload's end of waiting. */
    long nextDeadlineNs() {
        return merger == null ? packets.nextDeadlineNs() : Math.min(packets.nextDeadlineNs(), merger.deadlineNs());
    }

    /** Whether the peer cuts payloads in two. */
    void merges(boolean splits) {
        if (merger != null) merger.active(splits);
    }

    void deliverDue(long now, EffectSink sink) {
        nowNs = now;
        out = gateOpen ? sink : null;
        packets.deliverDue(now, this);
        if (merger != null) merger.onTime(now, whole);
        out = null;
    }

    void drain(EffectSink sink) {
        out = gateOpen ? sink : null;
        packets.drain(this);
        if (merger != null) merger.flush(whole);
        out = null;
    }

    @Override
    public void deliver(long sequence, long sourceTimeNs, ByteBuffer payload) {
        int fragment = packets.fragment(sequence);
        if (assembler == null && fragment == MediaPacket.WHOLE) {
            join(sequence, sourceTimeNs, payload);
            return;
        }
        if (assembler == null) assembler = new FragmentAssembler();
        boolean whole = fragment == MediaPacket.WHOLE;
        ByteBuffer joined = assembler.add(sequence, whole || fragment == MediaPacket.FIRST, whole || fragment == MediaPacket.LAST, payload);
        if (joined == null) return;
        // The host counts payloads: a step of more than one in their numbers is a loss
        joinedAway += assembler.fragments() - 1;
        join(sequence - joinedAway, sourceTimeNs, joined);
    }

    /** Puts halves together. */
    private void join(long sequence, long sourceTimeNs, ByteBuffer payload) {
        if (merger != null) merger.take(nowNs, sequence, sourceTimeNs, payload, whole);
        else deliverWhole(sequence, sourceTimeNs, payload);
    }

    private void deliverWhole(long sequence, long sourceTimeNs, ByteBuffer payload) {
        // What falls due behind a closed gate is gone: the NoSdes fault tells so.
        if (out != null) out.deliver(flowId, sequence, sourceTimeNs, payload);
    }
}
