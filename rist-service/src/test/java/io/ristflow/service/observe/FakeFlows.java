package io.ristflow.service.observe;

import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Optional;

/** Flows that are what a test says; enabled by {@link FakeFlowsProfile} alone. */
@Alternative
@ApplicationScoped
public class FakeFlows implements Flows {
    private volatile List<FlowSnapshot> now = List.of();
    private volatile boolean askedOnEventLoop;
    private volatile Transport transport = new Transport(true, "");

    public void are(FlowSnapshot... flows) {
        now = List.of(flows);
    }

    public void transport(Transport transport) {
        this.transport = transport;
    }

    /** Whether anybody asked from an event loop, where a real answer might be waited for in vain. */
    public boolean askedOnEventLoop() {
        return askedOnEventLoop;
    }

    @Override
    public List<FlowSnapshot> snapshots() {
        askedOnEventLoop |= io.vertx.core.Context.isOnEventLoopThread();
        return now;
    }

    @Override
    public Optional<FlowSnapshot> snapshot(String name) {
        return now.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    @Override
    public Transport transport() {
        return transport;
    }
}
