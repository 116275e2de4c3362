package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Labels;

/** While media flows nobody may evict the pod; while none does, anybody may. For clusters that serve policy/v1. */
public final class DisruptionBudget extends Child<PodDisruptionBudget> {
    /** Whether it is this version that the cluster serves. */
    public static final class Served implements Condition<PodDisruptionBudget, RistFlow> {
        @Override
        public boolean isMet(DependentResource<PodDisruptionBudget, RistFlow> child, RistFlow flow, Context<RistFlow> context) {
            return FlowPlan.of(context).apis().disruptionBudgetsV1();
        }
    }

    public DisruptionBudget() {
        super(PodDisruptionBudget.class);
    }

    @Override
    protected PodDisruptionBudget wanted(FlowPlan plan) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata().endMetadata()
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(plan.mediaFlows() ? 0 : 1))
                .withNewSelector().withMatchLabels(Labels.podSelector(plan.flow().getMetadata().getName())).endSelector()
                .endSpec().build();
    }
}
