package io.ristflow.core.session;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.flow.PayloadSlab;
import java.nio.ByteBuffer;

/**
 * Where datagrams wait for their key, so that a rotation at the sender costs no recovery. Bounded in number and in time: what does not fit is dropped, and asked for again
 * like any other loss.
 */
final class KeyPen {
    private static final int CAPACITY = 512;
    private static final int MAX_DATAGRAM_BYTES = 2_048;
    private static final long MAX_AGE_NS = 500 * Ticks.NS_PER_MS;

    interface Released {
        /** @return whether it still waits: the key made no sense of it, and its nonce may mean another */
        boolean onReleased(Path path, ByteBuffer datagram);
    }

    private final Path[] path = new Path[CAPACITY];
    private final int[] nonce = new int[CAPACITY];
    private final int[] cell = new int[CAPACITY];
    private final long[] heldNs = new long[CAPACITY];
    private PayloadSlab slab;
    private int size;
    private boolean releasing;

    void hold(long nowNs, Path from, int itsNonce, ByteBuffer b, int offset, int end) {
        // While releasing the arrays are being walked; what still waits then is kept where it is.
        if (releasing) return;
        if (size > 0 && nowNs - heldNs[0] > MAX_AGE_NS) forgetOlderThan(nowNs - MAX_AGE_NS);
        if (size == CAPACITY || end - offset > MAX_DATAGRAM_BYTES) return;
        if (slab == null) slab = new PayloadSlab(CAPACITY * 4L * MAX_DATAGRAM_BYTES);
        int stored = slab.store(b, offset, end - offset);
        if (stored == PayloadSlab.NONE) return;
        path[size] = from;
        nonce[size] = itsNonce;
        cell[size] = stored;
        heldNs[size++] = nowNs;
    }

    /** Hands back, in order, what waited for this nonce. */
    void release(Path from, int itsNonce, Released released) {
        int kept = 0;
        releasing = true;
        for (int i = 0; i < size; i++) {
            boolean waits = path[i] != from || nonce[i] != itsNonce || released.onReleased(from, slab.view(cell[i]));
            if (waits) keep(i, kept++);
            else slab.free(cell[i]);
        }
        releasing = false;
        truncate(kept);
    }

    private void forgetOlderThan(long ns) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (heldNs[i] < ns || path[i].closed) slab.free(cell[i]);
            else keep(i, kept++);
        }
        truncate(kept);
    }

    private void keep(int from, int to) {
        path[to] = path[from];
        nonce[to] = nonce[from];
        cell[to] = cell[from];
        heldNs[to] = heldNs[from];
    }

    private void truncate(int kept) {
        for (int i = kept; i < size; i++) path[i] = null;
        size = kept;
    }
}
