package io.ristflow.operator.ports;

import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.ports.PortNeed.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A port that a flow holds.
 *
 * @param port that the pod binds
 * @param nodePort of every node, of a flow that a Service leads to; null otherwise
 * @param pool that one of the two was taken from; null if the spec names both
 */
public record PortGrant(PortNeed need, int port, Integer nodePort, String pool) {
    /** The port that peers call; null if nobody outside is told. */
    public Integer external() {
        return switch (need.reach()) {
            case POD -> null;
            case NODE_PORT -> nodePort;
            case LOAD_BALANCER, HOST_PORT, HOST_NETWORK -> port;
        };
    }

    PortClaim claim() {
        return new PortClaim(need.end(), need.path(), port, external(), pool);
    }

    boolean fits(PortNeed wanted, String wantedPool) {
        if (!need.sameAs(wanted) || need.pair() != wanted.pair()) return false;
        return wanted.wanted() != null ? wanted.wanted() == port : wantedPool.equals(pool);
    }

    /** Numbers that no other flow may have, each the first of {@code width}. */
    List<Hold> holds(Map<String, String> nodes) {
        List<Hold> holds = new ArrayList<>(2);
        boolean picked = pool != null && need.wanted() == null && need.reach() != Reach.POD;
        int width = need.pair() ? 2 : 1;
        switch (need.reach()) {
            case POD -> {}
            case NODE_PORT, LOAD_BALANCER -> {
                if (nodePort != null) holds.add(new Hold(nodePort, width, true, picked && nodePort == port, Map.of()));
                if (picked && (nodePort == null || nodePort != port)) holds.add(new Hold(port, width, false, true, Map.of()));
            }
            case HOST_PORT, HOST_NETWORK -> holds.add(new Hold(port, width, true, picked, nodes));
        }
        return holds;
    }

    /**
     * Numbers that are somebody's.
     *
     * @param onNode they are bound, or forwarded, on nodes with these labels
     * @param picked they were taken from a pool, whose ports are given once, whoever binds them
     */
    record Hold(int first, int width, boolean onNode, boolean picked, Map<String, String> nodes) {
        boolean has(int port) {
            return port >= first && port < first + width;
        }

        boolean bars(Hold other) {
            if (first >= other.first + other.width || other.first >= first + width) return false;
            return picked && other.picked || onNode && other.onNode && meet(nodes, other.nodes);
        }

        /** Two selectors that ask one label for two values never select one node. */
        private static boolean meet(Map<String, String> a, Map<String, String> b) {
            return a.entrySet().stream().allMatch(label -> b.getOrDefault(label.getKey(), label.getValue()).equals(label.getValue()));
        }
    }
}
