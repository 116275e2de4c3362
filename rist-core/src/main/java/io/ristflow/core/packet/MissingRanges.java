package io.ristflow.core.packet;

import java.util.Arrays;

/**
 * Ranges of wide sequence numbers: what a receiver asks for, and what a sender is asked for. Reused; it grows to the largest request and
 * stays there, so that a steady flow allocates nothing.
 */
public final class MissingRanges {
    private long[] first = new long[64];
    private int[] count = new int[64];
    private int ranges;
    private int packets;

    public void clear() {
        ranges = 0;
        packets = 0;
    }

    /** Adds one packet; it joins the last range if it follows it. */
    public void add(long sequence) {
        if (ranges > 0 && first[ranges - 1] + count[ranges - 1] == sequence) {
            count[ranges - 1]++;
            packets++;
        } else {
            addRange(sequence, 1);
        }
    }

    /** Adds {@code packetCount >= 1} packets from {@code firstSequence} on as a range of its own. */
    public void addRange(long firstSequence, int packetCount) {
        if (packetCount < 1) throw new IllegalArgumentException("packetCount " + packetCount + " is not positive");
        if (ranges == first.length) {
            first = Arrays.copyOf(first, ranges * 2);
            count = Arrays.copyOf(count, ranges * 2);
        }
        first[ranges] = firstSequence;
        count[ranges++] = packetCount;
        packets += packetCount;
    }

    public int ranges() {
        return ranges;
    }

    /** All packets of all ranges. */
    public int packets() {
        return packets;
    }

    public boolean isEmpty() {
        return ranges == 0;
    }

    public long first(int range) {
        return first[range];
    }

    public int count(int range) {
        return count[range];
    }
}
