package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One condition. */
@JsonClassDescription("One condition.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlowCondition(
        @JsonPropertyDescription("Accepted, PortsAllocated, Programmed, Ready, PeerConnected, Authenticated, Receiving or Degraded.") @Required @Size(max = 316) String type,
        @JsonPropertyDescription("True, False or Unknown.") @Required ConditionStatus status,
        @JsonPropertyDescription("Generation of the spec that it was judged by.") @Min(0) @Max(9007199254740991L) Long observedGeneration,
        @JsonPropertyDescription("When status changed last.") @Required @Schema(format = "date-time") String lastTransitionTime,
        @JsonPropertyDescription("A constant for programs.") @Required @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$") @Size(min = 1, max = 1024) String reason,
        @JsonPropertyDescription("A sentence for people: what is wrong and what to do.") @Required @Size(max = 32768) String message) {}
