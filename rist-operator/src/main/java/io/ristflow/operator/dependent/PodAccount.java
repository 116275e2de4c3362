package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** Whom the pod runs as: nobody that the API server grants anything to, without a token. */
public final class PodAccount extends Child<ServiceAccount> {
    public PodAccount() {
        super(ServiceAccount.class);
    }

    @Override
    protected ServiceAccount wanted(FlowPlan plan) {
        return new ServiceAccountBuilder().withNewMetadata().endMetadata().withAutomountServiceAccountToken(false).build();
    }
}
