package io.ristflow.core.adapt;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.packet.LinkQuality;

/**
 * Receiver side: counts what a Link Quality Message says of one stream (or, on Advanced, of one tunnel), one period after the other. What arrives is told packet by packet; what the recovery made of
 * it is read from its cumulative counters when a period ends.
 */
public final class LinkQualityMeter {
    /** A period so long is cut: whoever stopped asking for reports gets none about the time before. */
    private static final long MOST_PERIOD_NS = 60 * Ticks.NS_PER_SECOND;

    private final long intervalNs;
    private int sequence;
    private boolean started;
    private long startNs;
    private long sourcePackets;
    private long sourceBytes;
    private long retransmittedPackets;
    private long retransmittedBytes;
    private long latePackets;
    private long lostBefore;
    private long recoveredBefore;
    private long unrecoveredBefore;

    /** @param intervalNs length of a reporting period, at least a millisecond */
    public LinkQualityMeter(long intervalNs) {
        if (intervalNs < NS_PER_MS) throw new IllegalArgumentException("intervalNs " + intervalNs + " is less than a millisecond");
        this.intervalNs = intervalNs;
    }

    /** The first period begins. */
    public void start(long nowNs) {
        started = true;
        startNs = nowNs;
    }

    public boolean started() {
        return started;
    }

    /**
     * A source packet came, duplicates and late ones included (TR-06-4 Part 1 §5.1, §5.5.1): a first transmission, FEC, an echo response, a keep-alive, a flow attribute message.
     *
     * @param bytes RTP header with its extensions, and payload; 0 for what has no RTP header
     */
    public void onSource(int bytes) {
        sourcePackets++;
        sourceBytes += bytes;
    }

    /** A retransmission came, late or not, needed or not. */
    public void onRetransmission(int bytes) {
        retransmittedPackets++;
        retransmittedBytes += bytes;
    }

    /** One of the first transmissions counted above came too late to be used. */
    public void onLate() {
        latePackets++;
    }

    /** When the running period ends; {@link Ticks#NEVER} before the first began. */
    public long nextReportNs() {
        return started ? startNs + intervalNs : Ticks.NEVER;
    }

    /**
     * Ends the running period, writes what it held and begins the next.
     *
     * @param lost first transmissions found missing since the flow began (less those that were only reordered), {@code recovered} and {@code unrecovered} what became of them
     */
    public void report(long nowNs, long nackWindowMs, long lost, long recovered, long unrecovered, LinkQuality out) {
        // §5.1: periods are contiguous. They are told in whole milliseconds, so they last whole milliseconds
        long periodMs = Math.max(1, Math.min(nowNs - startNs, MOST_PERIOD_NS) / NS_PER_MS);
        out.sequence = sequence++;
        out.periodMs = periodMs;
        out.nackWindowMs = nackWindowMs;
        out.sourceReceived = sourcePackets;
        out.originalLost = Math.max(0, lost - lostBefore);
        out.retransmittedReceived = retransmittedPackets;
        out.recovered = Math.max(0, recovered - recoveredBefore);
        out.unrecovered = Math.max(0, unrecovered - unrecoveredBefore);
        out.late = latePackets;
        out.dataKbps = kbps(sourceBytes, periodMs);
        out.retransmissionKbps = kbps(retransmittedBytes, periodMs);
        startNs = nowNs - startNs > MOST_PERIOD_NS ? nowNs : startNs + periodMs * NS_PER_MS;
        sourcePackets = 0;
        sourceBytes = 0;
        retransmittedPackets = 0;
        retransmittedBytes = 0;
        latePackets = 0;
        lostBefore = lost;
        recoveredBefore = recovered;
        unrecoveredBefore = unrecovered;
    }

    /** §5.1: rounded to the closest 1,000 bits a second; bits a millisecond are just that. */
    private static long kbps(long bytes, long periodMs) {
        return (bytes * 8 + periodMs / 2) / periodMs;
    }
}
