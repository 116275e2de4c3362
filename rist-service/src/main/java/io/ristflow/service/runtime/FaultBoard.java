package io.ristflow.service.runtime;

import io.ristflow.core.api.Fault;
import io.ristflow.core.base.Ticks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One endpoint's faults as people see them: those that are on and, for {@value #KEPT_SECONDS} s, those of peers that never came to be connected or are gone. A refused caller gives up within
 * seconds, long before anybody looks, and why it was refused is what they look for. A fault that ended well, with a peer connected from the same host, is over at once.
 */
final class FaultBoard {
    static final int KEPT_SECONDS = 30;
    static final int MAX_ENDED = 64;
    private static final long KEPT_NS = KEPT_SECONDS * Ticks.NS_PER_SECOND;

    private record Key(int path, Fault fault) {}

    private record Ended(FlowSnapshot.FaultView view, InetSocketAddress remote, long endedNs) {}

    private record Current(FlowSnapshot.FaultView view, InetSocketAddress remote) {}

    private final Map<Key, Current> current = new LinkedHashMap<>();
    private final List<Ended> ended = new ArrayList<>();
    /** Hosts by path; null where the address is not known. */
    private final Map<Integer, InetAddress> connected = new HashMap<>();

    /**
     * @param remote null if the host knows no address of the path
     * @param leg the configured path that it belongs to, empty if that is not known
     */
    void raised(int path, Fault fault, InetSocketAddress remote, String leg, String detail) {
        ended.removeIf(e -> e.view().fault() == fault && remote != null && remote.equals(e.remote()));
        current.put(new Key(path, fault), new Current(new FlowSnapshot.FaultView(fault, leg, RistEnd.text(remote), detail, Instant.now(), null), remote));
    }

    void cleared(long nowNs, int path, Fault fault) {
        Current was = current.remove(new Key(path, fault));
        if (was == null || connected.containsKey(path) || was.remote() != null && connected.containsValue(was.remote().getAddress())) return;
        if (ended.size() == MAX_ENDED) ended.removeFirst();
        ended.add(new Ended(was.view().until(Instant.now()), was.remote(), nowNs));
    }

    /** Whatever was wrong with this host is not any more. */
    void connected(int path, InetSocketAddress remote) {
        connected.put(path, remote == null ? null : remote.getAddress());
        if (remote != null) ended.removeIf(e -> e.remote() != null && e.remote().getAddress().equals(remote.getAddress()));
    }

    void lost(int path) {
        connected.remove(path);
    }

    void closed(long nowNs, int path) {
        connected.remove(path);
        for (Fault fault : Fault.values()) cleared(nowNs, path, fault);
    }

    List<FlowSnapshot.FaultView> views(long nowNs) {
        ended.removeIf(e -> nowNs - e.endedNs() > KEPT_NS);
        List<FlowSnapshot.FaultView> views = new ArrayList<>(current.size() + ended.size());
        for (Current each : current.values()) views.add(each.view());
        for (Ended each : ended) views.add(each.view());
        return List.copyOf(views);
    }
}
