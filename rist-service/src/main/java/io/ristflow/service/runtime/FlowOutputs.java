package io.ristflow.service.runtime;

import io.ristflow.service.media.MediaOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A flow's outputs: each takes a copy of every payload that is for it. They come and go while the flow runs; one that goes stays for a while to repeat what it sent. On the flow's loop. */
final class FlowOutputs {
    private final List<FlowOutput> outputs = new ArrayList<>();
    private final List<FlowOutput> leaving = new ArrayList<>();
    private long nowNs;
    private long lastPayloadNs;
    private int taken;

    void add(FlowOutput output) {
        outputs.add(output);
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    /**
     * @param cameNs when it came to this machine; what a receiver plays out comes at that moment
     * @param flowId of the input, {@code followed} whether outputs carry it that name none
     */
    void take(long now, long cameNs, int flowId, boolean followed, long sequence, long sourceTimeNs, ByteBuffer payload) {
        nowNs = Math.max(nowNs, now);
        lastPayloadNs = nowNs;
        taken++;
        int start = payload.position();
        int end = payload.limit();
        for (int i = 0; i < outputs.size(); i++) {
            FlowOutput output = outputs.get(i);
            if (output.flowId == 0 ? !followed : output.flowId != flowId) continue;
            payload.limit(end).position(start);
            output.take(nowNs, cameNs, sequence, sourceTimeNs, payload);
        }
        payload.limit(end).position(start);
    }

    /** Payloads since this was asked last. */
    int taken() {
        int since = taken;
        taken = 0;
        return since;
    }

    int tick(long readNs, long now) {
        nowNs = Math.max(nowNs, now);
        int handled = 0;
        for (int i = 0; i < outputs.size(); i++) handled += outputs.get(i).tick(readNs, nowNs);
        for (int i = 0; i < leaving.size(); i++) handled += leaving.get(i).tick(readNs, nowNs);
        return handled;
    }

    void flush(long now) {
        for (int i = 0; i < outputs.size(); i++) outputs.get(i).flush(now);
        for (int i = 0; i < leaving.size(); i++) leaving.get(i).flush(now);
    }

    // ---- coming and going ------------------------------------------------------------------------------------------------------------

    /** Takes nothing more from now on. @return how long it should stay before {@link #dismiss}, nanoseconds; null if there is none of that name */
    Departure depart(long now, String name) {
        for (int i = 0; i < outputs.size(); i++) {
            FlowOutput output = outputs.get(i);
            if (!output.spec.name().equals(name)) continue;
            outputs.remove(i);
            leaving.add(output);
            return new Departure(output, output.lingerNs(now, lastPayloadNs));
        }
        return null;
    }

    record Departure(FlowOutput output, long lingerNs) {}

    /** Its farewell. What media still has queued is its caller's to drain. */
    void dismiss(long now, FlowOutput output) {
        if (leaving.remove(output)) output.closeEnd(now);
    }

    long lingerNs(long now) {
        long linger = 0;
        for (FlowOutput output : outputs) linger = Math.max(linger, output.lingerNs(now, lastPayloadNs));
        return linger;
    }

    void closeEnds(long now) {
        for (FlowOutput output : all()) output.closeEnd(now);
    }

    void admitNobodyNew() {
        for (FlowOutput output : outputs) if (output.end() != null) output.end().admitNobodyNew();
    }

    void rebind() {
        for (FlowOutput output : outputs) output.rebind();
    }

    /** Also those that are leaving. */
    List<FlowOutput> all() {
        List<FlowOutput> all = new ArrayList<>(outputs);
        all.addAll(leaving);
        return all;
    }

    List<MediaOutput> media() {
        List<MediaOutput> media = new ArrayList<>();
        for (FlowOutput output : outputs) if (output.media() != null) media.add(output.media());
        return media;
    }

    List<FlowSnapshot.OutputView> views(long now, Degraded degraded) {
        List<FlowSnapshot.OutputView> views = new ArrayList<>(outputs.size());
        for (FlowOutput output : outputs) views.add(output.view(now, degraded));
        return List.copyOf(views);
    }
}
