package io.ristflow.service.media;

import java.nio.ByteBuffer;

/**
 * Bytes from one thread to one other, bounded, without locks or garbage. Either side sees the other's position through one volatile field;
 * the writer's side and the reader's side each belong to one thread.
 */
final class ByteRing {
    private final int capacity;
    private final int mask;
    private final ByteBuffer memory;
    private final ByteBuffer readView;
    private final ByteBuffer writeView;
    private volatile long written;
    private volatile long read;

    /** @param capacity a power of two */
    ByteRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        this.capacity = capacity;
        mask = capacity - 1;
        memory = ByteBuffer.allocateDirect(capacity);
        readView = memory.duplicate();
        writeView = memory.duplicate();
    }

    /** Bytes between the two sides. Any thread. */
    int used() {
        return (int) (written - read);
    }

    /** Writer: all of {@code length} bytes or, if there is no room, none. */
    boolean write(ByteBuffer from, int position, int length) {
        long at = written;
        if (length > capacity - (int) (at - read)) return false;
        int index = (int) at & mask;
        int first = Math.min(length, capacity - index);
        memory.put(index, from, position, first);
        if (first < length) memory.put(0, from, position + first, length - first);
        written = at + length;
        return true;
    }

    /** Writer: room to fill in place, up to the ring's edge; none if it is full. Then {@link #produced}. */
    ByteBuffer writable() {
        long at = written;
        int index = (int) at & mask;
        int room = Math.min(capacity - (int) (at - read), capacity - index);
        return writeView.limit(index + room).position(index);
    }

    /** Writer. */
    void produced(int bytes) {
        written += bytes;
    }

    /** Reader: what is there, up to the ring's edge. Then {@link #consumed}. */
    ByteBuffer readable() {
        long at = read;
        int index = (int) at & mask;
        int there = Math.min((int) (written - at), capacity - index);
        return readView.limit(index + there).position(index);
    }

    /** Reader: the byte {@code offset} after the next one; the caller knows from {@link #used} that it is there. */
    byte peek(int offset) {
        return memory.get((int) (read + offset) & mask);
    }

    /** Reader: moves {@code length} bytes, which are there, to the start of {@code to}. */
    void read(ByteBuffer to, int length) {
        int index = (int) read & mask;
        int first = Math.min(length, capacity - index);
        to.put(0, memory, index, first);
        if (first < length) to.put(first, memory, 0, length - first);
        consumed(length);
    }

    /** Reader. */
    void consumed(int bytes) {
        read += bytes;
    }
}
