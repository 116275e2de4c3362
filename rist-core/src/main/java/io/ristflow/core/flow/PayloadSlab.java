package io.ristflow.core.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Payload bytes in cells of two sizes: {@value #SMALL_BYTES} bytes for what fits an MTU, {@value #LARGE_BYTES} for the rare rest. Cells
 * come from chunks that are allocated when they are first needed and reused ever after, so a steady flow allocates nothing and an idle
 * one holds nothing.
 *
 * <p>A cell is an opaque {@code int}: at least 0 for small, below {@link #NONE} for large ones. One thread. The slab trusts its owner: a
 * cell must be freed once.
 */
public final class PayloadSlab {
    /** No cell: the payload is longer than {@link #LARGE_BYTES}, or the slab has reached its limit. */
    public static final int NONE = -1;

    public static final int SMALL_BYTES = 1_536;
    public static final int LARGE_BYTES = 9_984;

    private final Cells small;
    private final Cells large;
    private final long maxBytes;

    /** @param maxBytes memory that it may take at most; beyond it {@link #store} returns {@link #NONE} */
    public PayloadSlab(long maxBytes) {
        this.maxBytes = maxBytes;
        // Chunks of 48 and 39 KiB: small enough for many quiet flows, large enough that a fast one has few of them.
        small = new Cells(SMALL_BYTES, 32);
        large = new Cells(LARGE_BYTES, 4);
    }

    /** Copies {@code src[off, off + len)} (absolute; position and limit of {@code src} are neither used nor changed) into a cell. */
    public int store(ByteBuffer src, int off, int len) {
        if (len <= SMALL_BYTES) return small.store(src, off, len, room(small));
        if (len > LARGE_BYTES) return NONE;
        int cell = large.store(src, off, len, room(large));
        return cell == NONE ? NONE : ~cell - 1;
    }

    /** The payload, from position to limit of a buffer that is valid until the next call to this slab. */
    public ByteBuffer view(int cell) {
        return cell >= 0 ? small.view(cell) : large.view(~(cell + 1));
    }

    public int length(int cell) {
        return cell >= 0 ? small.length[cell] : large.length[~(cell + 1)];
    }

    public void free(int cell) {
        if (cell >= 0) {
            small.free(cell);
        } else {
            large.free(~(cell + 1));
        }
    }

    /** Memory held for payloads, used or free. */
    public long bytes() {
        return small.bytes() + large.bytes();
    }

    /** Cells in use. */
    public int used() {
        return small.used() + large.used();
    }

    private boolean room(Cells cells) {
        return bytes() + cells.chunkBytes() <= maxBytes;
    }

    private static final class Cells {
        private final int cellBytes;
        private final int perChunk;
        private final int chunkShift;
        private ByteBuffer[] chunks = new ByteBuffer[0];
        private int[] length = new int[0];
        private int[] freeCells = new int[0];
        private int free;
        private int chunkCount;

        /** @param perChunk a power of two */
        Cells(int cellBytes, int perChunk) {
            this.cellBytes = cellBytes;
            this.perChunk = perChunk;
            chunkShift = Integer.numberOfTrailingZeros(perChunk);
        }

        int store(ByteBuffer src, int off, int len, boolean mayGrow) {
            if (free == 0) {
                if (!mayGrow) return NONE;
                grow();
            }
            int cell = freeCells[--free];
            chunks[cell >> chunkShift].clear().put(start(cell), src, off, len);
            length[cell] = len;
            return cell;
        }

        ByteBuffer view(int cell) {
            int start = start(cell);
            return chunks[cell >> chunkShift].limit(start + length[cell]).position(start);
        }

        void free(int cell) {
            freeCells[free++] = cell;
        }

        int used() {
            return chunkCount * perChunk - free;
        }

        long bytes() {
            return (long) chunkCount * chunkBytes();
        }

        int chunkBytes() {
            return cellBytes * perChunk;
        }

        private int start(int cell) {
            return (cell & perChunk - 1) * cellBytes;
        }

        private void grow() {
            int cells = (chunkCount + 1) * perChunk;
            if (chunkCount == chunks.length) chunks = Arrays.copyOf(chunks, Math.max(4, chunkCount * 2));
            if (cells > length.length) {
                length = Arrays.copyOf(length, Math.max(cells, length.length * 2));
                freeCells = Arrays.copyOf(freeCells, length.length);
            }
            chunks[chunkCount] = ByteBuffer.allocateDirect(chunkBytes());
            // The lowest cell on top: what is used is then what lies together.
            for (int i = perChunk - 1; i >= 0; i--) freeCells[free++] = chunkCount * perChunk + i;
            chunkCount++;
        }
    }
}
