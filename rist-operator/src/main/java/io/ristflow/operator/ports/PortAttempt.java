package io.ristflow.operator.ports;

import io.ristflow.operator.ports.PortGrant.Hold;
import io.ristflow.operator.ports.PortNeed.Reach;
import io.ristflow.operator.ports.PortOutcome.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** One flow's claim on its way: each need gets its port, or a problem says why not. */
final class PortAttempt {
    /** What others hold. */
    interface Others {
        /** A flow that holds what {@code hold} would; null if none does. */
        FlowRef holder(Hold hold);

        /** Whether the API server said, less than so long ago, that somebody outside this operator has one of the ports. */
        boolean foreign(Hold hold, long withinMs);
    }

    /** A port that the spec names and that another flow holds. */
    record Wish(PortNeed need, Hold hold) {}

    /** How long a port that somebody outside this operator has is left alone, if another will do. */
    private static final long FOREIGN_MS = 600_000;
    /** The same if the spec names it. */
    private static final long FOREIGN_NAMED_MS = 4_000;

    private final FlowRef flow;
    private final List<PortGrant> held;
    private final String pool;
    private final Map<String, String> nodes;
    private final PortPools pools;
    private final Others others;
    final List<PortGrant> grants = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    final List<Wish> wishes = new ArrayList<>();
    boolean starving;
    boolean retry;

    /**
     * @param held what the flow has now
     * @param pool that ports without a number come from
     * @param nodes labels of the nodes that the flow's pod runs on; empty: any
     */
    PortAttempt(FlowRef flow, List<PortGrant> held, String pool, Map<String, String> nodes, PortPools pools, Others others) {
        this.flow = flow;
        this.held = held;
        this.pool = pool;
        this.nodes = nodes;
        this.pools = pools;
        this.others = others;
    }

    void grantAll(List<PortNeed> needs) {
        needs.stream().sorted(Comparator.comparingInt(this::urgency)).forEach(this::grant);
    }

    /** Ports that the spec names come first, then those that are held; the rest takes what is left. */
    private int urgency(PortNeed need) {
        return need.wanted() != null ? 0 : before(need) != null ? 1 : 2;
    }

    private PortGrant before(PortNeed need) {
        return held.stream().filter(grant -> grant.fits(need, pool)).findFirst().orElse(null);
    }

    private void grant(PortNeed need) {
        PortGrant before = before(need);
        switch (need.reach()) {
            case POD -> pod(need, before);
            case HOST_PORT, HOST_NETWORK -> host(need, before);
            case NODE_PORT, LOAD_BALANCER -> service(need, before);
        }
    }

    private void pod(PortNeed need, PortGrant before) {
        Integer port = need.wanted();
        if (port == null && before != null && !bound(before.port(), need)) port = before.port();
        if (port == null) {
            PortRange range = range(need);
            if (range == null) return;
            port = first(need, range, 0, candidate -> !bound(candidate, need));
            if (port == null) {
                exhausted(need, range);
                return;
            }
        }
        grants.add(new PortGrant(need, port, null, need.wanted() == null ? pool : null));
    }

    private void host(PortNeed need, PortGrant before) {
        if (need.wanted() != null) {
            named(need, new PortGrant(need, need.wanted(), null, null), need.wanted());
            return;
        }
        picked(need, before, port -> new PortGrant(need, port, null, pool));
    }

    private void service(PortNeed need, PortGrant before) {
        if (need.wanted() == null) {
            picked(need, before, port -> pools.nodePorts().contains(port) && fitsNodePorts(need, port) ? new PortGrant(need, port, port, pool) : withNodePort(need, port, before));
            return;
        }
        int port = need.wanted();
        boolean nodePort = fitsNodePorts(need, port);
        PortGrant same = new PortGrant(need, port, port, null);
        if (nodePort && need.reach() == Reach.NODE_PORT) {
            named(need, same, port);
        } else if (nodePort && (before == null || before.nodePort() == null || before.nodePort() == port) && free(same)) {
            grants.add(same);
        } else {
            PortGrant other = withNodePort(need, port, before);
            if (other != null) grants.add(other);
            else exhausted(need, nodePortRange());
        }
    }

    private boolean fitsNodePorts(PortNeed need, int port) {
        return pools.nodePorts().contains(port) && pools.nodePorts().contains(port + (need.pair() ? 1 : 0));
    }

