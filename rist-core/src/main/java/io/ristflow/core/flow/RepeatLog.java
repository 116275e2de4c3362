package io.ristflow.core.flow;

import java.util.Arrays;

/**
 * When a packet was last repeated to a requester, and how often: one record for each pair of them. Most packets are never repeated, so the records lie in a table of
 * their own, in buckets of {@value #WAYS}. A record whose packet has left the history, or that was not touched for long, gives its place to a new one; if a bucket holds none
 * such the table doubles, up to {@value #MAX_RECORDS} records, and beyond that the record untouched for longest is forgotten, which costs one repetition too many at worst.
 */
final class RepeatLog {
    static final int WAYS = 8;
    static final int MAX_RECORDS = 1 << 17;

    /** Spreads the requesters of one packet over buckets; consecutive packets of one requester fall into consecutive ones. */
    private static final int REQUESTER_STEP = 0x9E37_79B1;

    private long[] sequence = new long[512];
    private int[] requester = new int[512];
    private long[] lastNs = new long[512];
    private int[] repeats = new int[512];
    private int buckets = 512 / WAYS;

    RepeatLog() {
        Arrays.fill(sequence, Long.MIN_VALUE);
    }

    /** The record's index, or -1. */
    int find(long seq, int who) {
        int from = bucket(seq, who) * WAYS;
        for (int i = from; i < from + WAYS; i++) if (sequence[i] == seq && requester[i] == who) return i;
        return -1;
    }

    long lastNs(int record) {
        return lastNs[record];
    }

    int repeats(int record) {
        return repeats[record];
    }

    /**
     * @param record what {@link #find} gave
     * @param oldestHeld the first sequence that may still be asked for
     * @param idleSinceNs what was not touched since then will not be asked for again
     */
    void note(int record, long nowNs, long seq, int who, long oldestHeld, long idleSinceNs) {
        int r = record >= 0 ? record : claim(seq, who, oldestHeld, idleSinceNs);
        lastNs[r] = nowNs;
        repeats[r]++;
    }

    int capacity() {
        return sequence.length;
    }

    private int claim(long seq, int who, long oldestHeld, long idleSinceNs) {
        int r = place(seq, who, oldestHeld, idleSinceNs);
        while (inUse(r, oldestHeld, idleSinceNs) && sequence.length < MAX_RECORDS) {
            grow(oldestHeld, idleSinceNs);
            r = place(seq, who, oldestHeld, idleSinceNs);
        }
        sequence[r] = seq;
        requester[r] = who;
        repeats[r] = 0;
        return r;
    }

    /** A record out of use in the bucket, else the one untouched for longest. */
    private int place(long seq, int who, long oldestHeld, long idleSinceNs) {
        int from = bucket(seq, who) * WAYS;
        int best = from;
        for (int i = from; i < from + WAYS; i++) {
            if (!inUse(i, oldestHeld, idleSinceNs)) return i;
            if (lastNs[i] < lastNs[best]) best = i;
        }
        return best;
    }

    private boolean inUse(int record, long oldestHeld, long idleSinceNs) {
        return sequence[record] >= oldestHeld && lastNs[record] >= idleSinceNs;
    }

    private int bucket(long seq, int who) {
        return ((int) seq + who * REQUESTER_STEP) & buckets - 1;
    }

    private void grow(long oldestHeld, long idleSinceNs) {
        long[] sequences = sequence;
        int[] requesters = requester;
        long[] lasts = lastNs;
        int[] counts = repeats;
        int capacity = sequences.length * 2;
        sequence = new long[capacity];
        requester = new int[capacity];
        lastNs = new long[capacity];
        repeats = new int[capacity];
        buckets = capacity / WAYS;
        Arrays.fill(sequence, Long.MIN_VALUE);
        for (int i = 0; i < sequences.length; i++) {
            if (sequences[i] < oldestHeld || lasts[i] < idleSinceNs) continue;
            // A bucket's records go to two buckets of the same size, so there is room for each.
            int r = place(sequences[i], requesters[i], oldestHeld, idleSinceNs);
            sequence[r] = sequences[i];
            requester[r] = requesters[i];
            lastNs[r] = lasts[i];
            repeats[r] = counts[i];
        }
    }
}
