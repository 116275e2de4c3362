package io.ristflow.service.runtime;

import io.ristflow.service.net.VertxInternals;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One event loop and the flows it owns. One tick serves them all: reading and sending on a tick of 1 to 8 ms instead of on every packet is what decides the cost of a packet. It is as long as every
 * flow bears ({@link Tempo}), and shorter where the busiest flow's packets would make a burst. Sockets do not wake the loop: an idle one looks for datagrams every 20 ms.
 */
final class LoopHost {
    private static final Logger LOG = Logger.getLogger("ristflow.runtime");

    private static final long MIN_TICK_NS = 1_000_000;
    /** Nothing came for a second: the first datagram of a stream may wait this long once, the kernel holds it. */
    private static final long IDLE_TICK_NS = 20_000_000;
    private static final long IDLE_AFTER_NS = 1_000_000_000;
    /** Datagrams of a flow that one wake-up should find at most: they go out as one train, which sockets and switches on the way have to hold. */
    private static final long DATAGRAMS_PER_TICK = 32;

    final Context context;
    private final List<FlowLoop> flows = new ArrayList<>();
    private final AtomicInteger load = new AtomicInteger();
    private final Runnable tick = this::tick;
    private volatile boolean ticking;
    private long lastTickNs;
    private long busyNs;
    private double datagramsPerNs;
    private volatile long tickedAtNs = System.nanoTime();

    LoopHost(Context context) {
        this.context = context;
    }

    /** Flows placed here, started or about to be. */
    int load() {
        return load.get();
    }

    void reserve() {
        load.incrementAndGet();
    }

    /** Begins the flow, whose sockets are open, and ticks for it from now on. The future fails with what begin threw; {@link #abandon} is due then. */
    CompletableFuture<Void> add(FlowLoop flow) {
        return onLoop(() -> {
            flow.begin(System.nanoTime());
            flows.add(flow);
            if (!ticking) {
                tickedAtNs = lastTickNs = busyNs = System.nanoTime();
                ticking = true;
                VertxInternals.schedule(context, tick, MIN_TICK_NS);
            }
            return null;
        });
    }

    /** A flow that did not come to run: what it has opened is closed, its reservation given back. Also where its start is still under way on the loop. */
    CompletableFuture<Void> abandon(FlowLoop flow) {
        return onLoop(() -> {
            flows.remove(flow);
            load.decrementAndGet();
            flow.abandon();
            return null;
        });
    }

    CompletableFuture<Void> remove(FlowLoop flow) {
        return onLoop(() -> {
            if (flows.remove(flow)) load.decrementAndGet();
            flow.close(System.nanoTime());
            return null;
        });
    }

    <T> CompletableFuture<T> onLoop(Supplier<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        VertxInternals.execute(context, () -> {
            try {
                done.complete(action.get());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** How long ago this loop last ticked; 0 if it has nothing to tick for. */
    long stalledNs(long nowNs) {
        return ticking ? Math.max(0, nowNs - tickedAtNs) : 0;
    }

    private void tick() {
        long now = System.nanoTime();
        int most = 0;
        boolean failed = false;
        for (int i = 0; i < flows.size(); i++) {
            FlowLoop flow = flows.get(i);
            try {
                most = Math.max(most, flow.tick(now));
            } catch (RuntimeException | Error e) {
                // A defect of ours must not take the other flows of this loop with it: this flow fails, loudly.
                LOG.errorf(e, "flow %s failed", flow.name());
                flow.fail("internal error: " + e);
                failed = true;
            }
        }
        if (failed) forgetFailed();
        tickedAtNs = now;
        if (flows.isEmpty()) {
            ticking = false;
            return;
        }
        VertxInternals.schedule(context, tick, untilNext(now, most));
    }

    private void forgetFailed() {
        for (int i = flows.size() - 1; i >= 0; i--) {
            if (flows.get(i).alive()) continue;
            flows.remove(i);
            load.decrementAndGet();
        }
    }

    private long untilNext(long now, int datagrams) {
        long elapsed = Math.max(1, now - lastTickNs);
        lastTickNs = now;
        if (datagrams > 0) busyNs = now;
        datagramsPerNs += ((double) datagrams / elapsed - datagramsPerNs) / 8;
        long worked = System.nanoTime() - now;
        return Math.max(0, interval(now) - worked);
    }

    private long interval(long now) {
        if (now - busyNs > IDLE_AFTER_NS) return IDLE_TICK_NS;
        long longest = IDLE_TICK_NS;
        for (int i = 0; i < flows.size(); i++) longest = Math.min(longest, flows.get(i).tempo().longestTickNs());
        longest = Math.max(MIN_TICK_NS, longest);
        return datagramsPerNs * longest <= DATAGRAMS_PER_TICK ? longest : Math.max(MIN_TICK_NS, (long) (DATAGRAMS_PER_TICK / datagramsPerNs));
    }
}
