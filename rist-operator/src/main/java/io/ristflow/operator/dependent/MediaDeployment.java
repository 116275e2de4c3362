package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.Maintenance;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.UpdateStrategy;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.ports.PortNeeds;

/** The pod where its port is not the node's, and how a new one takes its place. */
public final class MediaDeployment extends Child<Deployment> {
    /** Kind of what owns its pods. */
    static final String POD_MAKER = "ReplicaSet";

    public MediaDeployment() {
        super(Deployment.class);
    }

    @Override
    protected Deployment wanted(FlowPlan plan) {
        if (PortNeeds.onNode(plan.flow().getSpec())) return null;
        return new DeploymentBuilder()
                .withNewMetadata().endMetadata()
                .withNewSpec()
                .withReplicas(1).withRevisionHistoryLimit(2)
                .withStrategy(strategy(plan.flow().getSpec()))
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
        return plan.podMakers().contains(MediaStatefulSet.POD_MAKER);
    }

    /**
     * The new pod stands before the old one goes only where it is silent until the peers move over: where every input is called, through a Service. Otherwise two pods would send the
     * same stream twice.
     */
    static DeploymentStrategy strategy(RistFlowSpec spec) {
        Maintenance maintenance = spec.maintenance();
        ExposureType type = PortNeeds.type(spec);
        boolean wished = maintenance == null || maintenance.update() != UpdateStrategy.Recreate;
        boolean byService = type == ExposureType.LoadBalancer || type == ExposureType.NodePort;
        boolean called = spec.inputs().stream().allMatch(input -> input.rist() != null && input.rist().paths().stream().allMatch(path -> path.listen() != null && path.network() == null));
        if (!wished || !byService || !called) return new DeploymentStrategyBuilder().withType("Recreate").build();
        return new DeploymentStrategyBuilder().withType("RollingUpdate").withNewRollingUpdate().withMaxSurge(new IntOrString(1)).withMaxUnavailable(new IntOrString(0)).endRollingUpdate().build();
    }
}
