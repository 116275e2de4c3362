package io.ristflow.service.runtime;

import static io.ristflow.service.runtime.Waiting.await;
import static io.ristflow.service.runtime.Waiting.sleepNs;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowKey;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.media.MediaFactory;
import io.ristflow.service.media.MediaInput;
import io.ristflow.service.media.MediaOutput;
import io.ristflow.service.media.PortOpener;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.DatagramPorts;
import io.ristflow.service.net.PortOptions;
import io.ristflow.service.net.VertxInternals;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The flows of this process: started on the least-loaded loop, listed, drained. Any thread but a flow's loop. */
@ApplicationScoped
public class FlowRegistry implements Flows, FlowControl {
    private static final long START_TIMEOUT_MS = 10_000;
    private static final long LEAST_QUEUE_DRAIN_MS = 200;
    private static final long MOST_QUEUE_DRAIN_MS = 2_000;
    private static final int MAX_LOOPS = 1_024;
    private static final Logger LOG = Logger.getLogger("ristflow.runtime");

    private record Placed(FlowLoop flow, LoopHost loop) {}

    private final Vertx vertx;
    private final FlowEventListener listener;
    private final List<LoopHost> loops = new ArrayList<>();
    private final Map<String, Placed> flows = new LinkedHashMap<>();
    /** Flows that are drained while the others run on. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private volatile boolean complete;
    private volatile boolean ending;
    private volatile DrainLimit drainLimit = DrainLimit.DEFAULT;
    private final Object draining = new Object();
    private final AtomicInteger ids = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    /** Media's blocking work (files, pipes), off the loops. */
    private final ThreadFactory workers = Thread.ofPlatform().daemon().name("ristflow-media-", 0).factory();
    private final ExecutorService derivations = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ristflow-keys").factory());

    @Inject
    FlowRegistry(Vertx vertx, Instance<FlowEventListener> listeners) {
        this(vertx, new FlowEventListener() {
            @Override
            public void onEvent(String flow, String endpoint, String remote, SessionEvent event) {
                for (FlowEventListener each : listeners) each.onEvent(flow, endpoint, remote, event);
            }

            @Override
            public void onInput(String flow, String input, InputEvent event) {
                for (FlowEventListener each : listeners) each.onInput(flow, input, event);
            }
        });
    }

    /** For programs and tests without CDI. */
    public FlowRegistry(Vertx vertx, FlowEventListener listener) {
        this.vertx = vertx;
        this.listener = listener;
    }

    /**
     * Starts the flows of this process, in order; until the last one runs, the process is not {@link #complete}.
     *
     * @throws RuntimeException what hindered the first that did not start; those before it run on
     */
    public void startAll(List<FlowSpec> specs) {
        for (FlowSpec spec : specs) start(spec);
        complete = true;
    }

    /**
     * Starts a flow and returns when its sockets are bound. From the first moment it is listed, as STARTING.
     *
     * @throws RuntimeException what hindered it, one line for people; nothing is left open then, and the name is free
     */
    public void start(FlowSpec spec) {
        Placed placed = place(spec);
        FlowLoop flow = placed.flow();
        LoopHost loop = placed.loop();
        try {
            await(loop.onLoop(() -> {
                flow.openEnds();
                return null;
            }), START_TIMEOUT_MS);
            flow.openMedia();
            await(loop.add(flow), START_TIMEOUT_MS);
        } catch (RuntimeException e) {
            abandon(placed, e);
            throw e;
        }
    }

    private synchronized Placed place(FlowSpec spec) {
        if (flows.containsKey(spec.name())) throw new ConfigException("name", spec.name() + " is the name of another flow of this process; choose another one");
        LoopHost loop = leastLoaded();
        Placed placed = new Placed(new FlowLoop(ids.incrementAndGet(), spec, host(loop)), loop);
        loop.reserve();
        flows.put(spec.name(), placed);
        return placed;
    }

    private void abandon(Placed placed, RuntimeException why) {
        try {
            // Comes after a step of the start that may still be under way
            await(placed.loop().abandon(placed.flow()), START_TIMEOUT_MS);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        } finally {
            forget(placed.flow().name());
        }
    }

    private synchronized void forget(String name) {
        flows.remove(name);
    }

    /** As many loops as the machine has cores, each made when the ones before have work. */
    private LoopHost leastLoaded() {
        LoopHost least = null;
        for (LoopHost loop : loops) if (least == null || loop.load() < least.load()) least = loop;
        if (least != null && (least.load() == 0 || loops.size() >= Runtime.getRuntime().availableProcessors())) return least;
        LoopHost fresh = freshLoop();
        if (fresh == null) return least;
        loops.add(fresh);
        return fresh;
    }

    /** Vert.x gives its event loops in turn, to whoever asks: the next one may be ours already. Null if all are. */
    private LoopHost freshLoop() {
        for (int attempt = 0; attempt < MAX_LOOPS; attempt++) {
            Context context = VertxInternals.newEventLoopContext(vertx);
            if (loops.stream().noneMatch(loop -> VertxInternals.sameLoop(loop.context, context))) return new LoopHost(context);
        }
        return null;
    }

