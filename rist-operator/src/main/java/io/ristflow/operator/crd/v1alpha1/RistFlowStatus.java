package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RistFlowStatus(
        @JsonPropertyDescription("Generation of the spec that this status was made from.") @Min(0) @Max(9007199254740991L) Long observedGeneration,
        @JsonPropertyDescription("One word for people; conditions are for programs.") @Size(max = 1024) String phase,
        @JsonPropertyDescription("Conditions.") @Size(max = 32) @Schema(key = "type") List<FlowCondition> conditions,
        @JsonPropertyDescription("Where peers reach the listeners.") @Size(max = 1024) List<Endpoint> endpoints,
        @JsonPropertyDescription("The inputs as they are.") @Size(max = 2) List<InputStatus> inputs,
        @JsonPropertyDescription("The outputs as they are.") @Size(max = 50) List<OutputStatus> outputs,
        @JsonPropertyDescription("Name of the pod that carries the flow.") @Size(max = 1024) String pod,
        @JsonPropertyDescription("Ports that the flow holds; they stay for as long as the flow wants them.") @Size(max = 1024) List<PortClaim> ports,
        @JsonPropertyDescription("Peers that are connected, of inputs and outputs.") @Min(0) Integer peers,
        @JsonPropertyDescription("Media of the active inputs, kilobits per second.") @Min(0) Integer bitrateKbps,
        @JsonPropertyDescription("Longest round trip of the connected paths, milliseconds.") @Min(0) Integer rttMs,
        @JsonPropertyDescription("Share of packets that stayed lost, percent; the worst of the active inputs.") @Min(0) @Max(100) Double lostPercent) {}
