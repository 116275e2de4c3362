package io.ristflow.core.bond;

import java.util.Arrays;

/** Which leg carried a packet alone when it was sent for the first time, and when. The last {@value #CAPACITY} packets: a request that comes later says nothing about a leg any more. */
final class CarrierLog {
    static final int CAPACITY = 1 << 15;
    private static final int NONE = -1;

    private final long[] sequence = new long[CAPACITY];
    private final long[] sentNs = new long[CAPACITY];
    private final byte[] leg = new byte[CAPACITY];
    private long newest = Long.MIN_VALUE;

    CarrierLog() {
        Arrays.fill(sequence, Long.MIN_VALUE);
    }

    /** @param carrier -1 if copies of it went out on several legs: its loss is no one leg's */
    void note(long nowNs, long seq, int carrier) {
        int i = (int) seq & CAPACITY - 1;
        sequence[i] = seq;
        sentNs[i] = nowNs;
        leg[i] = (byte) carrier;
        newest = seq;
    }

    /** The record of a packet; -1 if there is none or its loss has been counted. */
    int find(long seq) {
        int i = (int) seq & CAPACITY - 1;
        return sequence[i] == seq && leg[i] != NONE ? i : -1;
    }

    /** The packet noted last. */
    long newest() {
        return newest;
    }

    /** The first of the packets noted that was sent at this instant or later; {@link #newest} + 1 if none was. */
    long firstSince(long ns) {
        long first = newest + 1;
        while (first > newest - CAPACITY + 1 && sequence[(int) (first - 1) & CAPACITY - 1] == first - 1 && sentNs[(int) (first - 1) & CAPACITY - 1] >= ns) first--;
        return first;
    }

    int leg(int record) {
        return leg[record];
    }

    long sentNs(int record) {
        return sentNs[record];
    }

    /** A packet is lost once. */
    void counted(int record) {
        leg[record] = NONE;
    }
}
