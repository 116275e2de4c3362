package io.ristflow.service.runtime;

import io.ristflow.core.Rist;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.SenderStats;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.media.MediaInput;
import io.ristflow.service.media.MediaOutput;
import io.ristflow.service.net.PortException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One flow on its loop: an input, the outputs, and the way between them. Walk it as a packet: {@link #tick} reads the sockets, the session delivers to {@link #onPayload}, every output takes a copy,
 * the end of the tick flushes them all.
 */
final class FlowLoop implements RistEnd.Deliveries {
    /** What a flow needs of its host. */
    record Host(RistEnd.Opener opener, RistEnd.KeyMaker keys, MediaOpener media, FlowEventListener listener, RandomGenerator random) {}

    interface MediaOpener {
        MediaInput input(Endpoint endpoint);

        MediaOutput output(Endpoint endpoint);
    }

    private static final long SNAPSHOT_NS = 200_000_000L;

    /** An output: a RIST sender or a sink of media. */
    private record Output(String name, Endpoint endpoint, RistSender sender, RistEnd end, MediaOutput media, int flowId) {}

    private final int id;
    private final FlowSpec spec;
    private final Host host;
    private final List<Output> outputs = new ArrayList<>();
    private final MediaInput.Consumer fromMedia = this::onMediaPayload;

    private FlowSpec.Named inputSpec;
    private RistReceiver receiver;
    private RistEnd receiverEnd;
    private MediaInput mediaInput;

    private FlowSnapshot.State state = FlowSnapshot.State.STARTING;
    private String failure;
    private final Instant startedAt = Instant.now();
    private long nowNs;
    private int followedFlow;
    private long mediaSequence;
    private long lastPayloadNs;
    private long nextSnapshotNs;
    private volatile FlowSnapshot snapshot;

    FlowLoop(int id, FlowSpec spec, Host host) {
        this.id = id;
        this.spec = spec;
        this.host = host;
        snapshot = new FlowSnapshot(id, spec.name(), state, startedAt, null, List.of(), List.of(), List.of());
    }

    String name() {
        return spec.name();
    }

    boolean alive() {
        return state != FlowSnapshot.State.STOPPED && state != FlowSnapshot.State.FAILED;
    }

    FlowSnapshot snapshot() {
        return snapshot;
    }

    // ---- start and stop, on the loop -------------------------------------------------------------------------------------------------

    /** Opens everything or nothing. */
    void start(long now) {
        nowNs = now;
        try {
            for (FlowSpec.Named named : spec.outputs()) naming("output", named, () -> outputs.add(openOutput(named)));
            inputSpec = spec.inputs().getFirst();
            naming("input", inputSpec, () -> openInput(inputSpec));
            for (int i = 0; i < outputs.size(); i++) {
                RistEnd end = outputs.get(i).end();
                if (end != null) naming("output", spec.outputs().get(i), () -> end.start(now));
            }
            if (receiverEnd != null) naming("input", inputSpec, () -> receiverEnd.start(now));
        } catch (RuntimeException e) {
            state = FlowSnapshot.State.FAILED;
            failure = e.getMessage();
            closeAll(now);
            throw e;
        }
        state = FlowSnapshot.State.RUNNING;
        publish(now);
    }

    /** A user with five outputs wants to know which of them it is that has no port. */
    private void naming(String role, FlowSpec.Named named, Runnable opening) {
        String flow = spec.name().equals(FlowSpecs.DEFAULT_NAME) ? "" : "flow " + spec.name() + ": ";
        String place = flow + role + " " + FlowSpecs.location(named.endpoint().url());
        try {
            opening.run();
        } catch (ConfigException e) {
            throw new ConfigException(place, e.getMessage());
        } catch (PortException e) {
            throw new PortException(place + ": " + e.getMessage(), e);
        }
    }

    private Output openOutput(FlowSpec.Named named) {
        return switch (named.endpoint()) {
            case Endpoint.RistOutput rist -> {
                RistSender sender = Rist.sender(rist.config(), host.random());
                RistEnd end = new RistEnd(spec.name(), named.name(), rist.session(), rist.paths().getFirst(), sender, host.opener(), host.keys(), this, host.listener());
                yield new Output(named.name(), rist, sender, end, null, 0);
            }
            case Endpoint.Udp udp -> new Output(named.name(), udp, null, null, host.media().output(udp), udp.flowId());
            case Endpoint.File file -> new Output(named.name(), file, null, null, host.media().output(file), file.flowId());
            case Endpoint.Pipe pipe -> new Output(named.name(), pipe, null, null, host.media().output(pipe), pipe.flowId());
            case Endpoint other -> new Output(named.name(), other, null, null, host.media().output(other), 0);
        };
    }

    private void openInput(FlowSpec.Named named) {
        if (named.endpoint() instanceof Endpoint.RistInput rist) {
            receiver = Rist.receiver(rist.config(), host.random());
            receiverEnd = new RistEnd(spec.name(), named.name(), rist.session(), rist.paths().getFirst(), receiver, host.opener(), host.keys(), this, host.listener());
        } else {
            mediaInput = host.media().input(named.endpoint());
        }
    }

    /** No more input; what is held is played out, at once, to the outputs. Their own queues are drained by {@link #close}. */
    void stopInput(long now) {
        if (!alive() || state == FlowSnapshot.State.DRAINING) return;
        nowNs = now;
        state = FlowSnapshot.State.DRAINING;
        if (receiverEnd != null) receiverEnd.close(now);
        if (mediaInput != null) mediaInput.close();
        flushOutputs(now);
        publish(now);
    }

    /** How long senders should stay to repeat what their peers may still ask for. */
    long lingerNs(long now) {
        long linger = 0;
        for (Output output : outputs) {
            if (!(output.endpoint() instanceof Endpoint.RistOutput rist)) continue;
            boolean peer = output.sender().stats(now).paths().stream().anyMatch(p -> p.state() == PathStats.State.CONNECTED);
            long bufferNs = rist.session().recovery().bufferMaxMs() * 1_000_000L;
            if (peer) linger = Math.max(linger, lastPayloadNs + bufferNs - now);
        }
        return Math.max(0, linger);
    }

    void fail(String why) {
        state = FlowSnapshot.State.FAILED;
        failure = why;
        closeAll(System.nanoTime());
        publish(System.nanoTime());
    }

    /** The farewell, and the sockets closed. Media outputs are left to be drained off the loop, see {@link #mediaOutputs}. */
    void close(long now) {
        if (!alive()) return;
        stopInput(now);
        state = FlowSnapshot.State.STOPPED;
        for (Output output : outputs) if (output.end() != null) output.end().close(now);
        publish(now);
    }

    List<MediaOutput> mediaOutputs() {
        List<MediaOutput> media = new ArrayList<>();
        for (Output output : outputs) if (output.media() != null) media.add(output.media());
        return media;
    }

    private void closeAll(long now) {
        if (receiverEnd != null) receiverEnd.close(now);
        if (mediaInput != null) mediaInput.close();
        for (Output output : outputs) {
            if (output.end() != null) output.end().close(now);
            if (output.media() != null) output.media().close();
        }
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    /** Reads, recovers, forwards, sends. @return datagrams and payloads that this tick handled */
    int tick(long now) {
        nowNs = now;
        int handled = 0;
        if (state == FlowSnapshot.State.RUNNING) {
            if (receiverEnd != null) {
                handled += receiverEnd.receive(now);
                receiverEnd.tick(now);
                receiverEnd.flush();
            } else {
                handled += mediaInput.poll(now, fromMedia);
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            RistEnd end = outputs.get(i).end();
            if (end == null) continue;
            handled += end.receive(now);
            end.tick(now);
        }
        flushOutputs(now);
        if (now >= nextSnapshotNs) publish(now);
        return handled;
    }

    /** Whether the input has come to its end by itself (a file, a closed pipe). */
    boolean inputEnded() {
        return mediaInput != null && state == FlowSnapshot.State.RUNNING && mediaInput.ended();
    }

    private void flushOutputs(long now) {
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            if (output.end() != null) output.end().flush();
            else output.media().flush(now);
        }
    }

    private void onMediaPayload(ByteBuffer payload) {
        // Read anew per payload: its source time must not lie before its arrival, however long the tick is at work.
        nowNs = System.nanoTime();
        distribute(0, mediaSequence++, nowNs, payload);
    }

    @Override
    public void onPayload(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        // Outputs that name no flow follow the first one until it ends: two mixed into one output would be of no use to anybody.
        if (followedFlow == 0) followedFlow = flowId;
        distribute(flowId, sequence, sourceTimeNs, payload);
    }

    private void distribute(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        lastPayloadNs = nowNs;
        int start = payload.position();
        int end = payload.limit();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            int wanted = output.flowId() != 0 ? output.flowId() : followedFlow;
            if (flowId != wanted) continue;
            payload.limit(end).position(start);
            if (output.sender() != null) output.sender().push(nowNs, payload, output.end());
            else output.media().write(flowId, sequence, sourceTimeNs, payload);
        }
        payload.limit(end).position(start);
    }

    @Override
    public void onFlowEnded(int flowId) {
        if (followedFlow == flowId) followedFlow = 0;
    }

    // ---- what others see -------------------------------------------------------------------------------------------------------------

    private void publish(long now) {
        nextSnapshotNs = now + SNAPSHOT_NS;
        List<String> degraded = new ArrayList<>();
        List<FlowSnapshot.InputView> inputs = new ArrayList<>();
        if (inputSpec != null) inputs.add(inputView(now, degraded));
        List<FlowSnapshot.OutputView> outs = new ArrayList<>(outputs.size());
        for (Output output : outputs) outs.add(outputView(now, output, degraded));
        snapshot = new FlowSnapshot(id, spec.name(), state, startedAt, failure, List.copyOf(degraded), List.copyOf(inputs), List.copyOf(outs));
    }

    private FlowSnapshot.InputView inputView(long now, List<String> degraded) {
        if (receiver == null) {
            MediaInput.InputStats stats = mediaInput == null ? null : mediaInput.stats();
            if (stats != null && stats.state().startsWith("failed")) degraded.add("input " + inputSpec.name() + ": " + stats.state());
            return new FlowSnapshot.InputView(inputSpec.name(), inputSpec.endpoint().url(), null, stats);
        }
        ReceiverStats stats = receiver.stats(now);
        List<FlowSnapshot.FaultView> faults = receiverEnd.activeFaults();
        degraded("input " + inputSpec.name(), stats.paths(), faults, degraded);
        FlowSnapshot.RistReceiverView view = new FlowSnapshot.RistReceiverView(
                receiverEnd.profile(), receiverEnd.listening(), receiverEnd.localAddress(), stats, receiverEnd.views(stats.paths()), receiverEnd.portStats(), receiverEnd.batched(), faults);
        return new FlowSnapshot.InputView(inputSpec.name(), inputSpec.endpoint().url(), view, null);
    }

    private FlowSnapshot.OutputView outputView(long now, Output output, List<String> degraded) {
        if (output.sender() == null) {
            MediaOutput.OutputStats stats = output.media().stats();
            if (stats.state().startsWith("failed")) degraded.add("output " + output.name() + ": " + stats.state());
            return new FlowSnapshot.OutputView(output.name(), output.endpoint().url(), null, stats);
        }
        RistEnd end = output.end();
        SenderStats stats = output.sender().stats(now);
        List<FlowSnapshot.FaultView> faults = end.activeFaults();
        degraded("output " + output.name(), stats.paths(), faults, degraded);
        FlowSnapshot.RistSenderView view = new FlowSnapshot.RistSenderView(
                end.profile(), end.listening(), end.localAddress(), stats, end.views(stats.paths()), end.portStats(), end.batched(), faults);
        return new FlowSnapshot.OutputView(output.name(), output.endpoint().url(), view, null);
    }

    private static void degraded(String where, List<PathStats> paths, List<FlowSnapshot.FaultView> faults, List<String> degraded) {
        boolean peer = false;
        for (PathStats path : paths) peer |= path.state() == PathStats.State.CONNECTED;
        if (!peer) degraded.add(where + ": no peer yet");
        for (FlowSnapshot.FaultView fault : faults) degraded.add(where + ": " + fault.fault().reason() + " from " + fault.remote() + ": " + fault.detail());
    }
}
