package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.ports.PortNeeds;

/**
 * The pod where its port is the node's. It makes the next pod when the one before is gone, and so when the port is free: a Deployment makes it at once, and it then waits for the scheduler, which tries
 * ever more slowly (docs/adr/0024).
 */
public final class MediaStatefulSet extends Child<StatefulSet> {
    /** Kind of what owns its pods. */
    static final String POD_MAKER = "StatefulSet";

    public MediaStatefulSet() {
        super(StatefulSet.class);
    }

    @Override
    protected StatefulSet wanted(FlowPlan plan) {
        if (!PortNeeds.onNode(plan.flow().getSpec())) return null;
        return new StatefulSetBuilder()
                .withNewMetadata().endMetadata()
                .withNewSpec()
                .withReplicas(1).withRevisionHistoryLimit(2)
                // There is no such Service; the field must be set, and cannot be changed later.
                .withServiceName(plan.name())
                // In order, a pod that never gets ready is not replaced when the template is mended.
                .withPodManagementPolicy("Parallel")
                .withNewUpdateStrategy().withType("RollingUpdate").endUpdateStrategy()
                .withNewSelector().withMatchLabels(Labels.podSelector(plan.flow().getMetadata().getName())).endSelector()
                .withTemplate(plan.pod().spec())
                .endSpec().build();
    }

    @Override
    protected boolean waitsForSecrets() {
        return true;
    }

    @Override
    protected boolean comesLater(FlowPlan plan) {
        return plan.podMakers().contains(MediaDeployment.POD_MAKER);
    }
}
