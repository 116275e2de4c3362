package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** Settings of the pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodSettings(
        @JsonPropertyDescription("Compute resources, as in a container.") Resources resources,
        @JsonPropertyDescription("Labels that the node must have.") @Size(max = 64) Map<String, @Size(max = 4096) String> nodeSelector,
        @JsonPropertyDescription("Taints that are tolerated.") @Size(max = 32) List<Toleration> tolerations,
        @JsonPropertyDescription("Priority class of the pod.") @Pattern("^([a-z0-9]([-.a-z0-9]*[a-z0-9])?)?$") @Size(max = 253) String priorityClassName,
        @JsonPropertyDescription("Annotations for the pod.") @Size(max = 64) Map<String, @Size(max = 4096) String> annotations) {}
