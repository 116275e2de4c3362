package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One input. */
@JsonClassDescription("One input.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputStatus(
        @JsonPropertyDescription("Name of the input.") @Size(max = 1024) String name,
        @JsonPropertyDescription("Whether the outputs get this input.") Boolean active,
        @JsonPropertyDescription("The paths as they are.") @Size(max = 1024) List<PathStatus> paths) {}
