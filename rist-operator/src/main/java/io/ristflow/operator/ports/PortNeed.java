package io.ristflow.operator.ports;

/**
 * One thing of a flow that needs a port.
 *
 * @param end name of the input or output, {@code path} of its path
 * @param pair an even port and the odd one after it
 * @param wanted the port that the spec names; null: one of the pool
 * @param reach where it is reached
 */
public record PortNeed(Kind kind, String end, String path, boolean pair, Integer wanted, Reach reach) {
    /** What binds the port. */
    public enum Kind {
        INPUT,
        OUTPUT,
        /** A port that the spec names and that nobody outside is told of: plain UDP, a source port, datagrams beside the media. */
        BOUND,
        /** Health, metrics and REST of a pod that shares the node's network. */
        HTTP
    }

    /** Where peers find it. */
    public enum Reach {
        /** At the pod's own addresses; every pod has its own ports. */
        POD,
        /** At a port of every node. */
        NODE_PORT,
        /** At a load balancer, which goes by a port of every node. */
        LOAD_BALANCER,
        /** At the same port of the node that the pod runs on. */
        HOST_PORT,
        /** The pod has no network but the node's. */
        HOST_NETWORK;

        boolean byService() {
            return this == NODE_PORT || this == LOAD_BALANCER;
        }
    }

    boolean sameAs(PortNeed other) {
        return kind == other.kind && end.equals(other.end) && path.equals(other.path);
    }

    /** How messages call it. */
    String where() {
        return switch (kind) {
            case INPUT -> "input " + end + ", path " + path;
            case OUTPUT -> "output " + end + ", path " + path;
            case BOUND -> end + ", " + path;
            case HTTP -> "the pod's HTTP port";
        };
    }
}
