package io.ristflow.core.session;

import io.ristflow.core.adapt.RateController;
import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.AdaptationConfig;
import io.ristflow.core.flow.RateMeter;
import io.ristflow.core.packet.LinkQuality;

/**
 * Source adaptation at a sender (TR-06-4 Part 1): a controller for every peer, and one target for the one encoder, that of the slowest peer that reports. Bonded paths to one peer all bring its
 * reports, which are about all of them (§5.5).
 */
final class RateDesk {
    private final AdaptationConfig config;
    private final int flowId;
    private final PathTable paths;
    private final RateMeter sent = new RateMeter();
    private long targetBps;
    private boolean told;

    /** @param config null: no adaptation, and nothing here does anything */
    RateDesk(AdaptationConfig config, int flowId, PathTable paths) {
        this.config = config;
        this.flowId = flowId;
        this.paths = paths;
        targetBps = config == null ? 0 : config.maxKbps() * 1_000L;
    }

    /** 0: no adaptation. */
    long targetBps() {
        return targetBps;
    }

    void onConnected(Path path) {
        // A peer that was away comes back to a path that may be as narrow as it was
        if (config != null) path.rate = new RateController(config.minKbps() * 1_000L, config.maxKbps() * 1_000L, targetBps);
    }

    void onLost(Path path, EffectSink sink) {
        path.rate = null;
        path.linkReported = false;
        tell(sink);
    }

    /** A media packet is sent for the first time, on however many paths. */
    void onSent(long nowNs, int bytes) {
        if (config != null) sent.add(nowNs, bytes);
    }

    void onRtt(long nowNs, Path path, long sampleNs) {
        if (path.rate != null) path.rate.onRtt(nowNs, sampleNs);
    }

    void onLinkQuality(long nowNs, Path path, LinkQuality quality, EffectSink sink) {
        if (path.rate == null) return;
        path.rate.onReport(nowNs, quality, copies(nowNs, path));
        path.linkReported = true;
        tell(sink);
    }

    /** §5.5.1: the peer counts every copy that it was sent on purpose. A caller's paths lead to one peer; a listener cannot tell whose are whose, and takes each for another's. */
    private double copies(long nowNs, Path path) {
        long unique = sent.count(nowNs);
        if (!path.configured || unique == 0) return 1;
        long all = 0;
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).configured && paths.at(i).connected) all += paths.at(i).dataRate.count(nowNs);
        return Math.max(1, (double) all / unique);
    }

    private void tell(EffectSink sink) {
        long slowest = Ticks.NEVER;
        long ofBond = 0;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (path.rate == null || !path.linkReported) continue;
            // Of a bond the leg with room decides: the same loss stands in all reports, and a queue on one leg is for the bond to shift
            if (path.configured) ofBond = Math.max(ofBond, path.rate.targetBps());
            else slowest = Math.min(slowest, path.rate.targetBps());
        }
        if (ofBond > 0) slowest = Math.min(slowest, ofBond);
        if (slowest == Ticks.NEVER || told && slowest == targetBps) return;
        targetBps = slowest;
        told = true;
        sink.event(new SessionEvent.TargetBitrate(flowId, slowest));
    }
}
