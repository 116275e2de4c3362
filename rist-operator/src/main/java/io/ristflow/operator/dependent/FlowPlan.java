package io.ristflow.operator.dependent;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.render.PodTemplate;
import java.util.Set;

/**
 * All that children are made from; made once for a reconciliation and handed on in its context.
 *
 * @param operator see {@link io.ristflow.operator.config.OperatorSettings#identity}
 * @param document what the pod reads
 * @param secrets names of the Secrets that the pod mounts
 * @param restart see {@link PodTemplate}; null: none
 * @param mediaFlows whether the pod carries media now, so that it is not to be moved
 * @param podMakers kinds of what owns the pods that are there: ReplicaSet, StatefulSet
 * @param hold whether document and pod stay as they are, as a Secret is missing that they need
 */
public record FlowPlan(
        RistFlow flow, String operator, OperatorSettings.Media media, FlowPorts ports, String document, Set<String> secrets, String restart, boolean mediaFlows, Set<String> podMakers, boolean hold, ClusterApis apis) {

    /** Hands the plan on to the children. */
    public void handOn(Context<RistFlow> context) {
        context.managedWorkflowAndDependentResourceContext().put(FlowPlan.class, this);
    }

    static FlowPlan of(Context<RistFlow> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(FlowPlan.class, FlowPlan.class);
    }

    /** Name of the children. */
    public String name() {
        return Names.child(flow.getMetadata().getName());
    }

    public PodTemplate pod() {
        return new PodTemplate(flow, media, ports, secrets, restart);
    }
}
