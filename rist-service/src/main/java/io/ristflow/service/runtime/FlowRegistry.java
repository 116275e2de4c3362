package io.ristflow.service.runtime;

import io.ristflow.core.api.KeyRequest;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.media.MediaFactory;
import io.ristflow.service.media.MediaInput;
import io.ristflow.service.media.MediaOutput;
import io.ristflow.service.media.PortOpener;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.DatagramPorts;
import io.ristflow.service.net.PortOptions;
import io.ristflow.service.net.VertxInternals;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The flows of this process: started on the least-loaded loop, listed, drained. Any thread but a flow's loop. */
@ApplicationScoped
public class FlowRegistry implements Flows {
    private static final long START_TIMEOUT_MS = 10_000;
    private static final long OUTPUT_DRAIN_MS = 2_000;
    private static final long MAX_LINGER_MS = 2_000;

    private record Placed(FlowLoop flow, LoopHost loop) {}

    private final Vertx vertx;
    private final FlowEventListener listener;
    private final List<LoopHost> loops = new ArrayList<>();
    private final Map<String, Placed> flows = new LinkedHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    /** Media's blocking work (files, pipes), off the loops. */
    private final ThreadFactory workers = Thread.ofPlatform().daemon().name("ristflow-media-", 0).factory();
    private final ExecutorService derivations = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ristflow-keys").factory());

    @Inject
    FlowRegistry(Vertx vertx, Instance<FlowEventListener> listeners) {
        this(vertx, (flow, endpoint, remote, event) -> {
            for (FlowEventListener each : listeners) each.onEvent(flow, endpoint, remote, event);
        });
    }

    /** For programs and tests without CDI. */
    public FlowRegistry(Vertx vertx, FlowEventListener listener) {
        this.vertx = vertx;
        this.listener = listener;
    }

    /**
     * Starts a flow and returns when its sockets are bound.
     *
     * @throws RuntimeException what hindered it, one line for people; nothing is left open then
     */
    public void start(FlowSpec spec) {
        LoopHost loop;
        FlowLoop flow;
        synchronized (this) {
            if (flows.containsKey(spec.name())) throw new io.ristflow.core.config.ConfigException("name", spec.name() + " is the name of another flow of this process; choose another one");
            loop = leastLoaded();
            loop.reserve();
            flow = new FlowLoop(ids.incrementAndGet(), spec, host(loop));
            flows.put(spec.name(), new Placed(flow, loop));
        }
        try {
            await(loop.add(flow), START_TIMEOUT_MS);
        } catch (RuntimeException e) {
            synchronized (this) {
                flows.remove(spec.name());
            }
            throw e;
        }
    }

    /** As many loops as the machine has cores, each made when the ones before have work. */
    private LoopHost leastLoaded() {
        LoopHost least = null;
        for (LoopHost loop : loops) if (least == null || loop.load() < least.load()) least = loop;
        if (least != null && (least.load() == 0 || loops.size() >= Runtime.getRuntime().availableProcessors())) return least;
        LoopHost fresh = new LoopHost(VertxInternals.newEventLoopContext(vertx));
        for (LoopHost loop : loops) if (VertxInternals.sameLoop(loop.context, fresh.context)) return least;
        loops.add(fresh);
        return fresh;
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
        return new FlowLoop.Host(opener, (request, onLoop) -> derive(loop, request, onLoop), mediaOpener, listener, random);
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
            VertxInternals.execute(loop.context, () -> onLoop.accept(key));
        });
    }

    /** Ends a flow's input and plays out what is held; its senders stay for what may still be asked for, until {@link #drain}. */
    public void stopInput(String name) {
        Placed placed;
        synchronized (this) {
            placed = flows.get(name);
        }
        if (placed == null) return;
        await(placed.loop().onLoop(() -> {
            placed.flow().stopInput(System.nanoTime());
            return null;
        }), START_TIMEOUT_MS);
    }

    /** Stops a flow in good order: no more input, what is held goes out, senders stay for what may still be asked for, then the farewell. */
    public void drain(String name) {
        Placed placed;
        synchronized (this) {
            placed = flows.get(name);
        }
        if (placed == null) return;
        FlowLoop flow = placed.flow();
        long lingerNs = await(placed.loop().onLoop(() -> {
            long now = System.nanoTime();
            flow.stopInput(now);
            return flow.lingerNs(now);
        }), START_TIMEOUT_MS);
        sleepMs(Math.min(TimeUnit.NANOSECONDS.toMillis(lingerNs), MAX_LINGER_MS));
        await(placed.loop().remove(flow), START_TIMEOUT_MS);
        for (MediaOutput output : flow.mediaOutputs()) output.drainAndClose(OUTPUT_DRAIN_MS);
        synchronized (this) {
            flows.remove(name);
        }
    }

    /** Drains all flows, side by side. */
    public void drainAll() {
        List<String> names;
        synchronized (this) {
            names = List.copyOf(flows.keySet());
        }
        List<Thread> drains = new ArrayList<>();
        for (String name : names) drains.add(Thread.ofPlatform().daemon().name("ristflow-drain").start(() -> drain(name)));
        for (Thread drain : drains) {
            try {
                drain.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Asks something of a flow's media outputs on the flow's loop, where they may be touched; empty if there is no such flow. */
    public <T> Optional<T> ofOutputs(String name, Function<List<MediaOutput>, T> question) {
        Placed placed;
        synchronized (this) {
            placed = flows.get(name);
        }
        return placed == null ? Optional.empty() : Optional.of(await(placed.loop().onLoop(() -> question.apply(placed.flow().mediaOutputs())), START_TIMEOUT_MS));
    }

    /** Whether every flow's input has come to its end (files, closed pipes), or the flow failed: a run of such flows is over. */
    public boolean allEnded() {
        for (Placed placed : placed()) {
            if (!placed.flow().alive()) continue;
            if (!await(placed.loop().onLoop(placed.flow()::inputEnded), START_TIMEOUT_MS)) return false;
        }
        return true;
    }

    @Override
    public List<FlowSnapshot> snapshots() {
        return placed().stream().map(p -> p.flow().snapshot()).toList();
    }

    @Override
    public Optional<FlowSnapshot> snapshot(String name) {
        synchronized (this) {
            return Optional.ofNullable(flows.get(name)).map(p -> p.flow().snapshot());
        }
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

    private synchronized List<Placed> placed() {
        return List.copyOf(flows.values());
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future, long timeoutMs) {
        try {
            return future.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("a flow's event loop did not answer within " + timeoutMs + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a flow's event loop worked", e);
        }
    }

    private static void sleepMs(long ms) {
        if (ms <= 0) return;
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
