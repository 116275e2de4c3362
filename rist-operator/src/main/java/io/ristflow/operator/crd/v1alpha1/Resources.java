package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Compute resources, as in a container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resources(
        @JsonPropertyDescription("What is set aside, by resource name.") @Size(max = 16) Map<String, Quantity> requests,
        @JsonPropertyDescription("What may be used at most, by resource name. A CPU limit shows as packet loss.") @Size(max = 16) Map<String, Quantity> limits) {}
