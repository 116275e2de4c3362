package io.ristflow.service.observe;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Looks at every flow once a second and keeps the last two looks: snapshots are cumulative, while librist's statistics and the bit rate of a plain input are per interval. One
 * thread of its own, as an event loop must not wait for another's snapshot.
 */
@ApplicationScoped
public class Sampler {
    private static final Logger LOG = Logger.getLogger("ristflow.observe");

    /**
     * The last full interval of a flow.
     *
     * @param previous how the flow was at its beginning; null in the first second of a flow, then all counts are since the flow began
     * @param elapsedNs its length
     * @param losses of each RIST input, by its name
     */
    public record Interval(FlowSnapshot previous, FlowSnapshot current, long elapsedNs, Map<String, Loss> losses) {
        /** Without a look at losses. */
        public Interval(FlowSnapshot previous, FlowSnapshot current, long elapsedNs) {
            this(previous, current, elapsedNs, Map.of());
        }
    }

    private record Sample(FlowSnapshot snapshot, long atNs, Map<String, Loss.Window> windows) {}

    private final Flows flows;
    private final SessionLog sessionLog;
    private final List<Consumer<List<Interval>>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ristflow-sampler").factory());
    private Map<String, Sample> last = Map.of();
    private volatile Map<String, Interval> intervals = Map.of();

    @Inject
    public Sampler(Flows flows, SessionLog sessionLog) {
        this.flows = flows;
        this.sessionLog = sessionLog;
    }

    void start(@Observes StartupEvent event) {
        executor.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    /** The last interval of a flow; empty for one that was not there at the last look. Any thread. */
    public Optional<Interval> interval(String flow) {
        return Optional.ofNullable(intervals.get(flow));
    }

    /** Calls the listener each second with the intervals just ended, on the sampler's thread; {@code --stats-json} prints from here. */
    public void onInterval(Consumer<List<Interval>> listener) {
        listeners.add(listener);
    }

    private void tick() {
        try {
            sample(System.nanoTime());
            sessionLog.tick();
            List<Interval> ended = List.copyOf(intervals.values());
            for (Consumer<List<Interval>> listener : listeners) listener.accept(ended);
        } catch (RuntimeException e) {
            // An exception would end the schedule: the next second may well go better.
            LOG.warn("statistics of this second were not taken", e);
        }
    }

    synchronized void sample(long nowNs) {
        Map<String, Sample> samples = new HashMap<>();
        Map<String, Interval> ended = new HashMap<>();
        for (FlowSnapshot now : flows.snapshots()) {
            Sample before = last.get(now.name());
            // A flow of the same name that began anew is another flow.
            boolean same = before != null && before.snapshot.id() == now.id();
            Map<String, Loss.Window> windows = same ? before.windows : new HashMap<>();
            Map<String, Loss> losses = new HashMap<>();
            for (FlowSnapshot.InputView input : now.inputs()) {
                if (input.rist() != null) losses.put(input.name(), windows.computeIfAbsent(input.name(), _ -> new Loss.Window()).look(nowNs, input));
            }
            samples.put(now.name(), new Sample(now, nowNs, windows));
            ended.put(now.name(), new Interval(same ? before.snapshot : null, now, same ? nowNs - before.atNs : 0, Map.copyOf(losses)));
        }
        last = samples;
        intervals = Map.copyOf(ended);
    }
}
