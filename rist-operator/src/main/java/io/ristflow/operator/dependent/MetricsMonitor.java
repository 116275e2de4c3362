package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import java.util.List;
import java.util.Map;

/** Has Prometheus ask the pod, on clusters where its operator is installed. */
public final class MetricsMonitor extends Child<GenericKubernetesResource> {
    /** Whether the cluster knows them. */
    public static final class Served implements Condition<GenericKubernetesResource, RistFlow> {
        @Override
        public boolean isMet(DependentResource<GenericKubernetesResource, RistFlow> child, RistFlow flow, Context<RistFlow> context) {
            return FlowPlan.of(context).apis().serviceMonitors();
        }
    }

    public MetricsMonitor() {
        super(GenericKubernetesResource.class);
    }

    @Override
    protected GenericKubernetesResource wanted(FlowPlan plan) {
        Map<String, Object> spec = Map.of(
                "selector", Map.of("matchLabels", Labels.podSelector(plan.flow().getMetadata().getName())),
                "endpoints", List.of(Map.of("port", Names.HTTP_PORT, "path", "/metrics", "interval", "15s")));
        return new GenericKubernetesResourceBuilder().withApiVersion(ClusterApis.MONITORING).withKind(ClusterApis.SERVICE_MONITOR).withNewMetadata().endMetadata().addToAdditionalProperties("spec", spec).build();
    }

    @Override
    protected InformerEventSourceConfiguration.Builder<GenericKubernetesResource> informers(EventSourceContext<RistFlow> context) {
        return InformerEventSourceConfiguration.from(new GroupVersionKind("monitoring.coreos.com", "v1", ClusterApis.SERVICE_MONITOR), RistFlow.class);
    }
}
