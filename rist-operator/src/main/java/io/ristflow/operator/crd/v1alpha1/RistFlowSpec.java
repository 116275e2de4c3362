package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What is wanted. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "size(self.inputs) == 2 || !has(self.inputPolicy)", message = "inputPolicy needs two inputs")
@ValidationRule(value = "size(self.inputs) == 1 || has(self.inputPolicy)", message = "two inputs need an inputPolicy")
@ValidationRule(value = "!has(self.inputPolicy) || !has(self.inputPolicy.preferred) || self.inputs.exists(i, i.name == self.inputPolicy.preferred)", message = "inputPolicy.preferred must be the name of an input")
@ValidationRule(value = "!has(self.inputPolicy) || self.inputPolicy.mode != 'Merge' || self.inputs.all(i, has(i.rist) || has(i.rtp))", message = "mode Merge needs inputs whose packets are numbered: rist or rtp")
public record RistFlowSpec(
        @JsonPropertyDescription("Inputs; two need an inputPolicy.") @Required @Size(min = 1, max = 2) @Schema(key = "name") List<Input> inputs,
        @JsonPropertyDescription("What two inputs are to each other.") InputPolicy inputPolicy,
        @JsonPropertyDescription("Outputs; they come and go without touching the flow.") @Required @Size(min = 1, max = 50) @Schema(key = "name") List<Output> outputs,
        @JsonPropertyDescription("How peers outside the cluster reach the listeners of this flow. Left out: by a load balancer.") Exposure exposure,
        @JsonPropertyDescription("Which pod runs the flow.") Placement placement,
        @JsonPropertyDescription("How the flow is moved to a new pod.") Maintenance maintenance,
        @JsonPropertyDescription("Settings of the pod.") PodSettings pod) {}
