package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What two inputs are to each other. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "!has(self.preferred) || self.mode == 'Failover'", message = "preferred belongs to mode Failover; Merge takes packets from both inputs alike")
public record InputPolicy(
        @JsonPropertyDescription("Failover: one at a time. Merge: the same packets on both, each taken from whichever has it (SMPTE 2022-7).") @Default("Failover") InputPolicyMode mode,
        @JsonPropertyDescription("Silence on the active input after which the other takes over, milliseconds.") @Default("500") @Min(50) @Max(60000) Integer silenceMs,
        @JsonPropertyDescription("Name of the input that is active when both are well; mode Failover. Left out: the active one stays until it falls silent.") @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 63) String preferred,
        @JsonPropertyDescription("How long the preferred input must have been well before it is taken again, milliseconds; mode Failover.") @Default("5000") @Min(0) @Max(3600000) Integer returnAfterMs,
        @JsonPropertyDescription("How far one input may lag behind the other, milliseconds; mode Merge. Packets are held as long as the inputs really are apart, and never longer than this.") @Default("1000") @Min(10) @Max(30000) Integer skewMs) {}
