package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How the flow is moved to a new pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Maintenance(
        @JsonPropertyDescription("How long a pod that is to stop may take at most to play out what it holds and to repeat what its receivers ask for, seconds. It takes no more media in.") @Default("30") @Min(0) @Max(3600) Integer drainSeconds,
        @JsonPropertyDescription("MakeBeforeBreak: the new pod stands before the old one goes. Recreate: the other way round.") @Default("MakeBeforeBreak") UpdateStrategy update) {}
