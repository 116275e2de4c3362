package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Who may connect, beyond knowing the key. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Authentication(
        @JsonPropertyDescription("EAP-SRP user names and passwords (TR-06-2, clause 8).") @Required Srp srp) {}
