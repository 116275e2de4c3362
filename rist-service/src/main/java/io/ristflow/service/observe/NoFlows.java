package io.ristflow.service.observe;

import io.quarkus.arc.DefaultBean;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What there is to see where nothing hosts flows; the runtime's own bean takes its place. */
@DefaultBean
@ApplicationScoped
public class NoFlows implements Flows {
    @Override
    public List<FlowSnapshot> snapshots() {
        return List.of();
    }

    @Override
    public Optional<FlowSnapshot> snapshot(String name) {
        return Optional.empty();
    }

    @Override
    public Transport transport() {
        return new Transport(false, "no flows are hosted");
    }
}
