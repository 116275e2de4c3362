package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One port, or an even one and the odd one after it. */
@JsonClassDescription("One port, or an even one and the odd one after it.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PortClaim(
        @JsonPropertyDescription("Name of the input or output.") @Required @Size(max = 63) String end,
        @JsonPropertyDescription("Name of the path.") @Required @Size(max = 63) String path,
        @JsonPropertyDescription("UDP port that the pod listens on.") @Required @Min(1) @Max(65535) Integer port,
        @JsonPropertyDescription("UDP port that peers call: of the node, or of the load balancer.") @Min(1) @Max(65535) Integer externalPort,
        @JsonPropertyDescription("Pool that it was taken from; absent for a port that the spec names.") @Size(max = 63) String pool) {}
