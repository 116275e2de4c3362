package io.ristflow.operator.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code ristflow_operator_flows{phase}}: how many flows are in which phase, each phase always there. */
public final class FlowMeters {
    private final Map<String, String> phases = new ConcurrentHashMap<>();

    public FlowMeters(MeterRegistry meters) {
        for (Phase phase : Phase.values())
            Gauge.builder("ristflow.operator.flows", phases, of -> of.values().stream().filter(phase.name()::equals).count())
                    .description("RistFlow resources by phase.").tag("phase", phase.name()).register(meters);
    }

    /** @param phase {@code status.phase}; null counts nowhere */
    public void phase(String namespace, String name, String phase) {
        if (phase == null) gone(namespace, name);
        else phases.put(key(namespace, name), phase);
    }

    public void gone(String namespace, String name) {
        phases.remove(key(namespace, name));
    }

    private static String key(String namespace, String name) {
        return namespace + '/' + name;
    }
}
