package io.ristflow.service.runtime;

import io.ristflow.core.api.Parity;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.FlowSpec;
import java.util.List;

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

    /**
     * Adds a path to a RIST input or output; what flows on its others goes on.
     *
     * @param url of the one path, calling or listening as the others do; its weight, priority and muting count, and a secret of its own
     * @throws ConfigException if it cannot be, there is no such flow or endpoint, or the name is taken
     * @throws io.ristflow.service.net.PortException if a port cannot be had
     */
    void addPath(String flow, String endpoint, String name, String url);

    /**
     * Takes a path out; whoever is on it is bidden farewell.
     *
     * @return false if there is none of that name
     * @throws ConfigException if it is the only one, or there is no such flow or endpoint
     */
    boolean removePath(String flow, String endpoint, String name);

    /**
     * Changes the weight of an output's path.
     *
     * @param weight 0: a copy of everything; 1..10,000: its part of the load
     * @return false if there is no path of that name
     * @throws ConfigException if there is no such flow or endpoint, or no such weight
     */
    boolean weigh(String flow, String endpoint, String name, int weight);

    /**
     * Goes over to the other passphrase (TR-06-2 §7.4) where two are set; the change itself takes a second longer, as the next nonce is announced.
     *
     * @param endpoint the input or output, null: every one of the flow
     * @param parity null: to the one that is not in force
     * @return the keys that there are two passphrases for, as they are now; empty if there are none
     * @throws ConfigException if there is no such flow
     */
    List<FlowSnapshot.KeyView> usePassphrase(String flow, String endpoint, Parity parity);
}
