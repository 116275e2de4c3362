package io.ristflow.core.flow;

/**
 * A receiver flow's cumulative counts; names and meanings are those of {@code ReceiverStats.Flow}. The flow writes, everybody else only
 * reads.
 */
public final class ReceiverCounters {
    public long received;
    public long receivedBytes;
    public long delivered;
    public long deliveredBytes;
    public long missing;
    public long reordered;
    public long recovered;
    public long recoveredOneRetry;
    public long recoveredTwoNacks;
    public long recoveredThreeNacks;
    public long recoveredFourNacks;
    public long recoveredMoreNacks;
    public long lost;
    /** Requests for single packets, one a cycle of an RTT, as librist counts them. */
    public long retries;
    /** Copies of those requests, sent early against loss on the way back. */
    public long requestCopies;
    public long droppedLate;
    public long droppedFull;
    public long duplicates;
    public long missingQueueMax;
    /** Null packets that were put back in. */
    public long nullPackets;
    /** The sequence jumped too far, or the sender began anew: what was held was delivered, and the flow started again. */
    public long restarts;
    /** The source's clock jumped, and play-out followed without a gap. */
    public long clockJumps;

    void countRecovered(int requests) {
        recovered++;
        switch (requests) {
            case 1 -> recoveredOneRetry++;
            case 2 -> recoveredTwoNacks++;
            case 3 -> recoveredThreeNacks++;
            case 4 -> recoveredFourNacks++;
            default -> recoveredMoreNacks++;
        }
    }
}
