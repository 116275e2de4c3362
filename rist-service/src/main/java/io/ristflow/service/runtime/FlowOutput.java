package io.ristflow.service.runtime;

import io.ristflow.core.Rist;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.media.MediaOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** One output of a flow: a RIST sender with its sockets, or a sink of media. On the flow's loop, but for {@link #openMedia}. */
final class FlowOutput {
    private static final RistEnd.Deliveries NOTHING = new RistEnd.Deliveries() {
        @Override
        public void onPayload(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {}

        @Override
        public void onFlowStarted(int flowId) {}

        @Override
        public void onFlowEnded(int flowId) {}
    };

    final FlowSpec.Named spec;
    /** The flow of the input that it carries, 0: the followed one. */
    final int flowId;
    private final RistSender sender;
    private final RistEnd end;
    private MediaOutput media;

    FlowOutput(String flow, FlowSpec.Named spec, FlowLoop.Host host) {
        this.spec = spec;
        flowId = spec.endpoint().flowId();
        if (spec.endpoint() instanceof Endpoint.RistOutput rist) {
            sender = Rist.sender(rist.config(), host.random());
            end = new RistEnd(flow, spec.name(), rist.session(), rist.paths(), List.of(), sender, host, NOTHING).withOutOfBand(rist.outOfBand());
            if (rist.webhook() != null) end.withWebhook(new EncoderWebhook(flow, spec.name(), rist.webhook(), host.workers()));
        } else {
            sender = null;
            end = null;
        }
    }

    void openEnd() {
        if (end != null) end.open();
    }

    /** Files are made here: off the loop. */
    void openMedia(FlowLoop.MediaOpener opener) {
        if (end == null) media = opener.output(spec.endpoint());
    }

    boolean isFile() {
        return spec.endpoint() instanceof Endpoint.File;
    }

    void begin(long now) {
        if (end != null) end.begin(now);
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    void take(long nowNs, long cameNs, long sequence, long sourceTimeNs, ByteBuffer payload) {
        if (sender != null) sender.push(nowNs, cameNs, payload, end);
        // The choice of the flow was made before: an output that names none is told none, or it would choose again
        else media.write(flowId, sequence, sourceTimeNs, payload);
    }

    /** Hears what peers want, lets time pass. @return datagrams handled */
    int tick(long readNs, long nowNs) {
        if (end == null) return 0;
        int handled = end.receive(readNs);
        end.tick(nowNs);
        return handled;
    }

    void flush(long now) {
        if (end != null) end.flush();
        else media.flush(now);
    }

    // ---- its end -------------------------------------------------------------------------------------------------------------------

    /** How long it should stay to repeat what its peers may still ask for, after the last payload. */
    long lingerNs(long now, long lastPayloadNs) {
        if (!(spec.endpoint() instanceof Endpoint.RistOutput rist)) return 0;
        boolean peer = sender.stats(now).paths().stream().anyMatch(p -> p.state() == PathStats.State.CONNECTED);
        return peer ? Math.max(0, lastPayloadNs + rist.session().recovery().bufferMaxMs() * 1_000_000L - now) : 0;
    }

    /** The farewell, and the sockets closed; a media output is left to be drained off the loop. */
    void closeEnd(long now) {
        if (end != null) end.close(now);
    }

    void rebind() {
        if (end != null) end.rebind();
    }

    /** Null if it is not RIST. */
    RistEnd end() {
        return end;
    }

    /** Null for RIST. */
    MediaOutput media() {
        return media;
    }

    /** Whatever state it is in. */
    void abandon(long now, ThreadFactory workers) {
        // Waits for its writer
        if (media != null) workers.newThread(media::close).start();
        if (end != null) end.close(now);
    }

    FlowSnapshot.OutputView view(long now, Degraded degraded) {
        String where = "output " + spec.name();
        if (sender == null) {
            MediaOutput.OutputStats stats = media.stats();
            degraded.media(where, stats.state());
            return new FlowSnapshot.OutputView(spec.name(), spec.endpoint().url(), null, stats);
        }
        SenderStats stats = sender.stats(now);
        List<FlowSnapshot.FaultView> faults = end.faults(now);
        degraded.rist(where, end, stats.paths(), faults);
        FlowSnapshot.RistSenderView view = new FlowSnapshot.RistSenderView(end.profile(), end.listening(), end.localAddress(), stats, end.views(stats.paths()), end.portStats(), end.batched(), faults, end.keys(now), end.outOfBand(), end.webhook(), end.connections());
        return new FlowSnapshot.OutputView(spec.name(), spec.endpoint().url(), view, null);
    }
}
