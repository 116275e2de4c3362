package io.ristflow.core.flow;

import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The packets that a sender could repeat, found by sequence number without a search: slot = sequence modulo a power of two. Packets come in at the head and leave
 * at the tail; one given up between leaves a hole. The ring doubles when it is full, up to a limit beyond which the oldest packet makes room.
 *
 * <p>Times of a packet: when it was pushed until it is sent, when it was sent from then on; beside it when it came until then, its source time from then on.
 */
final class HistoryRing {
    static final int INITIAL_CAPACITY = 1_024;

    private static final int NO_CELL = PayloadSlab.NONE;

    private final int maxCapacity;
    /** Two slabs, so that a few large payloads cannot be starved by chunks that small ones took once and never give back. */
    private final PayloadSlab small;
    private final PayloadSlab large;

    private int[] cell = new int[INITIAL_CAPACITY];
    /** As {@code MediaPacket.fragment}. */
    private byte[] fragment = new byte[INITIAL_CAPACITY];
    private long[] atNs = new long[INITIAL_CAPACITY];
    private long[] sourceTimeNs = new long[INITIAL_CAPACITY];
    private int mask = INITIAL_CAPACITY - 1;

    /** The tail: the oldest packet held, or {@link #next} if none is; never a hole. */
    private long oldest;
    private long next;
    private int held;
    private long heldBytes;

    /** @param maxBytes bound of the memory for payloads */
    HistoryRing(long firstSequence, int maxCapacity, long maxBytes) {
        this.maxCapacity = maxCapacity;
        small = new PayloadSlab(maxBytes);
        large = new PayloadSlab(maxBytes);
        oldest = firstSequence;
        next = firstSequence;
    }

    /** Whether a packet of this size needs the oldest one to leave first. */
    boolean full() {
        return next - oldest > mask && mask + 1 >= maxCapacity;
    }

    /** Copies a payload in; false if memory is short, then the caller drops the oldest and tries again. Not when {@link #full}. */
    boolean append(long nowNs, long cameNs, ByteBuffer payload, int fragmentOf) {
        int length = payload.remaining();
        int stored = (length <= PayloadSlab.SMALL_BYTES ? small : large).store(payload, payload.position(), length);
        if (stored == PayloadSlab.NONE) return false;
        if (next - oldest > mask) grow();
        int slot = (int) next & mask;
        cell[slot] = stored;
        fragment[slot] = (byte) fragmentOf;
        atNs[slot] = nowNs;
        sourceTimeNs[slot] = cameNs;
        next++;
        held++;
        heldBytes += length;
        return true;
    }

    /** A number goes by without a packet: nothing could be stored. */
    void skip() {
        if (held == 0) {
            oldest = ++next;
        } else {
            if (next - oldest > mask) grow();
            cell[(int) next++ & mask] = NO_CELL;
        }
    }

    boolean holds(long sequence) {
        return sequence >= oldest && sequence < next && cell[(int) sequence & mask] != NO_CELL;
    }

    /** Only for what {@link #holds}. */
    void load(long sequence, MediaPacket out) {
        int slot = (int) sequence & mask;
        ByteBuffer view = slabOf(cell[slot]).view(cell[slot]);
        out.sequence = sequence;
        out.sourceTimeNs = sourceTimeNs[slot];
        out.fragment = fragment[slot];
        out.payload = view;
        out.payloadOffset = view.position();
        out.payloadLength = view.remaining();
    }

    int length(long sequence) {
        int c = cell[(int) sequence & mask];
        return slabOf(c).length(c);
    }

    /** When it was pushed, or sent if it was. */
    long atNs(long sequence) {
        return atNs[(int) sequence & mask];
    }

    /** When it came, or its source time if it was sent. */
    long sourceTimeNs(long sequence) {
        return sourceTimeNs[(int) sequence & mask];
    }

    void stamp(long sequence, long sentNs, long sourceNs) {
        int slot = (int) sequence & mask;
        atNs[slot] = sentNs;
        sourceTimeNs[slot] = sourceNs;
    }

    /** Only for what {@link #holds}. */
    void drop(long sequence) {
        int slot = (int) sequence & mask;
        PayloadSlab slab = slabOf(cell[slot]);
        held--;
        heldBytes -= slab.length(cell[slot]);
        slab.free(cell[slot]);
        cell[slot] = NO_CELL;
        if (held == 0) {
            oldest = next;
        } else {
            while (cell[(int) oldest & mask] == NO_CELL) oldest++;
        }
    }

    long oldest() {
        return oldest;
    }

    long next() {
        return next;
    }

    int held() {
        return held;
    }

    long heldBytes() {
        return heldBytes;
    }

    int capacity() {
        return mask + 1;
    }

    private PayloadSlab slabOf(int c) {
        return c >= 0 ? small : large;
    }

    private void grow() {
        int oldMask = mask;
        int capacity = (oldMask + 1) * 2;
        int[] cells = new int[capacity];
        byte[] fragments = new byte[capacity];
        long[] ats = new long[capacity];
        long[] sources = new long[capacity];
        Arrays.fill(cells, NO_CELL);
        for (long s = oldest; s < next; s++) {
            int from = (int) s & oldMask;
            int to = (int) s & capacity - 1;
            cells[to] = cell[from];
            fragments[to] = fragment[from];
            ats[to] = atNs[from];
            sources[to] = sourceTimeNs[from];
        }
        cell = cells;
        fragment = fragments;
        atNs = ats;
        sourceTimeNs = sources;
        mask = capacity - 1;
    }
}
