package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** EAP-SRP user names and passwords (TR-06-2, clause 8). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.usersSecretRef) != has(self.credentialsSecretRef)", message = "exactly one of usersSecretRef and credentialsSecretRef must be given")
public record Srp(
        @JsonPropertyDescription("Secret that holds the users that a listener takes.") UsersSecretRef usersSecretRef,
        @JsonPropertyDescription("Secret that holds the user name and the password of a caller.") CredentialsSecretRef credentialsSecretRef,
        @JsonPropertyDescription("Log in with librist up to 0.2.15, and with no other.") @Default("false") Boolean compat,
        @JsonPropertyDescription("Without encryption, let media through in the clear where the peer does not encrypt under the session's key.") @Default("false") Boolean clearMedia) {}
