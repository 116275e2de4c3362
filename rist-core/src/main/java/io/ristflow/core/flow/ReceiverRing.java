package io.ristflow.core.flow;

import java.util.Arrays;

/**
 * What a receiver knows of each packet of its window, in arrays indexed by sequence: of those waiting, of those missing, and of some
 * already played (to tell a duplicate from a late packet). Begins small and doubles. A sequence is in the ring if it lies in {@code
 * (highest - capacity, highest]}.
 */
final class ReceiverRing {
    static final int MIN_CAPACITY = 1_024;
    static final int MAX_CAPACITY = 65_536;

    static final byte UNKNOWN = 0;
    static final byte MISSING = 1;
    static final byte STORED = 2;
    static final byte DELIVERED = 3;
    static final byte LOST = 4;

    private int mask = MIN_CAPACITY - 1;
    byte[] state = new byte[MIN_CAPACITY];
    /** Cycles in which a missing packet was asked for. */
    byte[] requests = new byte[MIN_CAPACITY];
    /** As {@code MediaPacket.fragment}. */
    byte[] fragment = new byte[MIN_CAPACITY];
    int[] cell = new int[MIN_CAPACITY];
    long[] sourceNs = new long[MIN_CAPACITY];
    /** The place on the play-out clock's timeline; of a missing packet an estimate between its neighbours. */
    long[] timelineNs = new long[MIN_CAPACITY];
    long[] arrivalNs = new long[MIN_CAPACITY];

    int slot(long sequence) {
        return (int) sequence & mask;
    }

    int capacity() {
        return mask + 1;
    }

    /** The state of a sequence that may lie outside. */
    byte state(long sequence, long highest) {
        return sequence > highest || sequence <= highest - capacity() ? UNKNOWN : state[slot(sequence)];
    }

    /** Makes room for {@code span} sequences and as many again that are past, if the greatest size allows it. */
    void ensure(long span, long highest) {
        while (span * 2 > capacity() && capacity() < MAX_CAPACITY) grow(highest);
    }

    void clear() {
        Arrays.fill(state, UNKNOWN);
    }

    void put(int slot, int cellId, int fragmentOf, long source, long timeline, long arrival) {
        fragment[slot] = (byte) fragmentOf;
        state[slot] = STORED;
        cell[slot] = cellId;
        sourceNs[slot] = source;
        timelineNs[slot] = timeline;
        arrivalNs[slot] = arrival;
    }

    void putMissing(int slot, long timelineEstimate) {
        state[slot] = MISSING;
        requests[slot] = 0;
        timelineNs[slot] = timelineEstimate;
    }

    private void grow(long highest) {
        int old = capacity();
        int oldMask = mask;
        byte[] oldState = state;
        byte[] oldRequests = requests;
        byte[] oldFragment = fragment;
        int[] oldCell = cell;
        long[] oldSource = sourceNs;
        long[] oldTimeline = timelineNs;
        long[] oldArrival = arrivalNs;
        int capacity = old * 2;
        mask = capacity - 1;
        state = new byte[capacity];
        requests = new byte[capacity];
        fragment = new byte[capacity];
        cell = new int[capacity];
        sourceNs = new long[capacity];
        timelineNs = new long[capacity];
        arrivalNs = new long[capacity];
        for (long sequence = highest - old + 1; sequence <= highest; sequence++) {
            int from = (int) sequence & oldMask;
            int to = slot(sequence);
            state[to] = oldState[from];
            requests[to] = oldRequests[from];
            fragment[to] = oldFragment[from];
            cell[to] = oldCell[from];
            sourceNs[to] = oldSource[from];
            timelineNs[to] = oldTimeline[from];
            arrivalNs[to] = oldArrival[from];
        }
    }
}