    private FlowLoop.Host host(LoopHost loop) {
        RistEnd.Opener opener = (bind, network, receiveBytes, sendBytes) -> open(loop, bind, null, network, null, receiveBytes, sendBytes);
        MediaFactory media = new MediaFactory(new LoopPorts(loop), workers);
        FlowLoop.MediaOpener mediaOpener = new FlowLoop.MediaOpener() {
            @Override
            public MediaInput input(Endpoint endpoint) {
                return media.openInput(endpoint);
            }

            @Override
            public MediaOutput output(Endpoint endpoint) {
                return media.openOutput(endpoint);
            }
        };
        return new FlowLoop.Host(opener, (request, onLoop) -> derive(loop, request, onLoop), mediaOpener, listener, random, workers);
    }

    /** Media's sockets: opened on the flow's loop, closed there from wherever their owner is drained. */
    private final class LoopPorts implements PortOpener {
        private final LoopHost loop;

        LoopPorts(LoopHost loop) {
            this.loop = loop;
        }

        @Override
        public DatagramPort open(InetSocketAddress bind, InetSocketAddress connect, Endpoint.Network network, InetAddress group, int receiveBytes, int sendBytes) {
            return FlowRegistry.this.open(loop, bind, connect, network, group, receiveBytes, sendBytes);
        }

        @Override
        public void close(DatagramPort port) {
            Supplier<Void> closing = () -> {
                port.flush();
                port.close();
                return null;
            };
            if (VertxInternals.onLoop(loop.context)) closing.get();
            else await(loop.onLoop(closing), START_TIMEOUT_MS);
        }
    }

    private DatagramPort open(LoopHost loop, InetSocketAddress bind, InetSocketAddress connect, Endpoint.Network network, InetAddress group, int receiveBytes, int sendBytes) {
        PortOptions options = new PortOptions(bind, connect, network.interfaceName(), network.ttl(), network.sources(), group, receiveBytes, sendBytes, true);
        return DatagramPorts.open(vertx, loop.context, options);
    }

    private void derive(LoopHost loop, KeyRequest request, Consumer<KeyRequest.DerivedKey> onLoop) {
        derivations.execute(() -> {
            KeyRequest.DerivedKey key = request.derive();
            try {
                VertxInternals.execute(loop.context, () -> onLoop.accept(key));
            } catch (RejectedExecutionException e) {
                // The process ends: nobody waits for the key any more.
            }
        });
    }

    /** Ends a flow's input; its senders stay for what may still be asked for, until {@link #drain}. */
    public void stopInput(String name) {
        Placed placed = placed(name);
        if (placed != null) await(placed.loop().onLoop(() -> placed.flow().stopInput(System.nanoTime(), drainLimit)), START_TIMEOUT_MS);
    }

