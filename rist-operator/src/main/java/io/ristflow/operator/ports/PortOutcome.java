package io.ristflow.operator.ports;

import java.util.List;
import java.util.Set;

/**
 * What became of a flow's needs.
 *
 * @param granted whether every need has its port; otherwise {@code ports} are those that the flow held before
 * @param problems what is wrong, of this flow's needs and of others' with its ports; a flow with all it needs may have some as well
 * @param affected other flows whose own outcome is another now
 * @param retry whether to ask again after a while, as nobody will tell
 */
public record PortOutcome(boolean granted, FlowPorts ports, List<Problem> problems, Set<FlowRef> affected, boolean retry) {
    /** @param message one line for people: which end, which port, who has it, what to do */
    public record Problem(Kind kind, String message) {}

    /** What can be wrong. */
    public enum Kind {
        /** Another flow, or a Service of somebody else, has the port, or wants that of this one. */
        CONFLICT,
        EXHAUSTED,
        UNKNOWN_POOL
    }
}
