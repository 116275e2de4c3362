package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The address that a node has outside the cluster, where it has one: asked once and remembered for a while. An operator that looks after some namespaces alone may not ask; then there is none. */
final class NodeAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAddresses.class);
    private static final long REMEMBERED_MS = 600_000;

    private final KubernetesClient client;
    private final LongSupplier clockMs;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile boolean forbidden;

    private record Known(Optional<String> address, long atMs) {}

    NodeAddresses(KubernetesClient client, LongSupplier clockMs) {
        this.client = client;
        this.clockMs = clockMs;
    }

    /** Null if it has none, or that cannot be known. */
    String external(String node) {
        long nowMs = clockMs.getAsLong();
        Known remembered = known.get(node);
        if (remembered != null && nowMs - remembered.atMs() < REMEMBERED_MS) return remembered.address().orElse(null);
        if (forbidden) return null;
        try {
            Optional<String> address = Optional.ofNullable(client.nodes().withName(node).get()).flatMap(NodeAddresses::external);
            known.put(node, new Known(address, nowMs));
            return address.orElse(null);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                forbidden = true;
                LOG.info("nodes may not be read; endpoints show the addresses that nodes have inside the cluster");
            }
            return remembered == null ? null : remembered.address().orElse(null);
        }
    }

    private static Optional<String> external(Node node) {
        if (node.getStatus() == null || node.getStatus().getAddresses() == null) return Optional.empty();
        return node.getStatus().getAddresses().stream().filter(a -> a.getType().equals("ExternalIP")).map(a -> a.getAddress()).findFirst();
    }
}
