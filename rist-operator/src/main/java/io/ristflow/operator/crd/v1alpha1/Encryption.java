package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** A pre-shared key of this path's own; left out, that of all paths. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.inForce == 'Secret' || has(self.nextSecretRef)", message = "inForce NextSecret needs nextSecretRef")
public record Encryption(
        @JsonPropertyDescription("Secret that holds the passphrase, 1..127 bytes of UTF-8.") @Required SecretKeyRef secretRef,
        @JsonPropertyDescription("Key size. 128 or 256, on the Advanced profile 192 as well; librist takes 256 when its URL does not say.") @Default("256") @Schema(oneOf = {128, 192, 256}) Integer aesBits,
        @JsonPropertyDescription("A new key is derived after so many packets; 0: only before the counter would wrap.") @Default("0") @Min(0) @Max(4294967295L) Long keyRotationPackets,
        @JsonPropertyDescription("Which of the two passphrases is in force: Secret (even) or NextSecret (odd). A receiver goes after its sender.") @Default("Secret") InForce inForce,
        @JsonPropertyDescription("Secret that holds the passphrase to change to while the flow runs (TR-06-2, clause 7.4). Peers must hold it before it comes into force.") SecretKeyRef nextSecretRef) {}
