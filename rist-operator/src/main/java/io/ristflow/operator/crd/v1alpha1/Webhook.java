package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Told by HTTP POST whenever the encoder should change its bit rate. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.url) != has(self.urlSecretRef)", message = "exactly one of url and urlSecretRef must be given")
public record Webhook(
        @JsonPropertyDescription("http:// or https:// URL. One that holds a token belongs into a Secret.") @Size(min = 8, max = 2048)
                @ValidationRule(value = "self.matches('^[hH][tT][tT][pP][sS]?://')", message = "does not start with http:// or https://")
                String url,
        @JsonPropertyDescription("Secret that holds the URL.") UrlSecretRef urlSecretRef) {}
