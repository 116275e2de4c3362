package io.ristflow.core.session;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.flow.ReceiverCounters;
import io.ristflow.core.flow.ReceiverFlow;
import io.ristflow.core.flow.ReceiverRates;
import java.util.ArrayList;
import java.util.List;

/** A receiver's figures as the API tells them. */
final class ReceiverStatsBook {
    private final String profile;

    ReceiverStatsBook(String profile) {
        this.profile = profile;
    }

    ReceiverStats snapshot(long nowNs, List<ReceivedFlow> flows, Conversation conversation) {
        List<PathStats> paths = PathStatsBook.snapshot(nowNs, conversation.paths(), null);
        List<ReceiverStats.Flow> all = new ArrayList<>(flows.size());
        for (ReceivedFlow flow : flows) all.add(snapshot(nowNs, flow, conversation));
        return new ReceiverStats(nowNs, profile, List.copyOf(all), List.copyOf(paths), conversation.faults().counts());
    }

    private static ReceiverStats.Flow snapshot(long nowNs, ReceivedFlow received, Conversation conversation) {
        ReceiverFlow flow = received.packets;
        ReceiverCounters c = flow.counters();
        ReceiverRates rates = flow.rates();
        int peers = 0;
        PathTable paths = conversation.paths();
        for (int i = 0; i < paths.size(); i++) if (paths.at(i).heard && paths.at(i).flowId == received.flowId) peers++;
        boolean alive = nowNs - received.lastMediaNs < conversation.sessionTimeoutNs();
        return new ReceiverStats.Flow(
                received.flowId, peers, alive,
                flow.expectedSinceStart(), c.received, c.receivedBytes, c.delivered, c.missing, c.reordered, c.recovered,
                c.recoveredOneRetry, c.recoveredTwoNacks, c.recoveredThreeNacks, c.recoveredFourNacks, c.recoveredMoreNacks,
                c.lost, c.retries, c.droppedLate, c.droppedFull, c.duplicates, flow.missingNow(), c.missingQueueMax,
                rates.quality(nowNs), flow.bufferNs(), rates.avgBufferTimeNs(nowNs),
                rates.spacing().minNs(), rates.spacing().currentNs(), rates.spacing().maxNs(), flow.rttNs(),
                rates.bitrateBps(nowNs), rates.retryBitrateBps(nowNs), rates.rejectedBitrateBps(nowNs), rates.nullsBitrateBps(nowNs), rates.payloadBitrateBps(nowNs));
    }
}
