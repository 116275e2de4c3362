package io.ristflow.core.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts fragmented payloads together again (TR-06-3 §5.2.3, F and L). It stands behind the recovery, where packets come in order and each at most once: every fragment was recovered for itself, so a step
 * in the sequence is a loss for good, and takes the whole payload with it.
 *
 * <p>Memory: one payload, of {@link #MAX_PAYLOAD_BYTES} at most. Nothing is copied of a payload that is whole in one packet.
 */
public final class FragmentAssembler {
    /** The longest IP packet; a fragment beyond drops its payload. */
    public static final int MAX_PAYLOAD_BYTES = 65_535;

    private static final int FIRST_CAPACITY = 4_096;

    private byte[] bytes = new byte[0];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int length;
    /** A payload has begun. */
    private boolean open;
    /** Fragments belong to a payload that is dropped already. */
    private boolean dropping;
    private long expected = Long.MIN_VALUE;
    private int fragments;
    private long droppedPayloads;

    /**
     * The next packet of the flow.
     *
     * @return the payload that it completes, valid until the next call: {@code payload} itself if it is whole, else a buffer of this class, from position to limit; null if there is none
     */
    public ByteBuffer add(long sequence, boolean first, boolean last, ByteBuffer payload) {
        boolean gap = sequence != expected;
        expected = sequence + 1;
        if (open && (gap || first)) drop();
        if (first) {
            dropping = false;
            fragments = 0;
            if (last) {
                fragments = 1;
                return payload;
            }
            open = true;
            length = 0;
        } else if (!open) {
            // Counted once for all fragments behind the one that is missing
            if (!dropping) droppedPayloads++;
            dropping = !last;
            return null;
        }
        if (length + payload.remaining() > MAX_PAYLOAD_BYTES) {
            drop();
            dropping = !last;
            return null;
        }
        fragments++;
        append(payload);
        if (!last) return null;
        open = false;
        return view.clear().limit(length);
    }

    /** How many packets the payload was that {@link #add} gave last. */
    public int fragments() {
        return fragments;
    }

    /** Payloads of which something came and that could not be completed. */
    public long droppedPayloads() {
        return droppedPayloads;
    }

    private void drop() {
        open = false;
        dropping = true;
        droppedPayloads++;
    }

    private void append(ByteBuffer fragment) {
        int more = fragment.remaining();
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_PAYLOAD_BYTES, Math.max(FIRST_CAPACITY, Math.max(length + more, bytes.length * 2))));
            view = ByteBuffer.wrap(bytes);
        }
        fragment.get(fragment.position(), bytes, length, more);
        length += more;
    }
}
