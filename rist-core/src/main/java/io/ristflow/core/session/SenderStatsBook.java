package io.ristflow.core.session;

import io.ristflow.core.api.SenderStats;
import io.ristflow.core.bond.SenderBond;
import io.ristflow.core.flow.RateMeter;
import io.ristflow.core.flow.SenderFlow;

/** A sender's figures as the API tells them. */
final class SenderStatsBook {
    private final String profile;
    private final int flowId;
    private final RateMeter pushedRate = new RateMeter();
    private long pushed;
    private long pushedBytes;
    private long givenUpUnsent;

    SenderStatsBook(String profile, int flowId) {
        this.profile = profile;
        this.flowId = flowId;
    }

    void pushed(long nowNs, int bytes) {
        pushed++;
        pushedBytes += bytes;
        pushedRate.add(nowNs, bytes);
    }

    void givenUp(int packets) {
        givenUpUnsent += packets;
    }

    SenderStats snapshot(long nowNs, SenderFlow flow, Conversation conversation, SenderBond bond, long targetBitrateBps) {
        return new SenderStats(
                nowNs, profile, flowId, pushed, pushedBytes, flow.nextSequence() - flow.firstUnsent(), givenUpUnsent,
                flow.historyPackets(), flow.historyBytes(), flow.historyNs(nowNs), pushedRate.count(nowNs), targetBitrateBps,
                PathStatsBook.snapshot(nowNs, conversation.paths(), bond), conversation.faults().counts());
    }
}
