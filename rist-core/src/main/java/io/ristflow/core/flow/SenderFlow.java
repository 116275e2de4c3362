package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;

/**
 * The sender's end of a flow: numbers payloads, holds them until they are sent and for as long as one may be asked for, and decides which requests are served.
 *
 * <p><b>One ring.</b> {@code oldest <= firstUnsent <= nextSequence}: what lies before {@link #firstUnsent} was sent and can be repeated, what lies from there on waits.
 *
 * <p><b>How long.</b> A receiver asks until a packet is 1.1 buffers old, by its own clock, which runs one way behind; its last request takes the other way. So a packet is
 * held for 1.1 times the greatest buffer and two of the longest round trips: one is the path, one is for timers and queues on both ends. Two bounds come before that: the
 * numbers (half of the sequence space, beyond which a request would be ambiguous) and the memory (what the maximum bitrate sends in this time).
 */
public final class SenderFlow {
    /** One cycle of 16 bits: so the low 16 bits begin with 0, as librist's do, and every number before is positive. */
    public static final long FIRST_SEQUENCE = 1L << 16;

    /** What one call may ask for; a request names its packets in 4 bytes a range and is answered with a megabyte. librist's cap. */
    public static final int MAX_REQUESTED_PER_CALL = 4_096;

    private static final long FORGET_INTERVAL_NS = 100 * NS_PER_MS;
    private static final long MIN_MEMORY_BYTES = 2L << 20;

    /** Takes what is to be repeated; the packet is valid during the call alone. */
    public interface RetransmitSink {
        void retransmit(MediaPacket p);
    }

    private final long bufferNs;
    private final long keepNs;
    private final HistoryRing ring;
    private final RetransmitGate gate;
    private final SenderCounters counters = new SenderCounters();
    private final MediaPacket packet = new MediaPacket();

    private long firstUnsent = FIRST_SEQUENCE;
    private long lastSourceTimeNs = Long.MIN_VALUE;
    private long nextForgetNs = Long.MIN_VALUE;
    /** Given up for want of room since {@link #giveUpUnsent} was last asked. */
    private int displacedUnsent;

    public SenderFlow(FlowSettings settings) {
        bufferNs = settings.bufferMaxNs();
        keepNs = bufferNs + bufferNs / 10 + 2 * settings.rttMaxNs();
        // A 16-bit number must mean one packet only, and "at most the last one sent" must find it: half of the space.
        int maxPackets = settings.sequenceBits() == 16 ? 1 << 15 : 1 << 19;
        // A quarter more than the bits, for cells are larger than payloads.
        long maxBytes = Math.max(MIN_MEMORY_BYTES, (long) (settings.maxBitrateBps() / 8.0 * keepNs / 1e9 * 1.25));
        ring = new HistoryRing(FIRST_SEQUENCE, maxPackets, maxBytes);
        gate = new RetransmitGate(settings);
    }

    // ---- first transmission ----------------------------------------------------------------------------------------------------

    /** Copies a payload, from position to limit, into the history and returns its sequence number. It waits there until {@link #markSent}. */
    public long push(long nowNs, ByteBuffer payload) {
        return push(nowNs, nowNs, payload, MediaPacket.WHOLE);
    }

    /**
     * As {@link #push(long, ByteBuffer)}, of what came a little before, and of a fragment (TR-06-3 §5.2.3): each is a packet of its own, recovered for itself.
     *
     * @param cameNs kept for {@link #sourceTimeNs}
     */
    public long push(long nowNs, long cameNs, ByteBuffer payload, int fragment) {
        counters.pushed++;
        counters.pushedBytes += payload.remaining();
        if (ring.full()) makeRoom(nowNs);
        long sequence = ring.next();
        while (!ring.append(nowNs, cameNs, payload, fragment)) {
            if (ring.held() == 0) {
                // Longer than any cell; the session's limit is below it.
                ring.skip();
                break;
            }
            displaceOldest();
        }
        return sequence;
    }

    /** The time that a packet should bear which is sent now for the first time: when it came, or now if it had to wait since it was pushed. Only for what is held. */
    public long sourceTimeNs(long nowNs, long sequence) {
        return ring.atNs(sequence) == nowNs ? ring.sourceTimeNs(sequence) : nowNs;
    }

    /** The first packet not sent yet; {@link #nextSequence} if there is none. */
    public long firstUnsent() {
        return firstUnsent;
    }

    /** What the next {@link #push} will return. */
    public long nextSequence() {
        return ring.next();
    }

    /** Whether a packet is held, sent or not. */
    public boolean holds(long sequence) {
        return ring.holds(sequence);
    }

    /** Fills {@code out} with a packet that is held, sent or not; false if it is not. The payload view is valid until the next call of this flow. */
    public boolean load(long sequence, MediaPacket out) {
        if (!ring.holds(sequence)) return false;
        ring.load(sequence, out);
        out.retransmission = false;
        out.nullPackets = 0;
        return true;
    }

