package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import io.ristflow.core.packet.MissingRanges;
import java.util.Arrays;

/**
 * When a missing packet is asked for. The list holds, in ascending order, what is still worth asking for; a pass costs O(missing).
 *
 * <p>Requests come in cycles of 1.1 x RTT, or of a little less where that gives one cycle more before it is too late, at most as many as there are retries. Within a cycle a request is repeated by a few early
 * copies: a sender answers a packet once per RTT, so a copy that comes less than half an RTT after the first costs nothing on the way
 * forward, but where the way back loses half of all datagrams it makes three requests of four arrive instead of two. A sender that does
 * answer copies twice is noticed by the duplicates, and gets none.
 *
 * <p>DEVIATION(librist): it sends no copies, and asks until a packet's age is 1.1 buffers; here asking ends when an answer would come too
 * late.
 */
final class NackPlanner {
    /**
     * @param firstSends how often a request is sent in a packet's first cycle, copies included; {@code laterSends} in each later one
     * @param copySpacingNs greatest time between copies; an RTT's fifth if that is less
     * @param burstNs how much of the time-averaged request budget may be spent at once
     */
    record Policy(int firstSends, int laterSends, long copySpacingNs, long burstNs) {
        static final Policy EARLY_COPIES = new Policy(2, 3, 12 * NS_PER_MS, 20 * NS_PER_MS);
        /** One request a cycle, as librist does. */
        static final Policy PLAIN = new Policy(1, 1, 12 * NS_PER_MS, 20 * NS_PER_MS);
    }

    private static final long LEAST_COPY_SPACING_NS = 4 * NS_PER_MS;
    private static final long STARVED_RETRY_NS = NS_PER_MS;
    /** Of what a request is answered with: librist's estimate of a datagram. */
    private static final long ANSWER_BITS = 1_400 * 8;
    private static final int LEAST_BURST = 64;
    private static final int RANGE_BITS = 32;
    private static final int DATAGRAM_BITS = 80 * 8;
    private static final int RANGES_PER_DATAGRAM = 16;
    /** Beyond so many cycles one more makes no difference worth a request that may come before its answer. */
    private static final long FEW_CYCLES = 8;
    private static final int VERDICT_PACKETS = 64;
    private static final long NO_COPIES_NS = 30 * NS_PER_SECOND;

    private final Policy policy;
    private final int maxRetries;
    private final long returnBitrateBps;
    private final double requestsPerNs;
    private final double requestBurst;
    private double requestTokens;
    private double returnTokenBits;
    private long refilledNs;
    private boolean refilled;

    private long[] sequence = new long[64];
    private long[] dueNs = new long[64];
    private long[] cycleNs = new long[64];
    private long[] opensNs = new long[64];
    private byte[] sends = new byte[64];
    private int size;
    private long earliestNs = NEVER;

    private int answered;
    private int wasted;
    private long copiesFromNs = Long.MIN_VALUE;

    NackPlanner(Policy policy, FlowSettings settings) {
        this.policy = policy;
        maxRetries = settings.maxRetries();
        returnBitrateBps = settings.returnBitrateBps();
        // librist: twice what the maximum bitrate could answer.
        requestsPerNs = 2.0 * settings.maxBitrateBps() / ANSWER_BITS / NS_PER_SECOND;
        requestBurst = Math.max(LEAST_BURST, requestsPerNs * policy.burstNs());
    }

    /** A gap was found; {@code missing} is above all before. */
    void add(long missing, long firstDueNs) {
        if (maxRetries == 0) return;
        room();
        set(size++, missing, firstDueNs);
        if (firstDueNs < earliestNs) earliestNs = firstDueNs;
    }

    /** As {@link #add}, below all before: only where a flow begins with reordered packets. */
    void addInFront(long missing, long firstDueNs) {
        if (maxRetries == 0) return;
        room();
        System.arraycopy(sequence, 0, sequence, 1, size);
        System.arraycopy(dueNs, 0, dueNs, 1, size);
        System.arraycopy(cycleNs, 0, cycleNs, 1, size);
        System.arraycopy(opensNs, 0, opensNs, 1, size);
        System.arraycopy(sends, 0, sends, 1, size);
        size++;
        set(0, missing, firstDueNs);
        if (firstDueNs < earliestNs) earliestNs = firstDueNs;
    }

    void clear() {
        size = 0;
        earliestNs = NEVER;
    }

    /** A lower bound of when {@link #collect} has work. */
    long earliestNs() {
        return earliestNs;
    }

    /** A packet that had been asked for arrived; {@code again}: a second time. */
    void onAnswer(long nowNs, boolean again) {
        answered++;
        if (again) wasted++;
        if (answered < VERDICT_PACKETS) return;
        if (wasted * 4 > answered) copiesFromNs = nowNs + NO_COPIES_NS;
        answered = 0;
        wasted = 0;
    }

