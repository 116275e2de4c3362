package io.ristflow.core.flow;

/** A receiver flow's figures over the last second. */
public final class ReceiverRates {
    private static final int TS_PACKET_BYTES = 188;

    private final RateMeter arrived = new RateMeter();
    private final RateMeter retransmitted = new RateMeter();
    private final RateMeter rejected = new RateMeter();
    private final RateMeter nulls = new RateMeter();
    private final RateMeter payload = new RateMeter();
    private final RateMeter bufferTime = new RateMeter();
    private final RateMeter lost = new RateMeter();
    private final ArrivalSpacing spacing = new ArrivalSpacing();

    void onArrival(long nowNs, int bytes, boolean retransmission, int nullPackets) {
        arrived.add(nowNs, bytes);
        spacing.onArrival(nowNs);
        if (retransmission) retransmitted.add(nowNs, bytes);
        if (nullPackets > 0) nulls.add(nowNs, (long) nullPackets * TS_PACKET_BYTES);
    }

    void onRejected(long nowNs, int bytes) {
        rejected.add(nowNs, bytes);
    }

    void onDelivered(long nowNs, int bytes, long heldNs) {
        payload.add(nowNs, bytes);
        bufferTime.add(nowNs, heldNs);
    }

    void onLost(long nowNs, long packets) {
        lost.add(nowNs, packets);
    }

    /** Everything that arrived, bits per second. */
    public long bitrateBps(long nowNs) {
        return arrived.bitsPerSecond(nowNs);
    }

    public long retryBitrateBps(long nowNs) {
        return retransmitted.bitsPerSecond(nowNs);
    }

    /** Late packets and duplicates. */
    public long rejectedBitrateBps(long nowNs) {
        return rejected.bitsPerSecond(nowNs);
    }

    public long nullsBitrateBps(long nowNs) {
        return nulls.bitsPerSecond(nowNs);
    }

    public long payloadBitrateBps(long nowNs) {
        return payload.bitsPerSecond(nowNs);
    }

    /** Mean time from arrival to delivery. */
    public long avgBufferTimeNs(long nowNs) {
        return bufferTime.mean(nowNs);
    }

    /** 0..100: what was delivered of what fell due; 100 if nothing did. */
    public double quality(long nowNs) {
        long deliveredPackets = payload.count(nowNs);
        long due = deliveredPackets + lost.sum(nowNs);
        return due == 0 ? 100.0 : 100.0 * deliveredPackets / due;
    }

    public ArrivalSpacing spacing() {
        return spacing;
    }
}
