package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import java.util.List;
import java.util.Map;

/** Has Prometheus ask the pod, on clusters where its operator is installed. */
public final class MetricsMonitor extends Child<ServiceMonitor> {
    /** Whether the cluster knows them. */
    public static final class Served implements Condition<ServiceMonitor, RistFlow> {
        @Override
        public boolean isMet(DependentResource<ServiceMonitor, RistFlow> child, RistFlow flow, Context<RistFlow> context) {
            return FlowPlan.of(context).apis().serviceMonitors();
        }
    }

    public MetricsMonitor() {
        super(ServiceMonitor.class);
    }

    @Override
    protected ServiceMonitor wanted(FlowPlan plan) {
        ServiceMonitor monitor = new ServiceMonitor();
        monitor.setMetadata(new ObjectMeta());
        monitor.setSpec(Map.of(
                "selector", Map.of("matchLabels", Labels.podSelector(plan.flow().getMetadata().getName())),
                "endpoints", List.of(Map.of(
                        // Our metrics have a label endpoint of their own, which Prometheus' operator would rename otherwise.
                        "port", Names.HTTP_PORT, "path", "/metrics", "interval", "15s", "honorLabels", true))));
        return monitor;
    }
}
