package io.ristflow.core.session;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.bond.PathHealth;
import io.ristflow.core.bond.SenderBond;
import io.ristflow.core.config.PathConfig;
import java.util.ArrayList;
import java.util.List;

/** A path's figures as the API tells them; the same for both roles. */
final class PathStatsBook {
    private static final long SILENT_NS = 500 * Ticks.NS_PER_MS;

    private PathStatsBook() {}

    /** @param bond null: a receiver's */
    static List<PathStats> snapshot(long nowNs, PathTable paths, SenderBond bond) {
        List<PathStats> all = new ArrayList<>(paths.size());
        for (int i = 0; i < paths.size(); i++) all.add(snapshot(nowNs, paths.at(i), bond));
        return all;
    }

    private static PathStats snapshot(long nowNs, Path p, SenderBond bond) {
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
                p.skippedBandwidth, p.skippedSuppressed, p.skippedExhausted, p.skippedAged, bonding(p.leg, bond));
    }

    private static PathStats.Bonding bonding(Leg leg, SenderBond bond) {
        int n = leg.number;
        PathConfig c = leg.config;
        if (bond == null || !bond.has(n)) return new PathStats.Bonding(n, c.name(), leg.weight, c.recoveryPriority(), 1, -1, false, false, 0);
        double delivered = bond.delivered(n) == PathHealth.UNKNOWN ? -1 : bond.delivered(n) / 1e3;
        return new PathStats.Bonding(n, c.name(), leg.weight, c.recoveryPriority(), bond.share(n) / 1e3, delivered, bond.silent(n), bond.muted(n), bond.muteEvents(n));
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
