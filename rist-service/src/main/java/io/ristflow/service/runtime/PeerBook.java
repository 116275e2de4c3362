package io.ristflow.service.runtime;

import io.ristflow.core.api.SessionEvent;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one RIST end knows of its peers: who came and who left, counted, who has logged in on which path, and what is wrong with whom. On the flow's loop. */
final class PeerBook {
    private final FaultBoard faults = new FaultBoard();
    private final BitSet connectedNow = new BitSet();
    private final Map<Integer, String> users = new HashMap<>();
    private long connected;
    private long lost;
    private long authenticated;
    private long refused;
    private Instant lastConnectedAt;
    private Instant lastLostAt;
    private String lastLostWhy;

    /** The path that an event is about; {@link PathAddresses#UNKNOWN} if it is about none. */
    static int path(SessionEvent event) {
        return switch (event) {
            case SessionEvent.PeerConnected e -> e.path();
            case SessionEvent.PeerLost e -> e.path();
            case SessionEvent.PeerAuthenticated e -> e.path();
            case SessionEvent.PeerRefused e -> e.path();
            case SessionEvent.FaultRaised e -> e.path();
            case SessionEvent.FaultCleared e -> e.path();
            case SessionEvent.FlowStarted e -> e.path();
            case SessionEvent.RebindWanted e -> e.path();
            case SessionEvent.PeerPassphraseChanged e -> e.path();
            case SessionEvent.FlowEnded _, SessionEvent.BufferChanged _, SessionEvent.TargetBitrate _, SessionEvent.PassphraseInForce _ -> PathAddresses.UNKNOWN;
        };
    }

    /**
     * @param remote the path's address, null if there is none
     * @param leg the configured path that it belongs to, empty if that is not known
     */
    void heard(long nowNs, SessionEvent event, InetSocketAddress remote, String leg) {
        switch (event) {
            case SessionEvent.PeerConnected e -> {
                faults.connected(e.path(), remote);
                connectedNow.set(e.path());
                connected++;
                lastConnectedAt = Instant.now();
            }
            case SessionEvent.PeerLost e -> {
                faults.lost(e.path());
                forget(e.path());
                lost++;
                lastLostAt = Instant.now();
                lastLostWhy = e.why();
            }
            case SessionEvent.PeerAuthenticated e -> {
                // One that is only renewed is not another login
                if (!e.user().equals(users.put(e.path(), e.user()))) authenticated++;
            }
            case SessionEvent.PeerRefused _ -> refused++;
            case SessionEvent.FaultRaised e -> faults.raised(e.path(), e.fault(), remote, leg, e.detail());
            case SessionEvent.FaultCleared e -> faults.cleared(nowNs, e.path(), e.fault());
            case SessionEvent.FlowStarted _, SessionEvent.FlowEnded _, SessionEvent.BufferChanged _, SessionEvent.TargetBitrate _, SessionEvent.RebindWanted _, SessionEvent.PassphraseInForce _,
                    SessionEvent.PeerPassphraseChanged _ -> {}
        }
    }

    /** The path's number may be given to another address. */
    void closed(long nowNs, int path) {
        faults.closed(nowNs, path);
        forget(path);
    }

    private void forget(int path) {
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

    FlowSnapshot.ConnectionsView connections() {
        return new FlowSnapshot.ConnectionsView(connectedNow.cardinality(), connected, lost, authenticated, refused, lastConnectedAt, lastLostAt, lastLostWhy);
    }

    List<FlowSnapshot.FaultView> faults(long nowNs) {
        return faults.views(nowNs);
    }
}
