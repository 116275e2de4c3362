package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * One flow: 1 or 2 inputs and 1..50 outputs, each with a name that is unique among its like.
 *
 * @param inputPolicy what two inputs are to each other; null with one
 */
public record FlowSpec(String name, List<Named> inputs, List<Named> outputs, InputPolicy inputPolicy) {
    public static final int MAX_INPUTS = 2;
    public static final int MAX_OUTPUTS = 50;

    public record Named(String name, Endpoint endpoint) {}

    public FlowSpec {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.isEmpty()) throw new ConfigException("inputs", "none given; a flow needs one input");
        if (inputs.size() > MAX_INPUTS) throw new ConfigException("inputs", inputs.size() + " inputs are not in 1.." + MAX_INPUTS);
        if (outputs.isEmpty() || outputs.size() > MAX_OUTPUTS) throw new ConfigException("outputs", outputs.size() + " outputs are not in 1.." + MAX_OUTPUTS);
        if (inputs.size() == 1 && inputPolicy != null) throw new ConfigException("input policy", "needs two inputs; give a second one, or leave the policy out");
        if (inputs.size() == 2) check(inputs, outputs, inputPolicy);
    }

    /** With one input. */
    public FlowSpec(String name, List<Named> inputs, List<Named> outputs) {
        this(name, inputs, outputs, null);
    }

    private static void check(List<Named> inputs, List<Named> outputs, InputPolicy policy) {
        if (policy == null) throw new ConfigException("inputs", "two inputs need an input policy: failover or merge");
        if (policy.preferred() != null && policy.preferredAmong(inputs) < 0) {
            throw new ConfigException("preferred", policy.preferred() + " is not the name of an input; there are " + inputs.get(0).name() + ", " + inputs.get(1).name());
        }
        for (Named input : inputs) {
            if (policy.mode() == InputPolicy.Mode.MERGE && !numbered(input.endpoint())) {
                throw new ConfigException("input " + input.name(), input.endpoint().url() + " does not number its packets, which merging needs; take rtp:// or rist://, or fail-over");
            }
        }
        for (Named output : outputs) {
            if (output.endpoint().flowId() != 0) throw new ConfigException("output " + output.name(), "flow-id picks one of the flows of a single input; leave it out where there are two");
        }
    }

    private static boolean numbered(Endpoint endpoint) {
        return endpoint instanceof Endpoint.RistInput || endpoint instanceof Endpoint.Udp udp && udp.rtp();
    }

    /** The same with another output. */
    public FlowSpec with(Named output) {
        for (Named each : outputs) if (each.name().equals(output.name())) throw new ConfigException("name", output.name() + " is the name of another output of this flow; choose another one");
        List<Named> more = new ArrayList<>(outputs);
        more.add(output);
        return new FlowSpec(name, inputs, more, inputPolicy);
    }

    /** The same with an output in the place of another. */
    public FlowSpec replacing(String output, Named by) {
        List<Named> others = outputs.stream().map(each -> each.name().equals(output) ? by : each).toList();
        if (others.stream().filter(each -> each.name().equals(by.name())).count() > 1) throw new ConfigException("name", by.name() + " is the name of another output of this flow; choose another one");
        return new FlowSpec(name, inputs, others, inputPolicy);
    }

    /** The same without an output. */
    public FlowSpec without(String output) {
        List<Named> fewer = outputs.stream().filter(each -> !each.name().equals(output)).toList();
        if (fewer.isEmpty()) throw new ConfigException("outputs", output + " is the only output; a flow needs one, add another before it is removed");
        return new FlowSpec(name, inputs, fewer, inputPolicy);
    }
}
