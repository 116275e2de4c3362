package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import java.util.EnumMap;
import java.util.Map;

/** Counts every fault and tells its beginning and end, per path; the counting is free, the telling rare. */
final class FaultBook {
    /** A fault that has not been met for so long, on a path that makes sense again, is over. */
    private static final long QUIET_NS = 2 * Ticks.NS_PER_SECOND;

    private static final Fault[] ALL = Fault.values();

    private final long[] counts = new long[ALL.length];

    void met(long nowNs, Path path, Fault fault, String detail, EffectSink sink) {
        counts[fault.ordinal()]++;
        boolean began = path.faultActiveNs[fault.ordinal()] == Ticks.NEVER;
        path.faultActiveNs[fault.ordinal()] = nowNs;
        if (began) sink.event(new SessionEvent.FaultRaised(path.number, fault, detail));
    }

    /** Counts a fault that belongs to no path. */
    void count(Fault fault) {
        counts[fault.ordinal()]++;
    }

    boolean active(Path path, Fault fault) {
        return path.faultActiveNs[fault.ordinal()] != Ticks.NEVER;
    }

    /** Clears what has been quiet. Called on the report cadence of a path, not per packet. */
    void review(long nowNs, Path path, EffectSink sink) {
        for (int i = 0; i < ALL.length; i++) {
            // Silence is over when the peer is back, not when nobody says so any more
            if (ALL[i] != Fault.SESSION_TIMEOUT && path.faultActiveNs[i] != Ticks.NEVER && nowNs - path.faultActiveNs[i] > QUIET_NS) clear(path, ALL[i], sink);
        }
    }

    void clear(Path path, Fault fault, EffectSink sink) {
        if (path.faultActiveNs[fault.ordinal()] == Ticks.NEVER) return;
        path.faultActiveNs[fault.ordinal()] = Ticks.NEVER;
        sink.event(new SessionEvent.FaultCleared(path.number, fault));
    }

    void clearAll(Path path, EffectSink sink) {
        for (Fault fault : ALL) clear(path, fault, sink);
    }

    Map<Fault, Long> counts() {
        Map<Fault, Long> map = new EnumMap<>(Fault.class);
        for (Fault fault : ALL) map.put(fault, counts[fault.ordinal()]);
        return map;
    }
}
