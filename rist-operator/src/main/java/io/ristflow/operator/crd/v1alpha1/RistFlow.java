package io.ristflow.operator.crd.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A flow of live media over RIST: inputs and outputs. What {@code crds/ristflows.ristflow.io.yaml} says is generated from this package. */
@Group(RistFlow.GROUP)
@Version(RistFlow.VERSION)
@ShortNames("rf")
public class RistFlow extends CustomResource<RistFlowSpec, RistFlowStatus> implements Namespaced {
    public static final String GROUP = "ristflow.io";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "RistFlow";
    private static final long serialVersionUID = 1;
}
