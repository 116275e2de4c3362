package io.ristflow.core.auth;

import io.ristflow.core.base.Ticks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who failed how often: one book per session, whatever address an attempt comes from. After {@value #FAILURES} failures in a row a name is locked for 30
 * seconds; known and unknown names alike, so that it does not tell them apart. A user who is in already stays in. One thread.
 */
public final class Lockout {
    static final int FAILURES = 5;
    static final long LOCKED_NS = 30 * Ticks.NS_PER_SECOND;
    /** Guesses that come slower than this do not add up. */
    static final long FORGOTTEN_NS = 600 * Ticks.NS_PER_SECOND;
    private static final int CAPACITY = 1_024;

    private static final class Tries {
        int failures;
        long lastNs;
        long lockedUntilNs = Long.MIN_VALUE;
    }

    /** The one that failed longest ago gives way. */
    private final Map<String, Tries> byUser = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > CAPACITY;
        }
    };

    boolean locked(long nowNs, String user) {
        Tries entry = byUser.get(user);
        return entry != null && nowNs < entry.lockedUntilNs;
    }

    void failed(long nowNs, String user) {
        Tries entry = byUser.computeIfAbsent(user, name -> new Tries());
        if (entry.failures > 0 && nowNs - entry.lastNs > FORGOTTEN_NS) entry.failures = 0;
        entry.lastNs = nowNs;
        if (++entry.failures < FAILURES) return;
        entry.failures = 0;
        entry.lockedUntilNs = nowNs + LOCKED_NS;
    }

    void succeeded(String user) {
        byUser.remove(user);
    }
}
