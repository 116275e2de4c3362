package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A toleration, as in a pod. */
@JsonClassDescription("A toleration, as in a pod.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.key) && self.key != '' || has(self.operator) && self.operator == 'Exists'", message = "without a key operator must be Exists, which tolerates every taint")
@ValidationRule(value = "!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''", message = "operator Exists takes no value")
@ValidationRule(value = "!has(self.tolerationSeconds) || has(self.effect) && self.effect == 'NoExecute'", message = "tolerationSeconds needs effect NoExecute")
public record Toleration(
        @JsonPropertyDescription("Key of the taint.") @Size(max = 253) String key,
        @JsonPropertyDescription("Exists or Equal.") TolerationOperator operator,
        @JsonPropertyDescription("Value of the taint.") @Size(max = 63) String value,
        @JsonPropertyDescription("Effect of the taint.") TaintEffect effect,
        @JsonPropertyDescription("How long NoExecute is tolerated, seconds.") @Min(0) @Max(9007199254740991L) Long tolerationSeconds) {}
