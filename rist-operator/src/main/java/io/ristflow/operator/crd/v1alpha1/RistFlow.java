package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A flow of live media over RIST: inputs and outputs. What {@code crds/ristflows.ristflow.io.yaml} says is generated from this package. */
@Group(RistFlow.GROUP)
@Version(RistFlow.VERSION)
@ShortNames("rf")
@JsonClassDescription("A flow of live media over RIST: inputs and outputs.")
@ValidationRule(value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$')", message = "1..63 lower-case letters, digits and hyphens, the first a letter and the last not a hyphen: Kubernetes allows no other name for a Service")
@AdditionalPrinterColumn(name = "Profile", jsonPath = ".spec['inputs','outputs'][*].rist.profile", type = Type.STRING, getDescription = "RIST profile of the first input that is RIST, or else output")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status", type = Type.STRING, getDescription = "Sockets are bound")
@AdditionalPrinterColumn(name = "Peers", jsonPath = ".status.peers", type = Type.INTEGER, getDescription = "Peers that are connected")
@AdditionalPrinterColumn(name = "Bitrate", jsonPath = ".status.bitrateKbps", type = Type.INTEGER, getDescription = "Media of the active inputs, kilobits per second")
@AdditionalPrinterColumn(name = "RTT", jsonPath = ".status.rttMs", type = Type.INTEGER, getDescription = "Longest round trip, milliseconds")
@AdditionalPrinterColumn(name = "Loss", jsonPath = ".status.lostPercent", type = Type.NUMBER, getDescription = "Percent that stayed lost")
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".status.endpoints[0].url", type = Type.STRING, getDescription = "Where the peer calls")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE, getDescription = "When the resource was made")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING, priority = 1, getDescription = "How the flow is, in one word")
public class RistFlow extends CustomResource<RistFlowSpec, RistFlowStatus> implements Namespaced {
    public static final String GROUP = "ristflow.io";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "RistFlow";
    private static final long serialVersionUID = 1;
}
