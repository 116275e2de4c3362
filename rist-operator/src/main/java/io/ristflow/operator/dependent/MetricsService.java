package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;

/** What a ServiceMonitor finds the pod by: a Service without address, so that HTTP is never among the ports that a load balancer opens. */
public final class MetricsService extends Child<Service> {
    public MetricsService() {
        super(Service.class);
    }

    @Override
    protected Service wanted(FlowPlan plan) {
        if (!plan.apis().serviceMonitors()) return null;
        return new ServiceBuilder()
                .withNewMetadata().endMetadata()
                .withNewSpec()
                .withType("ClusterIP").withClusterIP("None").withPublishNotReadyAddresses(true)
                .withSelector(Labels.podSelector(plan.flow().getMetadata().getName()))
                .addNewPort().withName(Names.HTTP_PORT).withProtocol("TCP").withPort(plan.ports().http()).withTargetPort(new IntOrString(Names.HTTP_PORT)).endPort()
                .endSpec().build();
    }

    /** Those of 1.20 do not, for Services. */
    @Override
    protected boolean versionOnCreation() {
        return false;
    }

    @Override
    protected String name(FlowPlan plan) {
        return Names.metrics(plan.flow().getMetadata().getName());
    }
}
