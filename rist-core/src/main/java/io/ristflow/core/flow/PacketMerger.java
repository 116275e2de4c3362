package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;

import java.nio.ByteBuffer;

/**
 * Puts the halves of {@link PacketSplitter} together again, behind the play-out. A packet with an even number waits for the next one: with the following number and the same source time it is its other half; with
 * anything else both are what they are, and nothing is ever joined that was not cut.
 *
 * <p>What comes out is numbered anew, as two packets make one payload: in steps of 1, and of more where packets were lost.
 */
public final class PacketMerger {
    /** Two halves are due at one instant. So long the second may be behind, by rounding and a late tick, until the first goes alone. */
    private static final long PATIENCE_NS = 5 * NS_PER_MS;

    private ByteBuffer held = ByteBuffer.allocateDirect(2 * PayloadSlab.SMALL_BYTES);
    private boolean holding;
    private long heldSequence;
    private long heldSourceTimeNs;
    private long heldSinceNs;

    private boolean active;
    private boolean started;
    private long lastIn;
    private long lastOut;

    /** @param splits whether the peer cuts what it sends; else everything passes as it comes */
    public void active(boolean splits) {
        active = splits;
    }

    public boolean active() {
        return active;
    }

    /** The next packet in order. */
    public void take(long nowNs, long sequence, long sourceTimeNs, ByteBuffer payload, PayloadSink to) {
        if (holding) {
            if (sequence == heldSequence + 1 && sourceTimeNs == heldSourceTimeNs) {
                held = room(held, payload.remaining());
                held.put(payload);
                lastIn = sequence;
                release(to);
                return;
            }
            release(to);
        }
        number(sequence);
        if (!active || (sequence & 1) != 0) {
            if (payload.hasRemaining()) to.deliver(lastOut, sourceTimeNs, payload);
            return;
        }
        held = room(held.clear(), payload.remaining());
        held.put(payload);
        holding = true;
        heldSequence = sequence;
        heldSourceTimeNs = sourceTimeNs;
        heldSinceNs = nowNs;
    }

    /** Lets a half go that has waited long enough. */
    public void onTime(long nowNs, PayloadSink to) {
        if (holding && nowNs - heldSinceNs >= PATIENCE_NS) release(to);
    }

    /** {@link io.ristflow.core.base.Ticks#NEVER} if nothing waits. */
    public long deadlineNs() {
        return holding ? heldSinceNs + PATIENCE_NS : NEVER;
    }

    /** Lets go what waits. */
    public void flush(PayloadSink to) {
        if (holding) release(to);
    }

    private void release(PayloadSink to) {
        holding = false;
        held.flip();
        if (held.hasRemaining()) to.deliver(lastOut, heldSourceTimeNs, held);
    }

    private void number(long sequence) {
        if (!started) {
            started = true;
            lastOut = sequence;
        } else {
            long missing = sequence - lastIn - 1;
            lastOut += 1 + (active ? (missing + 1) / 2 : missing);
        }
        lastIn = sequence;
    }

    private static ByteBuffer room(ByteBuffer b, int bytes) {
        if (b.remaining() >= bytes) return b;
        return ByteBuffer.allocateDirect(2 * PayloadSlab.LARGE_BYTES).put(b.flip());
    }
}
