package io.ristflow.core.profile;

import io.ristflow.core.base.SequenceUnwrapper;
import io.ristflow.core.base.Ticks;

/** Where one incoming flow's 16-bit sequence numbers and 32-bit timestamps become wide, once and for all. */
public final class MediaNumbers {
    private final SequenceUnwrapper sequences = new SequenceUnwrapper(16);
    private final SequenceUnwrapper timestamps = new SequenceUnwrapper(32);

    public long sequence(int sequence16) {
        return sequences.unwrap(sequence16);
    }

    public long sourceTimeNs(int rtpTimestamp) {
        return Ticks.rtp90kToNs(timestamps.unwrap(Integer.toUnsignedLong(rtpTimestamp)));
    }

    /** The source time of a sender report, which must not move the widening: it may come before the first packet. */
    public long peekSourceTimeNs(int rtpTimestamp) {
        return Ticks.rtp90kToNs(timestamps.peek(Integer.toUnsignedLong(rtpTimestamp)));
    }

    /** Extended highest sequence number for reception reports (RFC 3550 §6.4.1): cycles in the upper, number in the lower 16 bits. */
    public int extendedHighest() {
        return (int) (sequences.highest() - (1 << 16));
    }
}
