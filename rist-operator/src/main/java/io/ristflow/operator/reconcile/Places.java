package io.ristflow.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.render.Endpoints.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Where a flow is, from its Service and its pods. Pure.
 *
 * @param where what endpoints are made of
 * @param loadBalancerWaitMs how long the load balancer may still take before the node's address is told; 0: its time is over; {@link #ANSWERED}: it answered, or none is asked for
 */
record Places(Whereabouts where, long loadBalancerWaitMs) {
    static final long ANSWERED = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param service null if there is none
     * @param external address of a node outside the cluster by its name; null where it has none
     * @param patience how long a load balancer may take
     */
    static Places of(Service service, List<Pod> pods, UnaryOperator<String> external, Duration patience, Instant now) {
        boolean balanced = service != null && "LoadBalancer".equals(service.getSpec().getType());
        String balancer = balanced ? balancer(service) : null;
        long waitMs = !balanced || balancer != null ? ANSWERED : Math.max(0, patience.toMillis() - Duration.between(Instant.parse(service.getMetadata().getCreationTimestamp()), now).toMillis());

        Pod pod = pods.stream().filter(p -> !p.isMarkedForDeletion() && p.getSpec().getNodeName() != null)
                .max(Comparator.comparing(Places::ready).thenComparing(p -> p.getMetadata().getCreationTimestamp())).orElse(null);
        String node = pod == null ? null : external.apply(pod.getSpec().getNodeName());
        if (node == null && pod != null) node = pod.getStatus().getHostIP();
        return new Places(new Whereabouts(balancer, node, pod == null ? null : pod.getStatus().getPodIP(), pod == null ? Map.of() : networks(pod), waitMs == 0), waitMs);
    }

    private static String balancer(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null || service.getStatus().getLoadBalancer().getIngress() == null) return null;
        return service.getStatus().getLoadBalancer().getIngress().stream().map(Places::address).filter(a -> a != null).findFirst().orElse(null);
    }

    private static String address(LoadBalancerIngress ingress) {
        return ingress.getIp() != null ? ingress.getIp() : ingress.getHostname();
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream().anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    /** First address of each interface that Multus attached. */
    private static Map<String, String> networks(Pod pod) {
        Map<String, String> addresses = new HashMap<>();
        String status = pod.getMetadata().getAnnotations() == null ? null : pod.getMetadata().getAnnotations().get(Annotations.NETWORK_STATUS);
        if (status == null) return addresses;
        try {
            for (JsonNode network : JSON.readTree(status)) {
                JsonNode ip = network.path("ips").path(0);
                if (network.path("interface").isTextual() && ip.isTextual()) addresses.put(network.get("interface").textValue(), ip.textValue());
            }
        } catch (JsonProcessingException e) {
            // Not ours to repair; such a path shows no endpoint.
            return Map.of();
        }
        return addresses;
    }
}
