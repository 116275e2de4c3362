package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Source adaptation (TR-06-4 Part 1): what the encoder in front should send, by what the receivers report of the link. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "!has(self.minKbps) || self.minKbps <= self.maxKbps", message = "minKbps must not be above maxKbps")
public record Adaptation(
        @JsonPropertyDescription("What the encoder sends where the path allows, kilobits per second.") @Required @Min(10) @Max(10000000) Integer maxKbps,
        @JsonPropertyDescription("What the encoder cannot go below, kilobits per second. Left out: a tenth of maxKbps.") @Min(10) @Max(10000000) Integer minKbps,
        @JsonPropertyDescription("Told by HTTP POST whenever the encoder should change its bit rate.") Webhook webhook) {}
