package io.ristflow.service.runtime;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.FlowSpec;

/** What may be changed of flows that run. Any thread but a flow's loop; returns when it is done. */
public interface FlowControl {
    /**
     * Adds an output to a running flow; its others notice nothing of it.
     *
     * @throws ConfigException if there is no such flow, it does not run, or it cannot have this output
     * @throws io.ristflow.service.net.PortException if a port cannot be had; nothing is left open then
     */
    void addOutput(String flow, FlowSpec.Named output);

    /**
     * Takes an output out of a running flow, in good order: a RIST sender stays for what its peers may still ask for, at most 2 s, and says farewell, a queue is emptied.
     *
     * @return false if the flow has no output of that name
     * @throws ConfigException if it is the only one, there is no such flow, or it does not run
     */
    boolean removeOutput(String flow, String output);
}
