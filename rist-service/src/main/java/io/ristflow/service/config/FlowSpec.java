package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import java.util.List;

/** One flow: inputs (1 for now) and 1..50 outputs, each with a name that is unique in the flow. */
public record FlowSpec(String name, List<Named> inputs, List<Named> outputs) {
    public static final int MAX_OUTPUTS = 50;

    public record Named(String name, Endpoint endpoint) {}

    public FlowSpec {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.isEmpty()) throw new ConfigException("inputs", "none given; a flow needs one input");
        if (outputs.isEmpty() || outputs.size() > MAX_OUTPUTS) throw new ConfigException("outputs", outputs.size() + " outputs are not in 1.." + MAX_OUTPUTS);
    }
}
