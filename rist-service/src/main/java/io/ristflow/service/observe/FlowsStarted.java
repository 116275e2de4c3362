package io.ristflow.service.observe;

import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** Started: no flow is still on its way to its sockets, and none failed on it. */
@Startup
@ApplicationScoped
public class FlowsStarted implements HealthCheck {
    static final String NAME = "flows-started";

    private final Flows flows;

    @Inject
    public FlowsStarted(Flows flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
        List<FlowSnapshot> snapshots = flows.snapshots();
        FlowsReady.describe(snapshots, response);
        return response.status(flows.complete() && snapshots.stream().noneMatch(f -> f.state() == FlowSnapshot.State.STARTING || f.state() == FlowSnapshot.State.FAILED)).build();
    }
}
