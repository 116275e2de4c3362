package io.ristflow.operator.ports;

import io.ristflow.operator.config.OperatorSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pools that an administrator set, by name. A pool {@value #DEFAULT} is always there: where none is set, it is what the cluster gives to Services of type NodePort.
 *
 * @param pools by name
 * @param nodePorts what the API server gives to Services of type NodePort
 */
public record PortPools(Map<String, PortRange> pools, PortRange nodePorts) {
    public static final String DEFAULT = "default";

    /** @throws IllegalArgumentException for the first setting that is not a range, naming setting, value and form */
    public static PortPools of(OperatorSettings settings) {
        return of(settings.portPools(), settings.nodePortRange());
    }

    static PortPools of(Map<String, String> pools, String nodePortRange) {
        PortRange nodePorts = PortRange.parse("ristflow.operator.node-port-range", nodePortRange);
        Map<String, PortRange> parsed = new TreeMap<>();
        parsed.put(DEFAULT, nodePorts);
        pools.forEach((name, range) -> parsed.put(name, PortRange.parse("ristflow.operator.port-pools." + name, range)));
        return new PortPools(Map.copyOf(parsed), nodePorts);
    }

    /** Null for a name that is not set. */
    PortRange pool(String name) {
        return pools.get(name);
    }

    String names() {
        return String.join(", ", new TreeMap<>(pools).keySet());
    }
}
