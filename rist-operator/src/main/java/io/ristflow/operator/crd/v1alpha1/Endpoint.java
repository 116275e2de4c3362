package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** One endpoint. */
@JsonClassDescription("One endpoint.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Endpoint(
        @JsonPropertyDescription("Name of the input.") @Size(max = 1024) String input,
        @JsonPropertyDescription("Name of the output.") @Size(max = 1024) String output,
        @JsonPropertyDescription("Name of the path.") @Size(max = 1024) String path,
        @JsonPropertyDescription("Address to call.") @Size(max = 1024) String address,
        @JsonPropertyDescription("UDP port to call.") @Min(1) @Max(65535) Integer port,
        @JsonPropertyDescription("URL for the peer, without secrets.") @Size(max = 1024) String url) {}
