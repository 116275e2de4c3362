package io.ristflow.operator.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every running media pod how its flow is, and wakes the reconciler when that changed. JOSDK's own polling sources ask per resource and wake for every
 * difference; here it is per run of a container, and statistics are no difference until they moved by a step.
 *
 * <p>Which pods there are is read from the pods' informer, never from the API server. Each pod is asked on a virtual thread of its own, so one that hangs
 * holds up no other. A pod that has just appeared, or has just become ready, is asked at once.
 */
public final class PodReports extends AbstractEventSource<PodReport, RistFlow> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodReports.class);
    /** How often the informer's pods are looked through, and a pod asked that has not answered yet. */
    private static final long TICK_MS = 250;

    private final Function<MediaPod, Optional<Sample>> api;
    private final Supplier<Stream<Pod>> pods;
    private final long pollIntervalMs;
    private final long statisticsIntervalMs;
    private final LongSupplier clockMs;
    private final Counter polls;
    private final Counter failures;
    /** By uid of the pod. */
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Executor asking;
    private ScheduledExecutorService ticks;

    /** @param pods all pods that the informer holds; those without the flow label are passed over */
    public PodReports(PodApi api, Supplier<Stream<Pod>> pods, Duration pollInterval, Duration statisticsInterval, MeterRegistry meters) {
        this(api::ask, pods, pollInterval, statisticsInterval, meters, () -> System.nanoTime() / 1_000_000, null);
    }

    /** @param asking runs one poll; null: a virtual thread each */
    PodReports(
            Function<MediaPod, Optional<Sample>> api, Supplier<Stream<Pod>> pods, Duration pollInterval, Duration statisticsInterval, MeterRegistry meters,
            LongSupplier clockMs, Executor asking) {
        super(PodReport.class, "pod-reports");
        this.api = api;
        this.pods = pods;
        this.pollIntervalMs = pollInterval.toMillis();
        this.statisticsIntervalMs = statisticsInterval.toMillis();
        this.clockMs = clockMs;
        this.asking = asking == null ? threads : asking;
        polls = Counter.builder("ristflow.operator.pod.polls").description("Questions to media pods.").register(meters);
        failures = Counter.builder("ristflow.operator.pod.poll.failures")
                .description("Questions to media pods that got no sensible answer; pods that are starting count as well.").register(meters);
    }

    // ---- what the reconciler asks -------------------------------------------------------------------------------------------------------------

    /** The latest report of each running pod of the flow, those that have none yet left out; by the pod's name. */
    public List<PodReport> reports(RistFlow flow) {
        String namespace = flow.getMetadata().getNamespace();
        String name = flow.getMetadata().getName();
        return watched.values().stream()
                .filter(w -> w.pod.flow().equals(name) && Objects.equals(w.pod.namespace(), namespace))
                .map(Watched::shown).filter(Objects::nonNull)
                .sorted(Comparator.comparing(PodReport::pod)).toList();
    }

    @Override
    public Set<PodReport> getSecondaryResources(RistFlow flow) {
        return new LinkedHashSet<>(reports(flow));
    }

    // ---- the round --------------------------------------------------------------------------------------------------------------------------

    @Override
    public synchronized void start() {
        if (isRunning()) return;
        super.start();
        ticks = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("pod-reports").factory());
        ticks.scheduleWithFixedDelay(this::safeTick, 0, TICK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        super.stop();
        // Not waited for: the tick under way may want a lock that who stops us holds
        if (ticks != null) ticks.shutdown();
        watched.clear();
    }

    /** From now on nobody asks who does not call {@link #tick}. */
    void stopTicking() {
        ticks.close();
    }

    /** For good. */
    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    /** An exception would end the schedule. The informer may not have started, or may be stopping. */
    private void safeTick() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.debug("pods cannot be looked through now: {}", e.toString());
        }
    }

    void tick() {
        long nowMs = clockMs.getAsLong();
        Set<String> running = new HashSet<>();
        pods.get().map(MediaPod::of).flatMap(Optional::stream).forEach(pod -> {
            running.add(pod.uid());
            look(nowMs, pod);
        });
        watched.values().removeIf(w -> {
            boolean gone = !running.contains(w.pod.uid());
            if (gone) wake(w.pod);
            return gone;
        });
    }

    private void look(long nowMs, MediaPod pod) {
        Watched known = watched.get(pod.uid());
        if (known == null || !known.pod.run().equals(pod.run())) {
            Watched fresh = new Watched(pod, nowMs);
            watched.put(pod.uid(), fresh);
            // What the last run of the container said is void from now on
            if (known != null) wake(pod);
            known = fresh;
        }
        if (pod.ready() && !known.pod.ready()) known.dueMs = nowMs;
        known.pod = pod;
        if (known.asked || nowMs < known.dueMs) return;
        known.asked = true;
        Watched due = known;
        try {
            asking.execute(() -> ask(due));
        } catch (RejectedExecutionException e) {
            LOG.debug("closing, {} is not asked", pod.name());
        }
    }

    private void ask(Watched of) {
        MediaPod pod = of.pod;
        long beganMs = clockMs.getAsLong();
        boolean changed = false;
        try {
            Optional<Sample> answer = api.apply(pod);
            polls.increment();
            if (answer.isEmpty()) failures.increment();
            changed = of.take(clockMs.getAsLong(), pod, answer);
        } finally {
            of.dueMs = beganMs + (of.answeredOnce() ? pollIntervalMs : Math.min(pollIntervalMs, 2 * TICK_MS));
            of.asked = false;
        }
        if (changed && watched.get(pod.uid()) == of) wake(pod);
    }

    private void wake(MediaPod pod) {
        if (isRunning()) getEventHandler().handleEvent(new Event(new ResourceID(pod.flow(), pod.namespace())));
    }

    /** One run of one container. */
    private final class Watched {
        private final ReportTrail trail = new ReportTrail(pollIntervalMs, statisticsIntervalMs);
        private volatile MediaPod pod;
        private volatile long dueMs;
        private volatile boolean asked;

        Watched(MediaPod pod, long dueMs) {
            this.pod = pod;
            this.dueMs = dueMs;
        }

        synchronized PodReport shown() {
            return trail.shown();
        }

        synchronized boolean answeredOnce() {
            return trail.answered();
        }

        synchronized boolean take(long nowMs, MediaPod asked, Optional<Sample> answer) {
            if (answer.isPresent()) return trail.answered(nowMs, answer.get());
            // A pod that starts need not answer yet; Kubernetes knows as much
            return (asked.ready() || trail.answered()) && trail.missed(nowMs, asked);
        }
    }
}
