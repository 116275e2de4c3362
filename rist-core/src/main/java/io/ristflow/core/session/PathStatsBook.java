package io.ristflow.core.session;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.base.Ticks;
import java.util.ArrayList;
import java.util.List;

/** A path's figures as the API tells them; the same for both roles. */
final class PathStatsBook {
    private static final long SILENT_NS = 500 * Ticks.NS_PER_MS;

    private PathStatsBook() {}

    static List<PathStats> snapshot(long nowNs, PathTable paths) {
        List<PathStats> all = new ArrayList<>(paths.size());
        for (int i = 0; i < paths.size(); i++) all.add(snapshot(nowNs, paths.at(i)));
        return all;
    }

    private static PathStats snapshot(long nowNs, Path p) {
        long retryBps = p.retryRate.bitsPerSecond(nowNs);
        long bps = p.dataRate.bitsPerSecond(nowNs);
        long sent = p.dataRate.count(nowNs);
        long retransmitted = p.retryRate.count(nowNs);
        double quality = p.sentPackets == 0 || sent + retransmitted == 0 ? 100.0 : 100.0 * sent / (sent + retransmitted);
        return new PathStats(
                p.number, state(nowNs, p), p.flowId, p.cname,
                p.receivedData, p.receivedBytes, p.receivedRtcp, p.sentRtcp,
                p.sentPackets, p.sentBytes, p.retransmitted, p.retransmittedBytes, p.nullPackets,
                p.rtt.lastNs(), p.rtt.smoothedNs(), bps + retryBps, averageBps(nowNs, p), retryBps, quality,
                p.skippedBandwidth, p.skippedSuppressed, p.skippedExhausted, p.skippedAged);
    }

    private static PathStats.State state(long nowNs, Path p) {
        if (!p.heard) return PathStats.State.CONNECTING;
        if (nowNs - p.lastHeardNs > SILENT_NS) return PathStats.State.SILENT;
        return p.connected ? PathStats.State.CONNECTED : PathStats.State.HANDSHAKE;
    }

    private static long averageBps(long nowNs, Path p) {
        long bytes = p.sentBytes + p.retransmittedBytes > 0 ? p.sentBytes + p.retransmittedBytes : p.receivedBytes;
        long ms = Math.max(1, (nowNs - p.openedNs) / Ticks.NS_PER_MS);
        return bytes * 8_000 / ms;
    }
}
