package io.ristflow.service.media;

import java.nio.ByteBuffer;

/** Counts and forgets; all flows. */
final class NullOutput implements MediaOutput {
    private final String url;
    private final FlowGate activity = new FlowGate(0);
    private long packets, bytes, flushedNs;

    NullOutput(String url) {
        this.url = url;
    }

    @Override
    public void write(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        activity.admits(flowId);
        packets++;
        bytes += payload.remaining();
    }

    @Override
    public void flush(long nowNs) {
        flushedNs = nowNs;
        activity.tick(nowNs);
    }

    @Override
    public OutputStats stats() {
        return new OutputStats(url, packets, bytes, 0, 0, activity.busy(flushedNs) ? "sending" : "idle");
    }

    @Override
    public void drainAndClose(long timeoutMs) {}
}
