package io.ristflow.service.inputs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packets by their position in the stream: those that wait, with their payloads, and of those gone by what they were, so that their copies are known. Grows to what a stream needs and stays.
 */
final class MergeRing {
    /** Waiting packets lie within so many positions. */
    static final int MAX_SPAN = 1 << 16;
    private static final int FIRST_CAPACITY = 1 << 11;
    private static final int CELL_BYTES = 1_536;
    private static final long NO_POSITION = Long.MIN_VALUE;

    private final List<ByteBuffer> spare = new ArrayList<>();
    private int mask;
    private long[] positions;
    private long[] prints;
    private long[] arrivalsNs;
    private long[] duesNs;
    private byte[] inputs;
    private ByteBuffer[] payloads;
    private int waiting;
    /** No packet waits before it. */
    private long firstWaiting;

    MergeRing() {
        allocate(FIRST_CAPACITY);
    }

    private void allocate(int capacity) {
        mask = capacity - 1;
        positions = new long[capacity];
        Arrays.fill(positions, NO_POSITION);
        prints = new long[capacity];
        arrivalsNs = new long[capacity];
        duesNs = new long[capacity];
        inputs = new byte[capacity];
        payloads = new ByteBuffer[capacity];
    }

    /** Copies a packet in. Its position is at most {@value #MAX_SPAN} above {@code next}, the first that has not gone by. */
    void put(long position, long next, long arrivalNs, long dueNs, int input, long print, ByteBuffer payload) {
        // Half of it is for what has gone by.
        while (position - next > mask >> 1) grow();
        int slot = (int) position & mask;
        positions[slot] = position;
        prints[slot] = print;
        arrivalsNs[slot] = arrivalNs;
        duesNs[slot] = dueNs;
        inputs[slot] = (byte) input;
        payloads[slot] = copy(payload);
        if (waiting++ == 0 || position < firstWaiting) firstWaiting = position;
    }

    private void grow() {
        long[] oldPositions = positions, oldPrints = prints, oldArrivals = arrivalsNs, oldDues = duesNs;
        byte[] oldInputs = inputs;
        ByteBuffer[] oldPayloads = payloads;
        allocate(2 * (mask + 1));
        for (int i = 0; i < oldPositions.length; i++) {
            if (oldPositions[i] == NO_POSITION) continue;
            int slot = (int) oldPositions[i] & mask;
            positions[slot] = oldPositions[i];
            prints[slot] = oldPrints[i];
            arrivalsNs[slot] = oldArrivals[i];
            duesNs[slot] = oldDues[i];
            inputs[slot] = oldInputs[i];
            payloads[slot] = oldPayloads[i];
        }
    }

    private ByteBuffer copy(ByteBuffer payload) {
        int bytes = payload.remaining();
        ByteBuffer cell = spare.isEmpty() ? null : spare.removeLast();
        if (cell == null || cell.capacity() < bytes) cell = ByteBuffer.allocateDirect(Math.max(CELL_BYTES, bytes));
        return cell.clear().put(0, payload, payload.position(), bytes).limit(bytes);
    }

    /** Whether this packet waits or has gone by. */
    boolean knows(long position) {
        return positions[(int) position & mask] == position;
    }

    long print(long position) {
        return prints[(int) position & mask];
    }

    long arrivalNs(long position) {
        return arrivalsNs[(int) position & mask];
    }

    long dueNs(long position) {
        return duesNs[(int) position & mask];
    }

    int input(long position) {
        return inputs[(int) position & mask];
    }

    int waiting() {
        return waiting;
    }

    /** The first position at which a packet waits; there must be one. */
    long firstWaiting() {
        while (!waits(firstWaiting)) firstWaiting++;
        return firstWaiting;
    }

    private boolean waits(long position) {
        int slot = (int) position & mask;
        return positions[slot] == position && payloads[slot] != null;
    }

    /** The payload of a waiting packet, which has gone by now. To be given {@link #back}. */
    ByteBuffer take(long position) {
        int slot = (int) position & mask;
        ByteBuffer payload = payloads[slot];
        payloads[slot] = null;
        waiting--;
        return payload;
    }

    void back(ByteBuffer payload) {
        spare.add(payload);
    }

    /** Forgets what has gone by: positions mean something else from now on. Nothing may wait. */
    void forget() {
        Arrays.fill(positions, NO_POSITION);
    }
}
