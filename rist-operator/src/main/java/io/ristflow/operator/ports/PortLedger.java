package io.ristflow.operator.ports;

import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.ports.PortAttempt.Wish;
import io.ristflow.operator.ports.PortGrant.Hold;
import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.ports.PortNeed.Reach;
import io.ristflow.operator.ports.PortOutcome.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who holds which port: one for the whole operator. First come, first served; whoever holds a port keeps it until it wants it no more. Thread safe; time comes in as an argument.
 *
 * <p>A need that names its port and finds it taken is a conflict of two flows, and both are told. A need without a number takes the pool's port at the place that its name hashes to, or the next free
 * one, so that a flow that is deleted and made again finds its old port if nobody took it.
 */
public final class PortLedger {
    private final PortPools pools;
    private final Map<FlowRef, Account> accounts = new TreeMap<>();
    /** Ports that the API server said are taken, and when it did. */
    private final Map<Integer, Long> foreign = new HashMap<>();

    /** What one flow holds, and what it waits for. */
    private static final class Account {
        private List<PortGrant> grants = List.of();
        private Map<String, String> nodes = Map.of();
        private List<Hold> holds = List.of();
        /** Numbers that the spec names and others hold. */
        List<Wish> wishes = List.of();
        boolean starving;

        void hold(List<PortGrant> granted, Map<String, String> onNodes) {
            grants = List.copyOf(granted);
            nodes = onNodes;
            holds = grants.stream().flatMap(grant -> grant.holds(nodes).stream()).toList();
        }

        boolean empty() {
            return grants.isEmpty() && wishes.isEmpty() && !starving;
        }
    }

    public PortLedger(PortPools pools) {
        this.pools = pools;
    }

    /**
     * Takes over what a flow held before this process began. Whoever comes first keeps what two claim.
     *
     * @param needs of the spec as it is now; a claim that fits none is held until the flow is next seen to
     * @param nodePorts by the pod's port, as the flow's Service has them
     */
    public synchronized void restore(FlowRef flow, List<PortNeed> needs, Map<String, String> nodes, List<PortClaim> claims, Map<Integer, Integer> nodePorts) {
        Account account = accounts.computeIfAbsent(flow, f -> new Account());
        List<PortGrant> restored = new ArrayList<>(account.grants);
        List<PortNeed> open = new ArrayList<>(needs);
        for (PortClaim claim : claims) {
            PortNeed need = open.stream().filter(n -> n.end().equals(claim.end()) && n.path().equals(claim.path())).findFirst().orElse(null);
            if (need == null) {
                Reach reach = Objects.equals(claim.port(), claim.externalPort()) ? Reach.HOST_PORT : Reach.NODE_PORT;
                need = new PortNeed(Kind.BOUND, claim.end(), claim.path(), false, claim.pool() == null ? claim.port() : null, claim.externalPort() == null ? Reach.POD : reach);
            }
            open.remove(need);
            Integer nodePort = !need.reach().byService() ? null : nodePorts.getOrDefault(claim.port(), need.reach() == Reach.NODE_PORT ? claim.externalPort() : null);
            PortGrant grant = new PortGrant(need, claim.port(), nodePort, claim.pool());
            if (grant.holds(nodes).stream().allMatch(hold -> holder(flow, hold) == null)) restored.add(grant);
        }
        account.hold(restored, nodes);
        if (account.empty()) accounts.remove(flow);
    }

    /**
     * Grants all needs or, while one cannot be granted, leaves the flow with what it held.
     *
     * @param pool that ports without a number come from
     * @param nodes labels of the nodes that the flow's pod runs on; empty: any
     */
    public synchronized PortOutcome claim(FlowRef flow, List<PortNeed> needs, String pool, Map<String, String> nodes, long nowMs) {
        Account account = accounts.computeIfAbsent(flow, f -> new Account());
        Set<FlowRef> before = related(flow);
        List<Hold> heldBefore = account.holds;
        PortAttempt attempt = new PortAttempt(flow, account.grants, pool, nodes, pools, others(flow, nowMs));
        attempt.grantAll(needs);

        boolean granted = attempt.problems.isEmpty();
        if (granted) {
            account.hold(attempt.grants.stream().sorted(Comparator.comparingInt(grant -> needs.indexOf(grant.need()))).toList(), nodes);
        }
        account.wishes = List.copyOf(attempt.wishes);
        account.starving = attempt.starving;
        FlowPorts ports = new FlowPorts(account.grants);
        List<Problem> problems = new ArrayList<>(attempt.problems);
        problems.addAll(wantedByOthers(flow, account));
        Set<FlowRef> affected = changed(before, related(flow));
        affected.addAll(waitingFor(flow, heldBefore, account.holds));
        affected.remove(flow);
        if (account.empty()) accounts.remove(flow);
        return new PortOutcome(granted, ports, List.copyOf(problems), Collections.unmodifiableSet(affected), attempt.retry);
    }

