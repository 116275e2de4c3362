package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One output. */
@JsonClassDescription("One output.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutputStatus(
        @JsonPropertyDescription("Name of the output.") @Size(max = 1024) String name,
        @JsonPropertyDescription("Sending, Idle or Failed.") @Size(max = 1024) String state,
        @JsonPropertyDescription("Bit rate, kilobits per second.") @Min(0) Integer bitrateKbps,
        @JsonPropertyDescription("The paths as they are, of a RIST output.") @Size(max = 1024) List<PathStatus> paths) {}
