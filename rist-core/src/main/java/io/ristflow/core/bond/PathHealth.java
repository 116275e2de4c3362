package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import java.util.Arrays;

/**
 * How one leg is: whether it is heard, and what part of the packets that it alone carried arrived. A packet counts as lost when it is asked for although it would have been there by then (see
 * {@link CarrierLog}); what is not asked for has arrived. So a leg is judged when requests for what it carried can be back: a round trip and more behind the present.
 *
 * <p>A receiver's reports do not tell: they speak of the flow, which is what all legs delivered together.
 */
public final class PathHealth {
    /** {@link #delivered} where too little was sent to say. */
    public static final int UNKNOWN = -1;

    /** TR-06-1 §5.2.1: RTCP at least every 100 ms. */
    private static final long REPORT_NS = 100 * NS_PER_MS;
    /** After so many report intervals without a datagram a leg is silent. */
    private static final int SILENT_REPORTS = 3;
    private static final long BURST_NS = 20 * NS_PER_MS;

    private static final long SLOT_NS = 100 * NS_PER_MS;
    private static final int SLOTS = 32;
    /** As far back as it takes for so many packets and slots, and no farther than the last of these. */
    private static final int WINDOW_PACKETS = 32;
    private static final int LEAST_SLOTS = 3;
    private static final int MOST_SLOTS = 15;
    private static final int LEAST_PACKETS = 5;
    private static final long LEAST_FEEDBACK_NS = 50 * NS_PER_MS;
    private static final long MOST_FEEDBACK_NS = 1_200 * NS_PER_MS;

    private final int[] sent = new int[SLOTS];
    private final int[] lost = new int[SLOTS];
    private final long[] slotOf = new long[SLOTS];

    private boolean heard;
    private long lastHeardNs;
    private long reportNs = REPORT_NS;
    private long rttNs;
    private long smoothedRttNs;

    public PathHealth() {
        Arrays.fill(slotOf, Long.MIN_VALUE);
    }

    // ---- liveness ----------------------------------------------------------------------------------------------------------------

    /** A datagram came that made sense. */
    public void onHeard(long nowNs) {
        long gapNs = nowNs - lastHeardNs;
        // What a peer's cadence is shows in the gaps between its bursts: some report every second only
        if (heard && gapNs >= BURST_NS && gapNs <= 2 * NS_PER_SECOND) reportNs += (gapNs - reportNs) / 8;
        heard = true;
        lastHeardNs = nowNs;
    }

    /** The peer is gone; what its successor's cadence is remains to be seen. */
    public void forget() {
        heard = false;
        reportNs = REPORT_NS;
        rttNs = 0;
        smoothedRttNs = 0;
    }

    public boolean silent(long nowNs) {
        return heard && nowNs - lastHeardNs > silentAfterNs();
    }

    /** How long a pause means silence. */
    public long silentAfterNs() {
        return SILENT_REPORTS * Math.clamp(reportNs, REPORT_NS, NS_PER_SECOND);
    }

    public long lastHeardNs() {
        return lastHeardNs;
    }

    // ---- round trip --------------------------------------------------------------------------------------------------------------

    public void onRtt(long lastNs, long smoothedNs) {
        rttNs = lastNs;
        smoothedRttNs = smoothedNs;
    }

    /** The last sample; 0: none yet. */
    public long rttNs() {
        return rttNs;
    }

    /** 0: none yet. */
    public long smoothedRttNs() {
        return smoothedRttNs;
    }

    // ---- delivery ----------------------------------------------------------------------------------------------------------------

    /** A first transmission that this leg alone carries. */
    void onSent(long nowNs) {
        sent[slot(nowNs)]++;
    }

    /** One of those, sent at that instant, did not arrive. */
    void onLost(long sentNs) {
        long number = Math.floorDiv(sentNs, SLOT_NS);
        int slot = (int) Math.floorMod(number, SLOTS);
        if (slotOf[slot] == number) lost[slot]++;
    }

    /** Thousandths of what was sent that arrived, of late; {@link #UNKNOWN} if next to nothing was sent. */
    public int delivered(long nowNs) {
        long newest = Math.floorDiv(nowNs - feedbackNs(), SLOT_NS) - 1;
        long oldest = Math.floorDiv(nowNs, SLOT_NS) - SLOTS + 1;
        int packets = 0;
        int missed = 0;
        for (long number = newest; number >= oldest && newest - number < MOST_SLOTS; number--) {
            int slot = (int) Math.floorMod(number, SLOTS);
            if (slotOf[slot] != number) continue;
            packets += sent[slot];
            missed += lost[slot];
            if (packets >= WINDOW_PACKETS && newest - number + 1 >= LEAST_SLOTS) break;
        }
        return packets < LEAST_PACKETS ? UNKNOWN : 1_000 - 1_000 * Math.min(missed, packets) / packets;
    }

    /** When a request for a packet sent now would be here at the latest, if it is not lost on its way: half a round trip each way, and another half that the receiver waits. */
    private long feedbackNs() {
        return Math.clamp(2 * rttNs + LEAST_FEEDBACK_NS, LEAST_FEEDBACK_NS, MOST_FEEDBACK_NS);
    }

    private int slot(long nowNs) {
        long number = Math.floorDiv(nowNs, SLOT_NS);
        int slot = (int) Math.floorMod(number, SLOTS);
        if (slotOf[slot] != number) {
            slotOf[slot] = number;
            sent[slot] = 0;
            lost[slot] = 0;
        }
        return slot;
    }
}
