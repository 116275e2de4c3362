package io.ristflow.core.flow;

/**
 * What a {@link SenderFlow} counts, cumulative. Written by the flow alone; a session that wants a path's share takes the difference around {@link SenderFlow#onRequested}.
 */
public final class SenderCounters {
    public long pushed;
    public long pushedBytes;
    /** First transmissions. */
    public long sent;
    public long sentBytes;
    /** Packets that were held for a first peer and given up unsent. */
    public long givenUpUnsent;
    /** Sent packets that left the history before their time, as there was no room. */
    public long forgottenEarly;

    /** Packets asked for, all of them; it is the sum of the next six. */
    public long requested;
    public long retransmitted;
    public long retransmittedBytes;
    /** Not in the history any more, or never sent. */
    public long skippedAged;
    /** Repeated to the same requester too short a time ago. */
    public long skippedSuppressed;
    /** The maximum bitrate was reached. */
    public long skippedBandwidth;
    /** Repeated as often as is allowed. */
    public long skippedExhausted;
    /** Beyond what one call may ask for. */
    public long skippedClamped;
}
