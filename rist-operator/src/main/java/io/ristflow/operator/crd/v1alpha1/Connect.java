package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Calls a peer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Connect(
        @JsonPropertyDescription("Host or address of the peer.") @Required @Size(min = 1, max = 253) String host,
        @JsonPropertyDescription("UDP port of the peer.") @Required @Min(1) @Max(65535) Integer port) {}
