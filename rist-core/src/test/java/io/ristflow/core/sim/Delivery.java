package io.ristflow.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a receiver delivered of one stream, held against what was pushed. Three invariants are watched all the time: every byte is right, numbers rise (so nothing comes
 * twice, nothing out of order), nothing later than its deadline. The fourth, completeness, is asked at the end.
 */
public final class Delivery {
    private static final int VIOLATIONS_KEPT = 5;

    private final Stream stream;
    private final BitSet delivered = new BitSet();
    private final List<String> violations = new ArrayList<>();
    private final Map<Integer, Long> lastSequence = new HashMap<>();
    private long violationCount;
    private int last = -1;
    private long deadlineNs = Long.MAX_VALUE;
    private long worstLatencyNs;
    private long leastLatencyNs = Long.MAX_VALUE;

    Delivery(Stream stream) {
        this.stream = stream;
    }

    /** @param ns from push to delivery at most */
    public Delivery within(long ns) {
        deadlineNs = ns;
        return this;
    }

    void onDelivered(long nowNs, int flowId, long sequence, ByteBuffer payload) {
        int number = Payloads.number(payload);
        if (number < 0 || number >= stream.pushed()) {
            violated("number " + number + " was never pushed");
            return;
        }
        if (!stream.payloads.matches(payload, stream.id, number)) violated("packet " + number + " came with other bytes than were pushed");
        if (delivered.get(number)) violated("packet " + number + " delivered twice");
        else if (number < last) violated("packet " + number + " delivered after " + last);
        Long before = lastSequence.put(flowId, sequence);
        if (before != null && sequence <= before) violated("sequence " + sequence + " after " + before);
        long latencyNs = nowNs - stream.pushedNs(number);
        if (latencyNs > deadlineNs) violated("packet " + number + " delivered after " + latencyNs / 1_000 + " us, allowed are " + deadlineNs / 1_000);
        worstLatencyNs = Math.max(worstLatencyNs, latencyNs);
        leastLatencyNs = Math.min(leastLatencyNs, latencyNs);
        delivered.set(number);
        last = Math.max(last, number);
    }

    private void violated(String what) {
        violationCount++;
        if (violations.size() < VIOLATIONS_KEPT) violations.add(what);
    }

    public int count() {
        return delivered.cardinality();
    }

    /** The first number delivered, -1 if none was. */
    public int first() {
        return delivered.nextSetBit(0);
    }

    public int last() {
        return last;
    }

    public boolean has(int number) {
        return delivered.get(number);
    }

    /** Missing between the first and the last delivered. */
    public int holes() {
        return count() == 0 ? 0 : last - first() + 1 - count();
    }

    public long worstLatencyNs() {
        return worstLatencyNs;
    }

    public long leastLatencyNs() {
        return leastLatencyNs;
    }

    /** Bytes right, no duplicate, in order, nothing late. */
    public void assertSound(Object context) {
        assertThat(violations).as("%s: %d violations, the first", context, violationCount).isEmpty();
    }

    /** Sound, and everything pushed came. */
    public void assertComplete(Object context) {
        assertSound(context);
        assertThat(count()).as("%s: delivered of %d, first missing %d", context, stream.pushed(), delivered.nextClearBit(0)).isEqualTo(stream.pushed());
    }

    /**
     * Sound, without a hole, and nothing missing at the ends but what no receiver can know of: before the first packet that arrived, after the last one.
     *
     * @param ends how many packets may be missing there
     */
    public void assertCompleteBut(int ends, Object context) {
        assertSound(context);
        assertThat(holes()).as("%s: holes, the first at %d", context, firstHole()).isZero();
        assertThat(count()).as("%s: delivered of %d (first %d, last %d)", context, stream.pushed(), first(), last).isGreaterThanOrEqualTo(stream.pushed() - ends);
    }

    private int firstHole() {
        return first() < 0 ? -1 : delivered.nextClearBit(first());
    }
}