    /**
     * Adds all requests that are due to {@code out} and marks them asked.
     *
     * @param next lowest sequence not played; what is below is forgotten
     * @param usefulFromNs packets whose place on the timeline is before this cannot arrive in time any more
     * @param shift what is subtracted from a sequence on the way out
     */
    void collect(
            long nowNs, ReceiverRing ring, long next, PacingRtt rtt, long usefulFromNs, long shift, ReceiverCounters counters,
            MissingRanges out) {
        if (nowNs < earliestNs) return;
        refill(nowNs);
        long cycleLengthNs = rtt.pacingNs() + rtt.pacingNs() / 10;
        long copyLimitNs = rtt.smoothedNs() / 2;
        long copySpacingNs = Math.max(LEAST_COPY_SPACING_NS, Math.min(policy.copySpacingNs(), rtt.smoothedNs() / 5));
        boolean copiesAllowed = rtt.known() && nowNs >= copiesFromNs;
        long asked = Long.MIN_VALUE;
        boolean starved = false;
        int kept = 0;
        earliestNs = NEVER;
        for (int i = 0; i < size; i++) {
            long missing = sequence[i];
            int slot = ring.slot(missing);
            if (missing < next || ring.state[slot] != ReceiverRing.MISSING) continue;
            long due = dueNs[i];
            if (due <= nowNs) {
                boolean opens = sends[i] == 0 || nowNs >= opensNs[i];
                long leftNs = ring.timelineNs[slot] - usefulFromNs;
                boolean hopeless = leftNs < 0 || opens && ring.requests[slot] >= maxRetries;
                if (hopeless) continue;
                boolean ask = opens || copiesAllowed && nowNs - cycleNs[i] <= copyLimitNs + copySpacingNs / 2 && copiesAffordable();
                if (ask && !pay(opens, missing, asked)) {
                    starved |= opens;
                    ask = false;
                } else if (opens) {
                    cycleNs[i] = nowNs;
                    opensNs[i] = nowNs + cycleNs(leftNs, cycleLengthNs, rtt);
                    sends[i] = 1;
                    ring.requests[slot]++;
                    counters.retries++;
                } else if (ask) {
                    sends[i]++;
                    counters.requestCopies++;
                }
                if (ask) {
                    out.add(missing - shift);
                    asked = missing;
                }
                if (ask || !opens) {
                    due = nextDueNs(nowNs, i, ring.requests[slot], copyLimitNs, copySpacingNs, copiesAllowed && ask);
                }
            }
            move(i, kept, due);
            kept++;
            if (due > nowNs && due < earliestNs) earliestNs = due;
        }
        size = kept;
        if (starved) earliestNs = Math.min(earliestNs, nowNs + STARVED_RETRY_NS);
    }

    /** Where the time left holds one more cycle of a bare RTT than it holds usual ones, they are as short as that takes: with small buffers the last one decides. */
    private static long cycleNs(long leftNs, long usualNs, PacingRtt rtt) {
        long shortestNs = rtt.pacingNs();
        long most = leftNs / shortestNs;
        return rtt.known() && most > leftNs / usualNs && most <= FEW_CYCLES ? leftNs / most : usualNs;
    }

    private long nextDueNs(long nowNs, int i, int cycle, long copyLimitNs, long copySpacingNs, boolean copies) {
        int wanted = cycle == 1 ? policy.firstSends() : policy.laterSends();
        long copyNs = nowNs + copySpacingNs;
        if (copies && sends[i] < wanted && copyNs - cycleNs[i] <= copyLimitNs) return copyNs;
        return Math.max(nowNs + 1, opensNs[i]);
    }

    private boolean pay(boolean opens, long missing, long lastAsked) {
        if (opens && requestTokens < 1) return false;
        if (returnBitrateBps > 0 && missing != lastAsked + 1) {
            int cost = RANGE_BITS + (lastAsked == Long.MIN_VALUE ? DATAGRAM_BITS : DATAGRAM_BITS / RANGES_PER_DATAGRAM);
            if (returnTokenBits < cost) return false;
            returnTokenBits -= cost;
        }
        if (opens) requestTokens--;
        return true;
    }

    /** Where the way back is narrow, first requests go before copies. */
    private boolean copiesAffordable() {
        return returnBitrateBps == 0 || returnTokenBits * 2 > returnBurstBits();
    }

    private void refill(long nowNs) {
        if (!refilled) {
            refilled = true;
            requestTokens = requestBurst;
            returnTokenBits = returnBurstBits();
        } else {
            long elapsedNs = nowNs - refilledNs;
            requestTokens = Math.min(requestBurst, requestTokens + elapsedNs * requestsPerNs);
            double returnBits = (double) elapsedNs * returnBitrateBps / NS_PER_SECOND;
            returnTokenBits = Math.min(returnBurstBits(), returnTokenBits + returnBits);
        }
        refilledNs = nowNs;
    }

    private double returnBurstBits() {
        return Math.max(returnBitrateBps / 10.0, 2.0 * DATAGRAM_BITS);
    }

    private void move(int from, int to, long due) {
        sequence[to] = sequence[from];
        dueNs[to] = due;
        cycleNs[to] = cycleNs[from];
        opensNs[to] = opensNs[from];
        sends[to] = sends[from];
    }

    private void set(int i, long missing, long due) {
        sequence[i] = missing;
        dueNs[i] = due;
        cycleNs[i] = 0;
        opensNs[i] = 0;
        sends[i] = 0;
    }

    private void room() {
        if (size < sequence.length) return;
        int capacity = size * 2;
        sequence = Arrays.copyOf(sequence, capacity);
        dueNs = Arrays.copyOf(dueNs, capacity);
        cycleNs = Arrays.copyOf(cycleNs, capacity);
        opensNs = Arrays.copyOf(opensNs, capacity);
        sends = Arrays.copyOf(sends, capacity);
    }
}
