package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** How peers outside the cluster reach the listeners of this flow. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Exposure(
        @JsonPropertyDescription("LoadBalancer, NodePort, HostPort, HostNetwork, or None for callers and for Multus networks.") @Default("LoadBalancer") ExposureType type,
        @JsonPropertyDescription("Pool from which the operator allocates ports that listen.port does not give (even and odd pairs for Simple).") @Default("default") @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 63) String portPool,
        @JsonPropertyDescription("Local keeps the peer's address; Cluster hides it behind a node.") @Default("Local") ExternalTrafficPolicy externalTrafficPolicy,
        @JsonPropertyDescription("Annotations for the Service, such as those of a cloud load balancer.") @Size(max = 64) Map<String, @Size(max = 4096) String> annotations) {}