    /**
     * Stops a flow in good order: no new peers, what is held is played out, senders stay for what may still be asked for, then the farewell, and the outputs' queues are emptied. Takes as long as that
     * takes, within the {@link DrainLimit}.
     */
    public void drain(String name) {
        Placed placed = placed(name);
        if (placed == null) return;
        FlowLoop flow = placed.flow();
        LoopHost loop = placed.loop();
        DrainLimit limit = drainLimit;
        long untilNs = System.nanoTime() + limit.wholeNs();
        try {
            sleepNs(await(loop.onLoop(() -> flow.stopInput(System.nanoTime(), limit)), START_TIMEOUT_MS));
            long lingerNs = await(loop.onLoop(() -> {
                long now = System.nanoTime();
                flow.stopReceiver(now);
                return flow.lingerNs(now);
            }), START_TIMEOUT_MS);
            sleepNs(Math.min(lingerNs, Math.min(limit.lingerNs(), untilNs - System.nanoTime())));
            await(loop.remove(flow), START_TIMEOUT_MS);
            long queuesMs = Math.clamp(TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime()), LEAST_QUEUE_DRAIN_MS, MOST_QUEUE_DRAIN_MS);
            sideBySide(flow.mediaOutputs(), output -> output.drainAndClose(queuesMs));
        } finally {
            forget(name);
        }
    }

    /** From now on, for every drain. */
    public void drainLimit(DrainLimit limit) {
        drainLimit = limit;
    }

    /** Drains a flow that is not wanted any more, elsewhere; the process is as ready without it. */
    void dismiss(String name) {
        leaving.add(name);
        workers.newThread(() -> {
            try {
                drain(name);
            } catch (RuntimeException e) {
                LOG.warnf("while draining flow %s: %s", name, e.getMessage());
            } finally {
                leaving.remove(name);
            }
        }).start();
    }

    @Override
    public boolean leaving(String flow) {
        return leaving.contains(flow);
    }

    /** The process is about to end: it is not ready any more, whatever its flows still have to do. */
    public void announceEnd() {
        ending = true;
    }

    @Override
    public boolean ending() {
        return ending;
    }

    // ---- changes of flows that run: see FlowEditor -------------------------------------------------------------------------------------

    @Override
    public void addOutput(String flowName, FlowSpec.Named output) {
        editor(flowName).addOutput(output);
    }

    @Override
    public boolean removeOutput(String flowName, String output) {
        return editor(flowName).removeOutput(output);
    }

    @Override
    public void addPath(String flowName, String endpoint, String name, String url) {
        FlowEditor editor = editor(flowName);
        FlowSpecs.NewPath path = FlowSpecs.path(name, url, Resolver.SYSTEM);
        editor.addPath(editor.named(endpoint), path.wiring(), path.config());
    }

    @Override
    public boolean removePath(String flowName, String endpoint, String name) {
        FlowEditor editor = editor(flowName);
        return editor.removePath(editor.named(endpoint), name);
    }

    @Override
    public boolean weigh(String flowName, String endpoint, String name, int weight) {
        FlowEditor editor = editor(flowName);
        return editor.weigh(editor.named(endpoint), name, weight);
    }

    @Override
    public List<FlowSnapshot.KeyView> usePassphrase(String flowName, String endpoint, Parity parity) {
        return editor(flowName).usePassphrase(endpoint, parity);
    }

    /**
     * Sets one of an endpoint's two passphrases; see {@link io.ristflow.core.api.RistSession#replacePassphrase}.
     *
     * @throws RuntimeException what hindered it, without the passphrase
     */
    public void replacePassphrase(FlowKey.Id key, String passphrase) {
        editor(key.flow()).replacePassphrase(key, passphrase);
    }

    /** @throws ConfigException if there is no such flow */
    FlowEditor editor(String flowName) {
        Placed placed = known(flowName);
        return new FlowEditor(placed.flow(), placed.loop(), workers);
    }

    private Placed known(String flowName) {
        Placed placed = placed(flowName);
        if (placed == null) throw new ConfigException("flow", flowName + " is not there");
        return placed;
    }

    /** Gives a flow's callers new source ports, as silence would. */
    void rebind(String name) {
        Placed placed = placed(name);
        if (placed == null) return;
        await(placed.loop().onLoop(() -> {
            placed.flow().rebind();
            return null;
        }), START_TIMEOUT_MS);
    }

    /** Drains all flows, side by side. Whoever comes second waits for the first. */
    public void drainAll() {
        announceEnd();
        synchronized (draining) {
            sideBySide(placed().stream().map(p -> p.flow().name()).toList(), this::drain);
        }
    }

    /**
     * Whatever else ends Quarkus (signals are the application's, see App) stops Vert.x at once, while the program's main thread has only begun to wake. Quarkus waits for this before it stops
     * anything; readiness is DOWN by then and HTTP still answers.
     */
    void onShutdown(@Observes ShutdownDelayInitiatedEvent event) {
        drainAll();
    }

    /** One thread each, as each waits: one that is stuck must not take the others' time. */
    private static <T> void sideBySide(List<T> all, Consumer<T> work) {
        List<Thread> threads = new ArrayList<>();
        for (T each : all) threads.add(Thread.ofPlatform().daemon().name("ristflow-drain").start(() -> {
            try {
                work.accept(each);
            } catch (RuntimeException e) {
                LOG.warnf("while draining: %s", e.getMessage());
            }
        }));
        try {
            for (Thread thread : threads) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks something of a flow's media outputs on the flow's loop, where they may be touched; empty if there is no such flow. */
    public <T> Optional<T> ofOutputs(String name, Function<List<MediaOutput>, T> question) {
        Placed placed = placed(name);
        return placed == null ? Optional.empty() : Optional.of(await(placed.loop().onLoop(() -> question.apply(placed.flow().mediaOutputs())), START_TIMEOUT_MS));
    }

    /** Whether every flow's input has come to its end (files, closed pipes), or the flow failed: a run of such flows is over. */
    public boolean allEnded() {
        for (Placed placed : placed()) if (placed.flow().alive() && !placed.flow().inputEnded()) return false;
        return true;
    }

    @Override
    public List<FlowSnapshot> snapshots() {
        return placed().stream().map(p -> p.flow().snapshot()).toList();
    }

    @Override
    public Optional<FlowSnapshot> snapshot(String name) {
        return Optional.ofNullable(placed(name)).map(p -> p.flow().snapshot());
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public Transport transport() {
        DatagramPorts.Transport transport = DatagramPorts.transport(vertx);
        return new Transport(transport.batched(), transport.reason());
    }

    /** The longest time for which a loop with flows has not ticked: tells a dead loop from an idle one. */
    public long stalledMs() {
        long now = System.nanoTime();
        long stalled = 0;
        synchronized (this) {
            for (LoopHost loop : loops) stalled = Math.max(stalled, loop.stalledNs(now));
        }
        return TimeUnit.NANOSECONDS.toMillis(stalled);
    }

    private synchronized Placed placed(String name) {
        return flows.get(name);
    }

    private synchronized List<Placed> placed() {
        return List.copyOf(flows.values());
    }
}
