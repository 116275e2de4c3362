package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Secret that holds the URL. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UrlSecretRef(
        @JsonPropertyDescription("Name of the Secret, in the namespace of the RistFlow.") @Required @Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 253) String name,
        @JsonPropertyDescription("Key in the Secret whose value is used.") @Default("url") @Pattern("^[-._a-zA-Z0-9]*[-_a-zA-Z0-9][-._a-zA-Z0-9]*$") @Size(min = 1, max = 253) String key) {}
