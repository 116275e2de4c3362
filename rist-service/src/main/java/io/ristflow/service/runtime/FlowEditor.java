package io.ristflow.service.runtime;

import static io.ristflow.service.runtime.Waiting.await;
import static io.ristflow.service.runtime.Waiting.sleepNs;

import io.ristflow.core.api.Parity;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PathConfig;
import io.ristflow.service.config.EndRef;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowKey;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Changes one flow while it runs: outputs, paths, keys. What a change does not concern notices nothing of it. Any thread but the flow's loop; returns when it is done. */
final class FlowEditor {
    private static final long TIMEOUT_MS = 10_000;
    private static final long OUTPUT_DRAIN_MS = 2_000;
    /** How long an output that goes stays at most for what its peers may still ask for. */
    private static final long MAX_LINGER_NS = 2_000_000_000;
    private static final Logger LOG = Logger.getLogger("ristflow.runtime");

    private final FlowLoop flow;
    private final LoopHost loop;
    private final ThreadFactory workers;

    FlowEditor(FlowLoop flow, LoopHost loop, ThreadFactory workers) {
        this.flow = flow;
        this.loop = loop;
        this.workers = workers;
    }

    private <T> T onLoop(Supplier<T> action) {
        return await(loop.onLoop(action), TIMEOUT_MS);
    }

    private void onLoop(Runnable action) {
        onLoop(() -> {
            action.run();
            return null;
        });
    }

    // ---- outputs -------------------------------------------------------------------------------------------------------------------

    void addOutput(FlowSpec.Named output) {
        FlowOutput fresh = onLoop(() -> flow.prepare(output));
        open(fresh, () -> flow.join(System.nanoTime(), fresh));
    }

    /** @param join on the loop, makes it part of the flow */
    private void open(FlowOutput fresh, Runnable join) {
        try {
            flow.openMedia(fresh);
            onLoop(join);
        } catch (RuntimeException e) {
            onLoop(() -> flow.abandon(fresh));
            throw e;
        }
    }

    /** @return false if there is none of that name. @throws ConfigException if it is the only one */
    boolean removeOutput(String output) {
        FlowOutputs.Departure departure = onLoop(() -> flow.depart(System.nanoTime(), output));
        if (departure == null) return false;
        seeOff(departure);
        return true;
    }

    /** As {@link #removeOutput}, but what the output's peers may still ask for is seen to elsewhere. */
    boolean dropOutput(String output) {
        FlowOutputs.Departure departure = onLoop(() -> flow.depart(System.nanoTime(), output));
        if (departure == null) return false;
        seeOffElsewhere(departure);
        return true;
    }

    private void seeOffElsewhere(FlowOutputs.Departure departure) {
        workers.newThread(() -> {
            try {
                seeOff(departure);
            } catch (RuntimeException e) {
                // The process ends meanwhile, and closes it by itself
                LOG.debugf("flow %s: output %s: %s", flow.name(), departure.output().spec.name(), e.getMessage());
            }
        }).start();
    }

    private void seeOff(FlowOutputs.Departure departure) {
        sleepNs(Math.min(departure.lingerNs(), MAX_LINGER_NS));
        dismiss(departure);
    }

    private void dismiss(FlowOutputs.Departure departure) {
        onLoop(() -> flow.dismiss(System.nanoTime(), departure.output()));
        if (departure.output().media() != null) departure.output().media().drainAndClose(OUTPUT_DRAIN_MS);
    }

    /**
     * Puts an output in the place of another. Where both can be open at a time, the new one is before the old one goes; else the old one goes first, and comes back if the new one cannot be.
     *
     * @param old name of the one that goes
     */
    void exchangeOutput(String old, FlowSpec.Named output) {
        FlowSpec.Named before = onLoop(() -> flow.output(old));
        if (before == null) {
            addOutput(output);
            return;
        }
        if (FlowSpecs.clash(before, output)) {
            exchangeOneByOne(before, output);
            return;
        }
        FlowOutput fresh = onLoop(() -> flow.prepareInPlaceOf(old, output));
        FlowOutputs.Departure[] departure = new FlowOutputs.Departure[1];
        open(fresh, () -> departure[0] = flow.exchange(System.nanoTime(), old, fresh));
        if (departure[0] != null) seeOffElsewhere(departure[0]);
    }

    /** They want the same port. */
    private void exchangeOneByOne(FlowSpec.Named before, FlowSpec.Named output) {
        // Refused before the old one is gone, if it is for another reason than the port
        onLoop(() -> flow.checkInPlaceOf(before.name(), output));
        FlowOutputs.Departure departure = onLoop(() -> flow.suspend(System.nanoTime(), before.name()));
        // It may have been suspended, and not come back, when this was tried before
        if (departure != null) dismiss(departure);
        try {
            FlowOutput fresh = onLoop(() -> flow.prepareInPlaceOf(before.name(), output));
            open(fresh, () -> flow.exchange(System.nanoTime(), before.name(), fresh));
        } catch (RuntimeException e) {
            FlowOutput again = onLoop(() -> flow.prepareInPlaceOf(before.name(), before));
            open(again, () -> flow.exchange(System.nanoTime(), before.name(), again));
            throw e;
        }
    }

    // ---- the bond ------------------------------------------------------------------------------------------------------------------

    /** The RIST output of this name, or else the input. @throws ConfigException if there is neither */
    EndRef named(String endpoint) {
        return onLoop(() -> flow.named(endpoint));
    }

    void addPath(EndRef end, Endpoint.RistPath wiring, PathConfig config) {
        onLoop(() -> flow.addPath(System.nanoTime(), end, wiring, config));
    }

    /** @return false if there is none of that name. @throws ConfigException if it is the only one */
    boolean removePath(EndRef end, String path) {
        return onLoop(() -> flow.removePath(System.nanoTime(), end, path));
    }

    /** @return false if there is none of that name */
    boolean weigh(EndRef end, String path, int weight) {
        if (weight < 0 || weight > PathConfig.MAX_WEIGHT) throw new ConfigException("weight", weight + " is not in 0.." + PathConfig.MAX_WEIGHT);
        return onLoop(() -> flow.weigh(end, path, weight));
    }

    // ---- keys and sources ----------------------------------------------------------------------------------------------------------

    /**
     * Goes over to a passphrase of one end.
     *
     * @param path whose own it is, empty: that of all that have none of their own
     */
    void usePassphrase(EndRef end, String path, Parity parity) {
        onLoop(() -> flow.usePassphrase(System.nanoTime(), end, path, parity));
    }

    /** @param endpoint name of inputs and outputs, null: every one; {@code parity} null: the other one. @return the keys that there are two passphrases for */
    List<FlowSnapshot.KeyView> usePassphrase(String endpoint, Parity parity) {
        return onLoop(() -> flow.usePassphrase(System.nanoTime(), endpoint, parity));
    }

    void replacePassphrase(FlowKey.Id key, String passphrase) {
        onLoop(() -> flow.replacePassphrase(System.nanoTime(), key, passphrase));
    }

    /** @param networks empty: everybody */
    void allowSources(String input, List<String> networks) {
        onLoop(() -> flow.allowSources(input, networks));
    }
}
