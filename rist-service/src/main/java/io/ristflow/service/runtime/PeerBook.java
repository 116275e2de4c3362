package io.ristflow.service.runtime;

import io.ristflow.core.api.SessionEvent;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Who came to one RIST end and who left, counted, and who has logged in on which path. On the flow's loop. */
final class PeerBook {
    private final BitSet connectedNow = new BitSet();
    private final Map<Integer, String> users = new HashMap<>();
    private long connected;
    private long lost;
    private long authenticated;
    private long refused;
    private Instant lastConnectedAt;
    private Instant lastLostAt;
    private String lastLostWhy;

    void connected(int path) {
        connectedNow.set(path);
        connected++;
        lastConnectedAt = Instant.now();
    }

    void lost(SessionEvent.PeerLost event) {
        forget(event.path());
        lost++;
        lastLostAt = Instant.now();
        lastLostWhy = event.why();
    }

    /** A login that is only renewed is not another one. */
    void authenticated(SessionEvent.PeerAuthenticated event) {
        if (!event.user().equals(users.put(event.path(), event.user()))) authenticated++;
    }

    void refused() {
        refused++;
    }

    /** The path's number may be given to another address. */
    void forget(int path) {
        connectedNow.clear(path);
        users.remove(path);
    }

    /** The caller's name, here or there; empty if nobody logged in on this path. */
    String user(int path) {
        return users.getOrDefault(path, "");
    }

    /** Whether there ever was a peer. */
    boolean hadPeer() {
        return connected > 0;
    }

    FlowSnapshot.ConnectionsView view() {
        return new FlowSnapshot.ConnectionsView(connectedNow.cardinality(), connected, lost, authenticated, refused, lastConnectedAt, lastLostAt, lastLostWhy);
    }
}
