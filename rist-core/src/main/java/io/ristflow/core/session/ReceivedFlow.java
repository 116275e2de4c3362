package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.flow.FlowSettings;
import io.ristflow.core.flow.PayloadSink;
import io.ristflow.core.flow.ReceiverFlow;
import io.ristflow.core.packet.MissingRanges;
import io.ristflow.core.profile.MediaNumbers;
import java.nio.ByteBuffer;

/** One flow of a receiver: its packets, its numbers, and whether its gate is open. */
final class ReceivedFlow implements PayloadSink {
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

    private EffectSink out;

    ReceivedFlow(int flowId, FlowSettings settings, long nowNs) {
        this.flowId = flowId;
        packets = new ReceiverFlow(settings);
        startedNs = nowNs;
        lastMediaNs = nowNs;
        bufferNs = packets.bufferNs();
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
