package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where datagrams come in that go to the peer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutOfBandListen(
        @JsonPropertyDescription("Address to bind; left out, 127.0.0.1 alone, as whatever comes in goes on to the peer.") @Size(min = 1, max = 253) String host,
        @JsonPropertyDescription("UDP port to bind.") @Required @Min(1) @Max(65535) Integer port) {}
