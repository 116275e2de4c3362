package io.ristflow.service.runtime;

import io.ristflow.core.api.Parity;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PathConfig;
import io.ristflow.service.config.EndRef;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowKey;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.media.MediaInput;
import io.ristflow.service.media.MediaOutput;
import io.ristflow.service.net.PortException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One flow on its loop: its life, its tick, and what others see of it. Walk it as a packet: {@link #tick} has the inputs read their sockets, sessions and sources hand over to {@link FlowInputs}, every
 * output of {@link FlowOutputs} takes a copy, the end of the tick flushes them all.
 */
final class FlowLoop {
    /** What a flow needs of its host. {@code workers} make threads for what may wait. */
    record Host(RistEnd.Opener opener, RistEnd.KeyMaker keys, MediaOpener media, FlowEventListener listener, RandomGenerator random, ThreadFactory workers) {}

    interface MediaOpener {
        MediaInput input(Endpoint endpoint);

        MediaOutput output(Endpoint endpoint);
    }

    private static final Logger LOG = Logger.getLogger("ristflow.runtime");
    /** How old a snapshot may become, and how old where somebody has asked for it since: making one costs as much as some dozens of packets. */
    private static final long SNAPSHOT_NS = 1_000_000_000L;
    private static final long ASKED_SNAPSHOT_NS = 200_000_000L;

    private final int id;
    private final String name;
    private final Host host;
    private final FlowOutputs outputs = new FlowOutputs();
    private final FlowInputs inputs;
    /** Those of the start, in the order of the specification; they take part once the flow begins. */
    private final List<FlowOutput> first;

    private FlowSpec spec;
    private Tempo tempo;
    private volatile FlowSnapshot.State state = FlowSnapshot.State.STARTING;
    private String failure;
    private final Instant startedAt = Instant.now();
    private long playedOutNs;
    private boolean receiversClosed;
    private long publishedNs;
    private volatile boolean snapshotAsked;
    private volatile FlowSnapshot snapshot;
    private volatile boolean inputEnded;

    FlowLoop(int id, FlowSpec spec, Host host) {
        this.id = id;
        this.spec = spec;
        this.host = host;
        name = spec.name();
        inputs = new FlowInputs(spec, host, outputs);
        tempo = Tempo.of(spec);
        first = spec.outputs().stream().map(output -> new FlowOutput(name, output, host)).toList();
        snapshot = new FlowSnapshot(id, name, state, startedAt, null, List.of(), List.of(), List.of(), null);
    }

    String name() {
        return name;
    }

    boolean alive() {
        return state != FlowSnapshot.State.STOPPED && state != FlowSnapshot.State.FAILED;
    }

    /** At most a second old. Any thread. */
    FlowSnapshot snapshot() {
        if (!snapshotAsked) snapshotAsked = true;
        return snapshot;
    }

    Tempo tempo() {
        return tempo;
    }

    // ---- start, in three steps ---------------------------------------------------------------------------------------------------------
    // Each throws what hindered it; then abandon() closes whatever is open. Ports come first and files last, as opening an output file empties it.

    /** On the loop: RIST's ports. */
    void openEnds() {
        for (FlowInput input : inputs.all) naming("input", input.spec, input::openEnd);
        for (FlowOutput output : first) naming("output", output.spec, output::openEnd);
    }

    /** Off the loop, where other flows run: files are read and made here. */
    void openMedia() {
        for (FlowInput input : inputs.all) naming("input", input.spec, () -> input.openMedia(host.media()));
        for (FlowOutput output : first) if (!output.isFile()) naming("output", output.spec, () -> output.openMedia(host.media()));
        for (FlowOutput output : first) if (output.isFile()) naming("output", output.spec, () -> output.openMedia(host.media()));
    }

    /** A user with five outputs wants to know which of them it is that has no port. */
    private void naming(String role, FlowSpec.Named named, Runnable opening) {
        String flow = name.equals(FlowSpecs.DEFAULT_NAME) ? "" : "flow " + name + ": ";
        String place = flow + role + " " + FlowSpecs.location(named.endpoint().url());
        try {
            opening.run();
        } catch (ConfigException e) {
            throw new ConfigException(place, e.getMessage());
        } catch (PortException e) {
            throw new PortException(place + ": " + e.getMessage(), e);
        }
    }

    /** On the loop: the sessions speak. */
    void begin(long now) {
        for (FlowOutput output : first) {
            outputs.add(output);
            output.begin(now);
        }
        inputs.begin(now);
        state = FlowSnapshot.State.RUNNING;
        publish(now);
    }

    /** A start that failed. */
    void abandon() {
        if (!alive()) return;
        state = FlowSnapshot.State.FAILED;
        closeAll(first);
    }

    // ---- outputs that come and go ------------------------------------------------------------------------------------------------------

    /** An output for this flow, not open yet. On the loop. @throws ConfigException if the flow cannot have it */
    FlowOutput prepare(FlowSpec.Named output) {
        checkRunning();
        FlowSpecs.checkClashes(spec.with(output));
        FlowOutput fresh = new FlowOutput(name, output, host);
        naming("output", output, fresh::openEnd);
        return fresh;
    }

    /** Off the loop. */
    void openMedia(FlowOutput fresh) {
        naming("output", fresh.spec, () -> fresh.openMedia(host.media()));
    }

    /** From now on it takes part; on the loop. */
    void join(long now, FlowOutput fresh) {
        checkRunning();
        change(spec.with(fresh.spec));
        outputs.add(fresh);
        fresh.begin(now);
        publish(now);
    }

    void abandon(FlowOutput fresh) {
        closeRegardless(() -> fresh.abandon(System.nanoTime(), host.workers()));
    }

    /** @return null if there is no output of that name. @throws ConfigException if it is the only one */
    FlowOutputs.Departure depart(long now, String output) {
        checkRunning();
        if (spec.outputs().stream().noneMatch(each -> each.name().equals(output))) return null;
        change(spec.without(output));
        FlowOutputs.Departure departure = outputs.depart(now, output);
        publish(now);
        return departure;
    }

    private void change(FlowSpec to) {
        spec = to;
        tempo = Tempo.of(to);
    }

    /** Null if there is none of that name. */
    FlowSpec.Named output(String output) {
        return spec.outputs().stream().filter(each -> each.name().equals(output)).findFirst().orElse(null);
    }

    /** @throws ConfigException if the flow cannot have it there */
    void checkInPlaceOf(String old, FlowSpec.Named output) {
        checkRunning();
        FlowSpecs.checkClashes(spec.replacing(old, output));
    }

    /** As {@link #prepare}, where another output is to go. */
    FlowOutput prepareInPlaceOf(String old, FlowSpec.Named output) {
        checkInPlaceOf(old, output);
        FlowOutput fresh = new FlowOutput(name, output, host);
        naming("output", output, fresh::openEnd);
        return fresh;
    }

    /** @return the one that goes; null if it is suspended or never came back */
    FlowOutputs.Departure exchange(long now, String old, FlowOutput fresh) {
        checkRunning();
        change(spec.replacing(old, fresh.spec));
        FlowOutputs.Departure departure = outputs.depart(now, old);
        outputs.add(fresh);
        fresh.begin(now);
        publish(now);
        return departure;
    }

    /** The flow is without this output until {@link #exchange}; its place is kept. */
    FlowOutputs.Departure suspend(long now, String output) {
        checkRunning();
        return outputs.depart(now, output);
    }

    void dismiss(long now, FlowOutput output) {
        outputs.dismiss(now, output);
    }

    private void checkRunning() {
        if (state != FlowSnapshot.State.RUNNING) throw new ConfigException("flow " + name, "it is " + state.name().toLowerCase(Locale.ROOT) + "; outputs and paths come and go while a flow runs");
    }

    // ---- stop, on the loop -------------------------------------------------------------------------------------------------------------

    /**
     * No more media of ours, no new peers; what a receiver holds is played out in its own time, as outputs without repair could not bear it at once. Senders go on until {@link #close}.
     *
     * @return how long the playout takes, nanoseconds
     */
    long stopInput(long now, DrainLimit limit) {
        if (state != FlowSnapshot.State.RUNNING) return 0;
        playedOutNs = inputs.stop(now, limit.playoutNs());
        outputs.admitNobodyNew();
        state = FlowSnapshot.State.DRAINING;
        outputs.flush(now);
        publish(now);
        return Math.max(0, playedOutNs - now);
    }

    /** The receivers' farewell, after the rest of what they hold. */
    void stopReceiver(long now) {
        if (!alive() || receiversClosed) return;
        receiversClosed = true;
        inputs.closeReceivers(now);
        outputs.flush(now);
    }

    void rebind() {
        inputs.rebind();
        outputs.rebind();
    }

    /** How long senders should stay to repeat what their peers may still ask for. */
    long lingerNs(long now) {
        return outputs.lingerNs(now);
    }

    /** A defect of ours: whatever state the parts are in, their sockets are closed. */
    void fail(String why) {
        state = FlowSnapshot.State.FAILED;
        failure = why;
        closeAll(outputs.all());
        try {
            publish(System.nanoTime());
        } catch (RuntimeException e) {
            snapshot = new FlowSnapshot(id, name, state, startedAt, failure, List.of(), snapshot.inputs(), snapshot.outputs(), snapshot.join());
        }
    }

    /** The farewell, and the sockets closed. Media outputs are left to be drained off the loop, see {@link #mediaOutputs}. */
    void close(long now) {
        if (!alive()) return;
        stopInput(now, DrainLimit.ofSeconds(0));
        stopReceiver(now);
        state = FlowSnapshot.State.STOPPED;
        outputs.closeEnds(now);
        publish(now);
    }

    List<MediaOutput> mediaOutputs() {
        return outputs.media();
    }

    private void closeAll(List<FlowOutput> opened) {
        long now = System.nanoTime();
        for (FlowInput input : inputs.all) closeRegardless(() -> input.abandon(now));
        for (FlowOutput output : opened) closeRegardless(() -> output.abandon(now, host.workers()));
    }

    private void closeRegardless(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException | Error e) {
            LOG.debugf(e, "flow %s: while closing", name);
        }
    }

    // ---- its ends, their keys and sources ------------------------------------------------------------------------------------------

    /** Null if there is no such RIST end. */
    private RistEnd find(EndRef ref) {
        return switch (ref.side()) {
            case INPUT -> inputs.all.stream().filter(input -> input.spec.name().equals(ref.name())).findFirst().map(FlowInput::end).orElse(null);
            case OUTPUT -> outputs.all().stream().filter(output -> output.spec.name().equals(ref.name())).findFirst().map(FlowOutput::end).orElse(null);
        };
    }

    /** @throws ConfigException if there is no such RIST end */
    private RistEnd known(EndRef ref) {
        RistEnd end = find(ref);
        if (end == null) throw new ConfigException("flow " + name, "no RIST " + ref.side().name().toLowerCase(Locale.ROOT) + " is named " + ref.name());
        return end;
    }

    /** The RIST output of this name, or else the input. */
    EndRef named(String endpoint) {
        if (find(EndRef.output(endpoint)) != null) return EndRef.output(endpoint);
        if (find(EndRef.input(endpoint)) != null) return EndRef.input(endpoint);
        throw new ConfigException("flow " + name, "no RIST input or output is named " + endpoint);
    }

    /** @param endpoint name of inputs and outputs, null: every one; {@code parity} null: the other one. @return the keys that there are two passphrases for */
    List<FlowSnapshot.KeyView> usePassphrase(long now, String endpoint, Parity parity) {
        List<FlowSnapshot.KeyView> views = new ArrayList<>();
        for (FlowInput input : inputs.all) if (isMeant(input.end(), input.spec, endpoint)) views.addAll(input.end().usePassphrase(now, null, parity));
        for (FlowOutput output : outputs.all()) if (isMeant(output.end(), output.spec, endpoint)) views.addAll(output.end().usePassphrase(now, null, parity));
        return views;
    }

    private static boolean isMeant(RistEnd end, FlowSpec.Named spec, String endpoint) {
        return end != null && (endpoint == null || endpoint.equals(spec.name()));
    }

    void usePassphrase(long now, EndRef end, String path, Parity parity) {
        known(end).usePassphrase(now, path, parity);
    }

    /** @throws IllegalStateException if there is no such secret */
    void replacePassphrase(long now, FlowKey.Id key, String passphrase) {
        known(key.end()).replacePassphrase(now, key.path(), key.parity(), passphrase);
    }

    void allowSources(String input, List<String> networks) {
        known(EndRef.input(input)).allowSources(networks);
    }

    // ---- the bond ----------------------------------------------------------------------------------------------------------------

    void addPath(long now, EndRef end, Endpoint.RistPath wiring, PathConfig path) {
        checkRunning();
        known(end).addPath(now, wiring, path);
        publish(now);
    }

    boolean removePath(long now, EndRef end, String path) {
        checkRunning();
        boolean removed = known(end).removePath(now, path);
        publish(now);
        return removed;
    }

    boolean weigh(EndRef end, String path, int weight) {
        checkRunning();
        boolean weighed = known(end).weigh(path, weight);
        publish(System.nanoTime());
        return weighed;
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    /** Reads, recovers, forwards, sends. @return what this tick handled: datagrams that came, or payloads that went on where these are more, as when a receiver plays out what it still holds */
    int tick(long now) {
        int handled = inputs.tick(now, state != FlowSnapshot.State.RUNNING);
        handled += outputs.tick(now, inputs.nowNs());
        outputs.flush(now);
        inputEnded = inputs.ended();
        if (now - publishedNs >= (snapshotAsked || inputs.joins() ? ASKED_SNAPSHOT_NS : SNAPSHOT_NS)) publish(now);
        return Math.max(handled, outputs.taken());
    }

    /** Whether the inputs have come to their end by themselves (a file, a closed pipe). Any thread. */
    boolean inputEnded() {
        return state == FlowSnapshot.State.RUNNING && inputEnded;
    }

    private void publish(long now) {
        publishedNs = now;
        snapshotAsked = false;
        Degraded degraded = new Degraded();
        List<FlowSnapshot.InputView> ins = inputs.views(now, degraded);
        List<FlowSnapshot.OutputView> outs = outputs.views(now, degraded);
        snapshot = new FlowSnapshot(id, name, state, startedAt, failure, degraded.sentences(), ins, outs, inputs.join());
    }
}