    /** The flow is gone. @return flows that may have what they waited for */
    public synchronized Set<FlowRef> release(FlowRef flow) {
        Account account = accounts.get(flow);
        if (account == null) return Set.of();
        Set<FlowRef> affected = new TreeSet<>(related(flow));
        affected.addAll(waitingFor(flow, account.holds, List.of()));
        accounts.remove(flow);
        return affected;
    }

    /** The API server says that somebody outside this operator has the port. */
    public synchronized void refused(int nodePort, long nowMs) {
        foreign.put(nodePort, nowMs);
    }

    /** What the flow holds now. */
    public synchronized FlowPorts held(FlowRef flow) {
        Account account = accounts.get(flow);
        return account == null ? FlowPorts.NONE : new FlowPorts(account.grants);
    }

    private PortAttempt.Others others(FlowRef flow, long nowMs) {
        return new PortAttempt.Others() {
            @Override
            public FlowRef holder(Hold hold) {
                return PortLedger.this.holder(flow, hold);
            }

            @Override
            public boolean foreign(Hold hold, long withinMs) {
                for (int port = hold.first(); port < hold.first() + hold.width(); port++) {
                    Long since = foreign.get(port);
                    if (since != null && nowMs - since < withinMs) return true;
                }
                return false;
            }
        };
    }

    /** Another flow that holds what {@code hold} would; null if none does. */
    private FlowRef holder(FlowRef flow, Hold hold) {
        for (Map.Entry<FlowRef, Account> other : accounts.entrySet()) {
            if (!other.getKey().equals(flow) && other.getValue().holds.stream().anyMatch(hold::bars)) return other.getKey();
        }
        return null;
    }

    /** Flows that hold what this one wishes for, and that wish for what this one holds. */
    private Set<FlowRef> related(FlowRef flow) {
        Set<FlowRef> related = new TreeSet<>();
        Account own = accounts.get(flow);
        if (own == null) return related;
        List<Hold> mine = own.holds;
        accounts.forEach((other, account) -> {
            if (other.equals(flow)) return;
            boolean bars = own.wishes.stream().anyMatch(wish -> account.holds.stream().anyMatch(wish.hold()::bars));
            if (bars || account.wishes.stream().anyMatch(wish -> mine.stream().anyMatch(wish.hold()::bars))) related.add(other);
        });
        return related;
    }

    private static Set<FlowRef> changed(Set<FlowRef> before, Set<FlowRef> after) {
        Set<FlowRef> changed = new TreeSet<>(before);
        changed.addAll(after);
        changed.removeIf(flow -> before.contains(flow) && after.contains(flow));
        return changed;
    }

    /** Flows that wait for what was held before and is not any more. */
    private Set<FlowRef> waitingFor(FlowRef flow, List<Hold> before, List<Hold> after) {
        List<Hold> freed = before.stream().filter(hold -> !after.contains(hold)).toList();
        Set<FlowRef> waiting = new TreeSet<>();
        if (freed.isEmpty()) return waiting;
        accounts.forEach((other, account) -> {
            boolean wished = account.wishes.stream().anyMatch(wish -> freed.stream().anyMatch(wish.hold()::bars));
            if (!other.equals(flow) && (account.starving || wished)) waiting.add(other);
        });
        return waiting;
    }

    private List<Problem> wantedByOthers(FlowRef flow, Account account) {
        List<Problem> problems = new ArrayList<>();
        for (PortGrant grant : account.grants) {
            for (Hold hold : grant.holds(account.nodes)) {
                accounts.forEach((other, theirs) -> theirs.wishes.stream().filter(wish -> !other.equals(flow) && wish.hold().bars(hold)).forEach(wish -> problems.add(new Problem(
                        PortOutcome.Kind.CONFLICT, "%s: port %d is also wanted by RistFlow %s (%s); this flow has it and keeps it; give one of the two another listen.port, or leave it out"
                                .formatted(grant.need().where(), wish.hold().first(), other, wish.need().where())))));
            }
        }
        return problems;
    }
}
