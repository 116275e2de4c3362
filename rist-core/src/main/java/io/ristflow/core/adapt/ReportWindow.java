package io.ristflow.core.adapt;

import io.ristflow.core.packet.LinkQuality;

/** The last reports of a receiver, summed over as many as a question needs. */
final class ReportWindow {
    private static final int SLOTS = 32;
    /** Nobody sends so many packets or bits in a period; keeps sums from overflowing whatever a peer says. */
    private static final long MOST_COUNT = 1L << 32;
    private static final long MOST_PERIOD_MS = 600_000;

    private final long[] atNs = new long[SLOTS];
    private final long[] periodMs = new long[SLOTS];
    private final long[] came = new long[SLOTS];
    private final long[] lost = new long[SLOTS];
    private final long[] unrecovered = new long[SLOTS];
    private final long[] bits = new long[SLOTS];
    private int count;
    private int newest = -1;

    private long sumMs;
    private long sumCame;
    private long sumLost;
    private long sumUnrecovered;
    private long sumBits;

    /** @param copies how often each first transmission was sent on purpose, 1 or more: the report counts them all (TR-06-4 Part 1 §5.5.1) */
    void add(long nowNs, LinkQuality q, double copies) {
        newest = (newest + 1) % SLOTS;
        count = Math.min(SLOTS, count + 1);
        atNs[newest] = nowNs;
        periodMs[newest] = Math.clamp(q.periodMs, 1, MOST_PERIOD_MS);
        came[newest] = (long) (Math.min(q.sourceReceived, MOST_COUNT) / copies);
        lost[newest] = Math.min(q.originalLost, MOST_COUNT);
        unrecovered[newest] = Math.min(q.unrecovered, MOST_COUNT);
        // kbit/s times milliseconds are bits
        bits[newest] = ((long) (Math.min(q.dataKbps, MOST_COUNT) / copies) + Math.min(q.retransmissionKbps, MOST_COUNT)) * periodMs[newest];
    }

    void clear() {
        count = 0;
    }

    /**
     * Sums the newest reports until they span {@code spanMs} and hold {@code packets}, but none that came before {@code sinceNs}, and none that begins more than {@code mostMs} before the newest's end.
     *
     * @return the milliseconds they span, 0 if there are none
     */
    long sum(long sinceNs, long spanMs, long packets, long mostMs) {
        sumMs = 0;
        sumCame = 0;
        sumLost = 0;
        sumUnrecovered = 0;
        sumBits = 0;
        for (int i = 0; i < count; i++) {
            int slot = Math.floorMod(newest - i, SLOTS);
            boolean enough = sumMs >= spanMs && sumCame + sumLost >= packets || sumMs + periodMs[slot] > mostMs && i > 0;
            if (enough || atNs[slot] < sinceNs) break;
            sumMs += periodMs[slot];
            sumCame += came[slot];
            sumLost += lost[slot];
            sumUnrecovered += unrecovered[slot];
            sumBits += bits[slot];
        }
        return sumMs;
    }

    /** First transmissions lost of those sent, 0..1. */
    double loss() {
        return share(sumLost);
    }

    /** What recovery did not mend, 0..1. */
    double residual() {
        return Math.min(1, share(sumUnrecovered));
    }

    /** First transmissions sent, as far as the reports tell. */
    long packets() {
        return sumCame + sumLost;
    }

    /** All that came, retransmissions included, over the time that the reports span. */
    long bitsPerSecond() {
        return sumMs == 0 ? 0 : sumBits / sumMs * 1_000;
    }

    private double share(long part) {
        long all = sumCame + sumLost;
        return all == 0 ? 0 : (double) part / all;
    }
}
