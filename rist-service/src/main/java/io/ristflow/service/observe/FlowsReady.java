package io.ristflow.service.observe;

import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: all flows are started, every flow's sockets are bound, and none is draining but one that is not wanted any more while the others are. A flow without a peer is ready, as its peer can only come to a pod that is: it is told as the datum {@code degraded}.
 *
 * <p>Data: {@code flow.NAME} its state, {@code flow.NAME.failure} what ended it, {@code degraded} all that is not as it should be, {@code transport} native or portable and {@code transport.reason}
 * why it is not native.
 */
@Readiness
@ApplicationScoped
public class FlowsReady implements HealthCheck {
    static final String NAME = "flows";

    private final Flows flows;

    @Inject
    public FlowsReady(Flows flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
        List<FlowSnapshot> snapshots = flows.snapshots();
        describe(snapshots, response);
        Flows.Transport transport = flows.transport();
        response.withData("transport", transport.nativeTransport() ? "native" : "portable");
        if (!transport.nativeTransport() && transport.reason() != null) response.withData("transport.reason", transport.reason());
        boolean bound = snapshots.stream().allMatch(f -> f.state() == FlowSnapshot.State.RUNNING || flows.leaving(f.name()));
        return response.status(flows.complete() && !flows.ending() && bound).build();
    }

    static void describe(List<FlowSnapshot> snapshots, HealthCheckResponseBuilder response) {
        List<String> degraded = new ArrayList<>();
        for (FlowSnapshot flow : snapshots) {
            response.withData("flow." + flow.name(), flow.state().name());
            if (flow.failure() != null) response.withData("flow." + flow.name() + ".failure", flow.failure());
            // One flow is the rule in a pod: its name adds nothing then.
            for (String reason : flow.degraded()) degraded.add(snapshots.size() == 1 ? reason : flow.name() + ": " + reason);
        }
        if (!degraded.isEmpty()) response.withData("degraded", String.join("; ", degraded));
    }
}