    /**
     * A packet goes out for the first time. Packets go in order: what lies before this one and was not sent is given up.
     *
     * @param sourceTimeNs stamped on it and on all its repetitions; never less than that of the packet before, else that one's is taken
     */
    public void markSent(long nowNs, long sequence, long sourceTimeNs) {
        if (sequence < firstUnsent || sequence >= ring.next()) return;
        while (firstUnsent < sequence) giveUp(firstUnsent++);
        firstUnsent = sequence + 1;
        if (!ring.holds(sequence)) return;
        lastSourceTimeNs = Math.max(lastSourceTimeNs, sourceTimeNs);
        ring.stamp(sequence, nowNs, lastSourceTimeNs);
        int bytes = ring.length(sequence);
        gate.sent(nowNs, bytes);
        counters.sent++;
        counters.sentBytes += bytes;
    }

    /** Gives up what was pushed before {@code olderThanNs} and never sent; returns how many packets, with those that lack of room took meanwhile. */
    public int giveUpUnsent(long olderThanNs) {
        int given = displacedUnsent;
        displacedUnsent = 0;
        while (firstUnsent < ring.next() && (!ring.holds(firstUnsent) || ring.atNs(firstUnsent) < olderThanNs)) {
            if (giveUp(firstUnsent++)) given++;
        }
        return given;
    }

    // ---- requests --------------------------------------------------------------------------------------------------------------

    /**
     * Serves a request as far as the gates allow, in its order.
     *
     * @param requester who asks, from 0, a path number: a repetition to one does not keep back that to another
     * @param rttNs the last round-trip sample of the requester's path; 0 if there is none yet
     */
    public void onRequested(long nowNs, MissingRanges ranges, int requester, long rttNs, RetransmitSink sink) {
        long quietNs = gate.quietNs(rttNs);
        int budget = MAX_REQUESTED_PER_CALL;
        for (int r = 0; r < ranges.ranges(); r++) {
            int asked = ranges.count(r);
            int served = Math.min(asked, budget);
            long first = ranges.first(r);
            for (int i = 0; i < served; i++) serve(nowNs, first + i, requester, quietNs, sink);
            budget -= served;
            counters.requested += asked;
            counters.skippedClamped += asked - served;
        }
    }

    private void serve(long nowNs, long sequence, int requester, long quietNs, RetransmitSink sink) {
        if (sequence >= firstUnsent || !ring.holds(sequence) || nowNs - ring.atNs(sequence) > keepNs) {
            counters.skippedAged++;
            return;
        }
        switch (gate.judge(nowNs, sequence, requester, quietNs)) {
            case SUPPRESSED -> counters.skippedSuppressed++;
            case BANDWIDTH -> counters.skippedBandwidth++;
            case EXHAUSTED -> counters.skippedExhausted++;
            case REPEAT -> {
                ring.load(sequence, packet);
                packet.retransmission = true;
                packet.nullPackets = 0;
                counters.retransmitted++;
                counters.retransmittedBytes += packet.payloadLength;
                gate.repeated(nowNs, sequence, requester, packet.payloadLength, ring.oldest(), quietNs);
                sink.retransmit(packet);
            }
        }
    }

    // ---- time ------------------------------------------------------------------------------------------------------------------

    /** Forgets sent packets that nobody can want any more. */
    public void onTick(long nowNs) {
        if (nowNs < nextForgetNs) return;
        nextForgetNs = nowNs + FORGET_INTERVAL_NS;
        forget(nowNs);
    }

    /** When something ages next, no more often than every 100 ms: a packet that is held a little longer harms nobody. */
    public long nextDeadlineNs() {
        if (ring.held() == 0) return NEVER;
        long next = NEVER;
        if (ring.oldest() < firstUnsent) next = ring.atNs(ring.oldest()) + keepNs + 1;
        if (firstUnsent < ring.next() && ring.holds(firstUnsent)) next = Math.min(next, ring.atNs(firstUnsent) + bufferNs + 1);
        return Math.max(next, nextForgetNs);
    }

    // ---- figures ---------------------------------------------------------------------------------------------------------------

    public SenderCounters counters() {
        return counters;
    }

    /** Packets held, sent or waiting. */
    public long historyPackets() {
        return ring.held();
    }

    /** Their payload. */
    public long historyBytes() {
        return ring.heldBytes();
    }

    /** How far back a request could reach now; 0 if nothing was sent. */
    public long historyNs(long nowNs) {
        return ring.oldest() < firstUnsent ? nowNs - ring.atNs(ring.oldest()) : 0;
    }

    // ---- leaving the history ---------------------------------------------------------------------------------------------------

    private void makeRoom(long nowNs) {
        forget(nowNs);
        if (ring.full()) displaceOldest();
    }

    private void forget(long nowNs) {
        while (ring.oldest() < firstUnsent && nowNs - ring.atNs(ring.oldest()) > keepNs) ring.drop(ring.oldest());
    }

    private void displaceOldest() {
        long oldest = ring.oldest();
        if (oldest < firstUnsent) {
            ring.drop(oldest);
            counters.forgottenEarly++;
        } else if (giveUp(oldest)) {
            firstUnsent = oldest + 1;
            displacedUnsent++;
        }
    }

    private boolean giveUp(long sequence) {
        if (!ring.holds(sequence)) return false;
        ring.drop(sequence);
        counters.givenUpUnsent++;
        return true;
    }
}
