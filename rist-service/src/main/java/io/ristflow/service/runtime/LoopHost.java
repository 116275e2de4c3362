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
 * One event loop and the flows it owns. Each flow has its turn as seldom as it bears ({@link Turn}), and a wake-up for one serves all that are nearly due: reading and sending every 1 to 13 ms instead of
 * on every packet is what decides the cost of a packet. Sockets do not wake the loop.
 */
final class LoopHost {
    private static final Logger LOG = Logger.getLogger("ristflow.runtime");

    private static final long FIRST_TICK_NS = 1_000_000;

    final Context context;
    private final List<Turn> turns = new ArrayList<>();
    private final AtomicInteger load = new AtomicInteger();
    private final Runnable tick = this::tick;
    private volatile boolean ticking;
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
            long now = System.nanoTime();
            flow.begin(now);
            turns.add(new Turn(flow, now));
            if (!ticking) {
                tickedAtNs = now;
                ticking = true;
                VertxInternals.schedule(context, tick, FIRST_TICK_NS);
            }
            return null;
        });
    }

    /** A flow that did not come to run: what it has opened is closed, its reservation given back. Also where its start is still under way on the loop. */
    CompletableFuture<Void> abandon(FlowLoop flow) {
        return onLoop(() -> {
            turns.removeIf(turn -> turn.flow == flow);
            load.decrementAndGet();
            flow.abandon();
            return null;
        });
    }

    CompletableFuture<Void> remove(FlowLoop flow) {
        return onLoop(() -> {
            if (turns.removeIf(turn -> turn.flow == flow)) load.decrementAndGet();
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
        boolean failed = false;
        long next = Long.MAX_VALUE;
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (turn.wanted(now)) {
                try {
                    turn.taken(now, turn.flow.tick(now));
                } catch (RuntimeException | Error e) {
                    // A defect of ours must not take the other flows of this loop with it: this flow fails, loudly.
                    LOG.errorf(e, "flow %s failed", turn.flow.name());
                    turn.flow.fail("internal error: " + e);
                    failed = true;
                }
            }
            next = Math.min(next, turn.dueNs());
        }
        if (failed) forgetFailed();
        tickedAtNs = now;
        if (turns.isEmpty()) {
            ticking = false;
            return;
        }
        VertxInternals.schedule(context, tick, Math.max(0, next - System.nanoTime()));
    }

    private void forgetFailed() {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).flow.alive()) continue;
            turns.remove(i);
            load.decrementAndGet();
        }
    }
}
