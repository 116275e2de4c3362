package io.ristflow.core.flow;

import io.ristflow.core.base.Ticks;

/**
 * What a reception report says of a flow (RFC 3550 §6.4.1), counted on first transmissions alone: repeated packets travel under another
 * SSRC (TR-06-1 §5.3.3), so that the report tells what the path loses and not what recovery mended.
 */
public final class ReceptionStats {
    private static final int MAX_CUMULATIVE = 0x7F_FFFF;
    private static final int MIN_CUMULATIVE = -0x80_0000;
    /** So great a difference is a jump of the source's clock and no jitter. */
    private static final long CLOCK_JUMP_NS = Ticks.NS_PER_SECOND;

    private long baseSequence;
    private long highestSequence;
    private long received;
    private boolean started;
    private long previousTransitNs;
    private long jitterNs16;
    private long expectedPrior;
    private long receivedPrior;
    private int fractionLost;

    void onPacket(long nowNs, long sequence, long sourceTimeNs) {
        long transitNs = nowNs - sourceTimeNs;
        if (!started) {
            restart(sequence, transitNs);
            return;
        }
        if (sequence < baseSequence) return;
        received++;
        if (sequence > highestSequence) highestSequence = sequence;
        // RFC 3550 A.8, in nanoseconds and without rounding error: J += (|D| - J) / 16, J kept sixteenfold.
        long difference = Math.abs(transitNs - previousTransitNs);
        previousTransitNs = transitNs;
        if (difference < CLOCK_JUMP_NS) jitterNs16 += difference - (jitterNs16 + 8 >> 4);
    }

    /** The flow began, or began anew. */
    void restart(long sequence, long transitNs) {
        started = true;
        baseSequence = sequence;
        highestSequence = sequence;
        received = 1;
        expectedPrior = 0;
        receivedPrior = 0;
        previousTransitNs = transitNs;
    }

    /** The flow takes a packet from before its first. */
    void extendTo(long sequence) {
        if (sequence < baseSequence) baseSequence = sequence;
    }

    /** Closes the interval since the last call; {@link #fractionLost()} is then this interval's. RFC 3550 A.3. */
    public void closeInterval() {
        long expectedInterval = expected() - expectedPrior;
        long receivedInterval = received - receivedPrior;
        expectedPrior = expected();
        receivedPrior = received;
        long lostInterval = expectedInterval - receivedInterval;
        fractionLost = expectedInterval <= 0 || lostInterval <= 0 ? 0 : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }

    /** Of the last closed interval, in 1/256. */
    public int fractionLost() {
        return fractionLost;
    }

    /** Since the flow's start, clamped to the report's signed 24 bits; duplicates can make it negative. */
    public int cumulativeLost() {
        return (int) Math.clamp(expected() - received, MIN_CUMULATIVE, MAX_CUMULATIVE);
    }

    /** The highest wide sequence number of a first transmission. */
    public long highestSequence() {
        return highestSequence;
    }

    public long jitterNs() {
        return jitterNs16 >> 4;
    }

    public boolean started() {
        return started;
    }

    private long expected() {
        return started ? highestSequence - baseSequence + 1 : 0;
    }
}