    /** A port that the spec names: it or none. */
    private void named(PortNeed need, PortGrant grant, int port) {
        for (Hold hold : grant.holds(nodes)) {
            FlowRef other = others.holder(hold);
            if (other != null) {
                wishes.add(new Wish(need, hold));
                problems.add(new Problem(PortOutcome.Kind.CONFLICT, "%s: port %d is held by RistFlow %s; give one of the two another listen.port, or leave it out"
                        .formatted(need.where(), port, other)));
                return;
            }
            if (need.reach().byService() && others.foreign(hold, FOREIGN_NAMED_MS)) {
                retry = true;
                problems.add(new Problem(PortOutcome.Kind.CONFLICT, "%s: port %d is the nodePort of a Service that belongs to no RistFlow; give listen.port another value, or leave it out"
                        .formatted(need.where(), port)));
                return;
            }
        }
        grants.add(grant);
    }

    /** A port of the pool: the one that was held, or the first free one from the place that the name hashes to. */
    private void picked(PortNeed need, PortGrant before, IntFunction<PortGrant> with) {
        if (before != null && !bound(before.port(), need)) {
            PortGrant again = with.apply(before.port());
            if (again != null && free(again)) {
                grants.add(again);
                return;
            }
        }
        PortRange range = range(need);
        if (range == null) return;
        int start = Math.floorMod((flow + "/" + need.kind() + "/" + need.end() + "/" + need.path()).hashCode(), range.size());
        PortGrant[] found = new PortGrant[1];
        first(need, range, start, port -> {
            if (bound(port, need)) return false;
            PortGrant candidate = with.apply(port);
            if (candidate == null || !free(candidate)) return false;
            found[0] = candidate;
            return true;
        });
        if (found[0] != null) grants.add(found[0]);
        else exhausted(need, range);
    }

    /** With a nodePort beside it: the one that was held, or one of the pool, or, where the pool has none, of all. */
    private PortGrant withNodePort(PortNeed need, int port, PortGrant before) {
        if (before != null && before.nodePort() != null) {
            PortGrant again = new PortGrant(need, port, before.nodePort(), before.pool() == null ? pool : before.pool());
            if (fitsNodePorts(need, before.nodePort()) && free(again)) return again;
        }
        PortRange range = nodePortRange();
        int start = Math.floorMod((flow + "/" + need.end() + "/" + need.path()).hashCode(), range.size());
        Integer nodePort = first(need, range, start, candidate -> free(new PortGrant(need, port, candidate, pool)));
        return nodePort == null ? null : new PortGrant(need, port, nodePort, pool);
    }

    private PortRange nodePortRange() {
        PortRange own = pools.pool(pool);
        PortRange shared = own == null ? null : own.within(pools.nodePorts());
        return shared == null ? pools.nodePorts() : shared;
    }

    private PortRange range(PortNeed need) {
        PortRange range = pools.pool(pool);
        if (range == null && problems.stream().noneMatch(p -> p.kind() == PortOutcome.Kind.UNKNOWN_POOL)) {
            problems.add(new Problem(PortOutcome.Kind.UNKNOWN_POOL, "spec.exposure.portPool %s is not a pool of this operator, which has %s; take one of them, or give every path a listen.port"
                    .formatted(pool, pools.names())));
        }
        return range;
    }

    private void exhausted(PortNeed need, PortRange range) {
        starving = true;
        problems.add(new Problem(PortOutcome.Kind.EXHAUSTED, "%s: pool %s (%s) has no %s left; delete a flow, have the pool enlarged, or take another by spec.exposure.portPool"
                .formatted(need.where(), pool, range, need.pair() ? "even port with a free one after it" : "free port")));
    }

    /** The first port from {@code start} on, around the range, that passes; even ones for a pair. */
    private Integer first(PortNeed need, PortRange range, int start, IntPredicate passes) {
        for (int i = 0; i < range.size(); i++) {
            int port = range.first() + (start + i) % range.size();
            if (need.pair() && (port % 2 != 0 || !range.contains(port + 1))) continue;
            if (passes.test(port)) return port;
        }
        return null;
    }

    /** Nobody's, as far as is known. */
    private boolean free(PortGrant grant) {
        for (Hold hold : grant.holds(nodes)) {
            if (others.holder(hold) != null) return false;
            if (grants.stream().anyMatch(own -> own.holds(nodes).stream().anyMatch(hold::bars))) return false;
            if (grant.need().reach().byService() && hold.onNode() && others.foreign(hold, FOREIGN_MS)) return false;
        }
        return true;
    }

    /** Whether another listener of this flow's pod has it already. */
    private boolean bound(int port, PortNeed need) {
        return grants.stream().anyMatch(grant -> overlap(grant, port, need));
    }

    private static boolean overlap(PortGrant grant, int port, PortNeed need) {
        return grant.port() <= port + (need.pair() ? 1 : 0) && grant.port() + (grant.need().pair() ? 1 : 0) >= port;
    }
}
