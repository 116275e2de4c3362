package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.ristflow.operator.naming.Annotations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UnaryOperator<String> NONE = node -> null;

    private static Service service(String type, String ip, String host) {
        ServiceBuilder service = new ServiceBuilder().withNewMetadata().withCreationTimestamp(MADE.toString()).endMetadata().withNewSpec().withType(type).endSpec();
        if (ip != null || host != null) service.withNewStatus().withNewLoadBalancer().addNewIngress().withIp(ip).withHostname(host).endIngress().endLoadBalancer().endStatus();
        return service.build();
    }

    private static Pod pod(String node, boolean ready, Map<String, String> annotations) {
        return new PodBuilder().withNewMetadata().withCreationTimestamp(MADE.toString()).withAnnotations(annotations).endMetadata().withNewSpec().withNodeName(node).endSpec()
                .withNewStatus().withHostIP("10.0.0." + node.length()).withPodIP("10.1.0.7").addNewCondition().withType("Ready").withStatus(ready ? "True" : "False").endCondition().endStatus().build();
    }

    @Test
    void aLoadBalancerHasTimeToAnswerAndThenTheNodeStepsIn() {
        Places early = Places.of(service("LoadBalancer", null, null), List.of(), NONE, PATIENCE, MADE.plusSeconds(20));
        assertThat(early.loadBalancerWaitMs()).isEqualTo(40_000);
        assertThat(early.where().fallBack()).isFalse();
        Places late = Places.of(service("LoadBalancer", null, null), List.of(), NONE, PATIENCE, MADE.plusSeconds(61));
        assertThat(late.loadBalancerWaitMs()).isZero();
        assertThat(late.where().fallBack()).isTrue();
    }

    @Test
    void aLoadBalancersAnswerIsAnAddressOrAName() {
        assertThat(Places.of(service("LoadBalancer", "203.0.113.7", null), List.of(), NONE, PATIENCE, MADE.plusSeconds(600)).where().loadBalancer()).isEqualTo("203.0.113.7");
        assertThat(Places.of(service("LoadBalancer", null, "lb.example"), List.of(), NONE, PATIENCE, MADE).where().loadBalancer()).isEqualTo("lb.example");
        assertThat(Places.of(service("LoadBalancer", "203.0.113.7", null), List.of(), NONE, PATIENCE, MADE).loadBalancerWaitMs()).isEqualTo(Places.ANSWERED);
    }

    @Test
    void nobodyWaitsWhereNoLoadBalancerWasAskedFor() {
        assertThat(Places.of(service("NodePort", null, null), List.of(), NONE, PATIENCE, MADE).loadBalancerWaitMs()).isEqualTo(Places.ANSWERED);
        assertThat(Places.of(null, List.of(), NONE, PATIENCE, MADE).loadBalancerWaitMs()).isEqualTo(Places.ANSWERED);
    }

    @Test
    void theNodeIsThatOfThePodThatIsReadyByItsOutsideAddressIfItHasOne() {
        List<Pod> pods = List.of(pod("old-one", false, null), pod("b", true, null));
        assertThat(Places.of(null, pods, NONE, PATIENCE, MADE).where().node()).isEqualTo("10.0.0.1");
        assertThat(Places.of(null, pods, node -> node.equals("b") ? "198.51.100.1" : null, PATIENCE, MADE).where().node()).isEqualTo("198.51.100.1");
        assertThat(Places.of(null, List.of(), NONE, PATIENCE, MADE).where().node()).isNull();
    }

    @Test
    void multusTellsTheAddressesOfItsNetworks() {
        String status = "[{\"name\":\"cni\",\"interface\":\"eth0\",\"ips\":[\"10.1.0.7\"],\"default\":true},{\"name\":\"tv/lte\",\"interface\":\"net1\",\"ips\":[\"203.0.113.7\",\"2001:db8::7\"]},{\"name\":\"x\"}]";
        assertThat(Places.of(null, List.of(pod("n", true, Map.of(Annotations.NETWORK_STATUS, status))), NONE, PATIENCE, MADE).where().networks()).containsEntry("net1", "203.0.113.7").hasSize(2);
        assertThat(Places.of(null, List.of(pod("n", true, Map.of(Annotations.NETWORK_STATUS, "{not json"))), NONE, PATIENCE, MADE).where().networks()).isEmpty();
    }
}
