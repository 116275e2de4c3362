package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import java.util.Arrays;

/**
 * Whether a packet that is in the history may be repeated now. The gates stand in librist's order, so that its statistics and ours compare: suppressed, bandwidth,
 * exhausted (the first, aged out, is the history's).
 */
final class RetransmitGate {
    enum Verdict {
        REPEAT, SUPPRESSED, BANDWIDTH, EXHAUSTED
    }

    /** A shorter round trip is a measuring error; librist's floor. */
    private static final long RTT_FLOOR_NS = 3 * NS_PER_MS;

    /** Receivers ask again after about a round trip: who has not for eight of them, or this long, has the packet, or lost the way here for so long that counting begins anew. */
    private static final long IDLE_RTTS = 8;
    private static final long IDLE_FLOOR_NS = 250 * NS_PER_MS;

    private final int congestion;
    private final int maxRetries;
    private final long maxBitrateBps;
    private final long rttMinNs;
    private final DecayingRate payload = new DecayingRate(NS_PER_SECOND);
    /** By requester: the bandwidth is a path's, and what one asks for must not starve another. */
    private DecayingRate[] repeated = new DecayingRate[1];
    private final RepeatLog log = new RepeatLog();

    /** The record of the packet judged last. */
    private int record;

    RetransmitGate(FlowSettings settings) {
        congestion = settings.congestion();
        maxRetries = settings.maxRetries();
        maxBitrateBps = settings.maxBitrateBps();
        rttMinNs = settings.rttMinNs();
    }

    /** A first transmission went out. */
    void sent(long nowNs, int bytes) {
        payload.add(nowNs, bytes);
    }

    /** How long after a repetition the next one to the same requester is held back. */
    long quietNs(long rttNs) {
        return congestion * Math.max(rttNs > 0 ? rttNs : rttMinNs, RTT_FLOOR_NS);
    }

    Verdict judge(long nowNs, long sequence, int requester, long quietNs) {
        record = log.find(sequence, requester);
        if (record >= 0 && nowNs - log.lastNs(record) < quietNs) return Verdict.SUPPRESSED;
        if (payload.bps(nowNs) + repeatedTo(requester).bps(nowNs) > maxBitrateBps) return Verdict.BANDWIDTH;
        if ((record >= 0 ? log.repeats(record) : 0) >= maxRetries) return Verdict.EXHAUSTED;
        return Verdict.REPEAT;
    }

    private DecayingRate repeatedTo(int requester) {
        if (requester >= repeated.length) repeated = Arrays.copyOf(repeated, Math.max(requester + 1, repeated.length * 2));
        if (repeated[requester] == null) repeated[requester] = new DecayingRate(100 * NS_PER_MS);
        return repeated[requester];
    }

    /** The packet judged last is being repeated. */
    void repeated(long nowNs, long sequence, int requester, int bytes, long oldestHeld, long quietNs) {
        repeatedTo(requester).add(nowNs, bytes);
        log.note(record, nowNs, sequence, requester, oldestHeld, nowNs - Math.max(IDLE_RTTS * quietNs, IDLE_FLOOR_NS));
    }
}
