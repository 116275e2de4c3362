package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** Waits for a peer to call. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Listen(
        @JsonPropertyDescription("UDP port to listen on. Left out, the operator allocates one; needed where there is no operator.") @Min(1) @Max(65535) Integer port,
        @JsonPropertyDescription("Address to bind; left out, every address.") @Size(min = 1, max = 253) String host) {}
