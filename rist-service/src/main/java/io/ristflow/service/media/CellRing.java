package io.ristflow.service.media;

import io.ristflow.service.mpegts.Ts;
import java.nio.ByteBuffer;

/** Payloads with the time at which they are due, from one thread to one other; bounded, without locks or garbage. */
final class CellRing {
    static final int CELL_BYTES = 7 * Ts.PACKET_BYTES;

    private final int cells;
    private final ByteBuffer memory;
    private final ByteBuffer view;
    private final int[] length;
    private final long[] dueNs;
    private volatile long written;
    private volatile long read;

    CellRing(int cells) {
        this.cells = cells;
        memory = ByteBuffer.allocateDirect(cells * CELL_BYTES);
        view = memory.duplicate();
        length = new int[cells];
        dueNs = new long[cells];
    }

    /** Any thread. */
    int used() {
        return (int) (written - read);
    }

    boolean full() {
        return used() == cells;
    }

    /** Writer, if not full: copies {@code bytes} of a payload to its place; {@link #publish} hands it over. */
    void fill(int cellOffset, ByteBuffer from, int position, int bytes) {
        memory.put((int) (written % cells) * CELL_BYTES + cellOffset, from, position, bytes);
    }

    /** Writer. */
    void publish(int bytes, long due) {
        int cell = (int) (written % cells);
        length[cell] = bytes;
        dueNs[cell] = due;
        written++;
    }

    /** Reader, if not empty. */
    long dueNs() {
        return dueNs[(int) (read % cells)];
    }

    /** Reader, if not empty; valid until {@link #release}. */
    ByteBuffer payload() {
        int cell = (int) (read % cells);
        return view.limit(cell * CELL_BYTES + length[cell]).position(cell * CELL_BYTES);
    }

    /** Reader. */
    void release() {
        read++;
    }
}
