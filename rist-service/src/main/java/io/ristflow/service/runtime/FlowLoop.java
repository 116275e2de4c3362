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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One flow on its loop: an input, the outputs, and the way between them. Walk it as a packet: {@link #tick} reads the sockets, the session delivers to {@link #onPayload}, every output takes a copy,
 * the end of the tick flushes them all.
 */
final class FlowLoop implements RistEnd.Deliveries {
    /** What a flow needs of its host. {@code workers} make threads for what may wait. */
    record Host(RistEnd.Opener opener, RistEnd.KeyMaker keys, MediaOpener media, FlowEventListener listener, RandomGenerator random, ThreadFactory workers) {}

    interface MediaOpener {
        MediaInput input(Endpoint endpoint);

        MediaOutput output(Endpoint endpoint);
    }

    private static final Logger LOG = Logger.getLogger("ristflow.runtime");
    private static final long TICKS_PER_BUFFER = 200;
    private static final long SNAPSHOT_NS = 200_000_000L;
    /** What a longer recovery buffer holds is played out at once, when a flow is stopped. */
    private static final long MAX_PLAYOUT_NS = 5_000_000_000L;
    /** Faults told in words; the snapshot has them all. */
    private static final int MAX_DEGRADED_FAULTS = 8;

    /** An output: a RIST sender or a sink of media. */
    private record Output(String name, Endpoint endpoint, RistSender sender, RistEnd end, MediaOutput media, int flowId) {}

    private final int id;
    private final FlowSpec spec;
    private final Host host;
    private final FlowSpec.Named inputSpec;
    /** In the order of the specification; complete once the flow begins. */
    private final Output[] opened;
    private List<Output> outputs = List.of();
    private final FollowedFlow followed;
    private final MediaInput.Consumer fromMedia = this::onMediaPayload;
    private final long longestTickNs;

    private RistReceiver receiver;
    private RistEnd receiverEnd;
    private MediaInput mediaInput;

    private volatile FlowSnapshot.State state = FlowSnapshot.State.STARTING;
    private String failure;
    private final Instant startedAt = Instant.now();
    private long nowNs;
    private long mediaSequence;
    private long lastPayloadNs;
    /** Media that came in by the last count, and when there was more than before: a while later nothing is held any more. */
    private long receivedMedia;
    private long receivedMediaNs;
    private long playoutEndNs;
    private long nextSnapshotNs;
    private volatile FlowSnapshot snapshot;

    FlowLoop(int id, FlowSpec spec, Host host) {
        this.id = id;
        this.spec = spec;
        this.host = host;
        inputSpec = spec.inputs().getFirst();
        opened = new Output[spec.outputs().size()];
        followed = new FollowedFlow(bufferNs());
        longestTickNs = longestTickNs(spec);
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

    /** What this flow's delay allows: each tick on the way of a request and its answer is taken from the recovery buffer. */
    long longestTickNs() {
        return longestTickNs;
    }

    private static long longestTickNs(FlowSpec spec) {
        long ns = Long.MAX_VALUE;
        for (FlowSpec.Named named : spec.inputs()) ns = Math.min(ns, longestTickNs(named.endpoint()));
        for (FlowSpec.Named named : spec.outputs()) ns = Math.min(ns, longestTickNs(named.endpoint()));
        return ns;
    }

    private static long longestTickNs(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.RistInput rist -> rist.session().recovery().bufferMinMs() * 1_000_000L / TICKS_PER_BUFFER;
            case Endpoint.RistOutput rist -> rist.session().recovery().bufferMinMs() * 1_000_000L / TICKS_PER_BUFFER;
            default -> Long.MAX_VALUE;
        };
    }

    private long bufferNs() {
        return inputSpec.endpoint() instanceof Endpoint.RistInput rist ? rist.session().recovery().bufferMaxMs() * 1_000_000L : 0;
    }

    // ---- start, in three steps ---------------------------------------------------------------------------------------------------------
    // Each throws what hindered it; then abandon() closes whatever is open. Ports come first and files last, as opening an output file empties it.

    /** On the loop: RIST's ports. */
    void openEnds() {
        if (inputSpec.endpoint() instanceof Endpoint.RistInput rist) {
            receiver = Rist.receiver(rist.config(), host.random());
            receiverEnd = new RistEnd(spec.name(), inputSpec.name(), rist.session(), rist.paths().getFirst(), rist.allowedSources(), receiver, host, this).withOutOfBand(rist.outOfBand());
            naming("input", inputSpec, receiverEnd::open);
        }
        for (int i = 0; i < opened.length; i++) {
            FlowSpec.Named named = spec.outputs().get(i);
            if (!(named.endpoint() instanceof Endpoint.RistOutput rist)) continue;
            RistSender sender = Rist.sender(rist.config(), host.random());
            RistEnd end = new RistEnd(spec.name(), named.name(), rist.session(), rist.paths().getFirst(), List.of(), sender, host, this).withOutOfBand(rist.outOfBand());
            if (rist.webhook() != null) end.withWebhook(new EncoderWebhook(spec.name(), named.name(), rist.webhook(), host.workers()));
            opened[i] = new Output(named.name(), rist, sender, end, null, 0);
            naming("output", named, end::open);
        }
    }

    /** Off the loop, where other flows run: files are read and made here. */
    void openMedia() {
        if (receiverEnd == null) naming("input", inputSpec, () -> mediaInput = host.media().input(inputSpec.endpoint()));
        for (int i = 0; i < opened.length; i++) if (opened[i] == null && !isFile(i)) openMediaOutput(i);
        for (int i = 0; i < opened.length; i++) if (opened[i] == null) openMediaOutput(i);
    }

    private void openMediaOutput(int index) {
        FlowSpec.Named named = spec.outputs().get(index);
        naming("output", named, () -> opened[index] = mediaOutput(named));
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

    private boolean isFile(int output) {
        return spec.outputs().get(output).endpoint() instanceof Endpoint.File;
    }

    private Output mediaOutput(FlowSpec.Named named) {
        int flowId = switch (named.endpoint()) {
            case Endpoint.Udp udp -> udp.flowId();
            case Endpoint.File file -> file.flowId();
            case Endpoint.Pipe pipe -> pipe.flowId();
            default -> 0;
        };
        return new Output(named.name(), named.endpoint(), null, null, host.media().output(named.endpoint()), flowId);
    }

    /** On the loop: the sessions speak. */
    void begin(long now) {
        nowNs = now;
        outputs = List.of(opened);
        for (Output output : outputs) if (output.end() != null) output.end().begin(now);
        if (receiverEnd != null) receiverEnd.begin(now);
        state = FlowSnapshot.State.RUNNING;
        publish(now);
    }

    /** A start that failed. */
    void abandon() {
        if (!alive()) return;
        state = FlowSnapshot.State.FAILED;
        closeAll();
    }

    // ---- stop, on the loop -------------------------------------------------------------------------------------------------------------

    /**
     * No more media of ours, no new peers; what a receiver holds is played out in its own time, as outputs without repair could not bear it at once. Senders go on until {@link #close}.
     *
     * @return how long the playout takes, nanoseconds
     */
    long stopInput(long now) {
        if (state != FlowSnapshot.State.RUNNING) return 0;
        nowNs = now;
        if (mediaInput != null) {
            // What came since the last tick
            mediaInput.poll(now, fromMedia);
            mediaInput.close();
        }
        if (receiverEnd != null) {
            receiverEnd.admitNobodyNew();
            countReceived(now, receiver.stats(now));
            playoutEndNs = receivedMedia == 0 ? now : Math.min(receivedMediaNs + bufferNs(), now + MAX_PLAYOUT_NS);
        }
        state = FlowSnapshot.State.DRAINING;
        flushOutputs(now);
        publish(now);
        return receiverEnd == null ? 0 : Math.max(0, playoutEndNs - now);
    }

    /** The receiver's farewell, after the rest of what it holds. */
    void stopReceiver(long now) {
        if (!alive() || receiverEnd == null || receiverEnd.closed()) return;
        nowNs = Math.max(nowNs, now);
        receiverEnd.close(now);
        flushOutputs(now);
    }

    void rebind() {
        if (receiverEnd != null) receiverEnd.rebind();
        for (Output output : outputs) if (output.end() != null) output.end().rebind();
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

    /** A defect of ours: whatever state the parts are in, their sockets are closed. */
    void fail(String why) {
        state = FlowSnapshot.State.FAILED;
        failure = why;
        closeAll();
        try {
            publish(System.nanoTime());
        } catch (RuntimeException e) {
            snapshot = new FlowSnapshot(id, spec.name(), state, startedAt, failure, List.of(), snapshot.inputs(), snapshot.outputs());
        }
    }

    /** The farewell, and the sockets closed. Media outputs are left to be drained off the loop, see {@link #mediaOutputs}. */
    void close(long now) {
        if (!alive()) return;
        stopInput(now);
        stopReceiver(now);
        state = FlowSnapshot.State.STOPPED;
        for (Output output : outputs) if (output.end() != null) output.end().close(now);
        publish(now);
    }

    List<MediaOutput> mediaOutputs() {
        List<MediaOutput> media = new ArrayList<>();
        for (Output output : outputs) if (output.media() != null) media.add(output.media());
        return media;
    }

    private void closeAll() {
        long now = System.nanoTime();
        if (receiverEnd != null) closeRegardless(() -> receiverEnd.close(now));
        if (mediaInput != null) closeRegardless(mediaInput::close);
        for (Output output : opened) {
            if (output == null) continue;
            if (output.end() != null) closeRegardless(() -> output.end().close(now));
            // Waits for its writer
            if (output.media() != null) host.workers().newThread(output.media()::close).start();
        }
    }

    private void closeRegardless(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException | Error e) {
            LOG.debugf(e, "flow %s: while closing", spec.name());
        }
    }

    // ---- the tick ------------------------------------------------------------------------------------------------------------------

    /** Reads, recovers, forwards, sends. @return datagrams and payloads that this tick handled */
    int tick(long now) {
        nowNs = now;
        int handled = 0;
        if (receiverEnd == null) {
            if (state == FlowSnapshot.State.RUNNING) handled += mediaInput.poll(now, fromMedia);
        } else if (!receiverEnd.closed()) {
            handled += receiverEnd.receive(now);
            receiverEnd.tick(now);
            receiverEnd.flush();
        }
        for (int i = 0; i < outputs.size(); i++) {
            RistEnd end = outputs.get(i).end();
            if (end == null) continue;
            handled += end.receive(now);
            end.tick(nowNs);
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
        distribute(flowId, sequence, sourceTimeNs, payload);
    }

    private void distribute(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        lastPayloadNs = nowNs;
        boolean carried = followed.carries(nowNs, flowId);
        int start = payload.position();
        int end = payload.limit();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            int wanted = output.flowId();
            if (wanted == 0 ? !carried : wanted != flowId) continue;
            payload.limit(end).position(start);
            if (output.sender() != null) output.sender().push(nowNs, payload, output.end());
            // The choice is made here: an output that names no flow is told none, or it would choose again
            else output.media().write(wanted, sequence, sourceTimeNs, payload);
        }
        payload.limit(end).position(start);
    }

    @Override
    public void onFlowStarted(int flowId) {
        followed.started(nowNs, flowId);
    }

    @Override
    public void onFlowEnded(int flowId) {
        followed.ended(flowId);
    }

    // ---- what others see -------------------------------------------------------------------------------------------------------------

    private void publish(long now) {
        nextSnapshotNs = now + SNAPSHOT_NS;
        List<String> degraded = new ArrayList<>();
        List<FlowSnapshot.InputView> inputs = new ArrayList<>();
        inputs.add(inputView(now, degraded));
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
        countReceived(now, stats);
        List<FlowSnapshot.FaultView> faults = receiverEnd.faults(now);
        degraded("input " + inputSpec.name(), receiverEnd, stats.paths(), faults, degraded);
        FlowSnapshot.RistReceiverView view = new FlowSnapshot.RistReceiverView(
                receiverEnd.profile(), receiverEnd.listening(), receiverEnd.localAddress(), stats, receiverEnd.views(stats.paths()), receiverEnd.portStats(), receiverEnd.batched(), faults, receiverEnd.outOfBand());
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
        List<FlowSnapshot.FaultView> faults = end.faults(now);
        degraded("output " + output.name(), end, stats.paths(), faults, degraded);
        FlowSnapshot.RistSenderView view = new FlowSnapshot.RistSenderView(
                end.profile(), end.listening(), end.localAddress(), stats, end.views(stats.paths()), end.portStats(), end.batched(), faults, end.outOfBand(), end.webhook());
        return new FlowSnapshot.OutputView(output.name(), output.endpoint().url(), view, null);
    }

    private void countReceived(long now, ReceiverStats stats) {
        long received = 0;
        for (PathStats path : stats.paths()) received += path.receivedData();
        if (received != receivedMedia) receivedMediaNs = now;
        receivedMedia = received;
    }

    private static void degraded(String where, RistEnd end, List<PathStats> paths, List<FlowSnapshot.FaultView> faults, List<String> degraded) {
        boolean peer = false;
        for (PathStats path : paths) peer |= path.state() == PathStats.State.CONNECTED;
        if (!peer) degraded.add(where + (end.hadPeer() ? ": the peer is gone" : ": no peer yet"));
        int told = 0;
        for (FlowSnapshot.FaultView fault : faults) {
            if (told++ == MAX_DEGRADED_FAULTS) {
                degraded.add(where + ": and " + (faults.size() - MAX_DEGRADED_FAULTS) + " more faults");
                return;
            }
            String ended = fault.active() ? "" : " (until " + fault.until().truncatedTo(ChronoUnit.SECONDS) + ")";
            degraded.add(where + ": " + fault.fault().reason() + " from " + fault.remote() + ": " + fault.detail() + ended);
        }
    }
}
