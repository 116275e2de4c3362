package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets pods go that have ended ({@link Release}). Beside the reconciliations, as a pod may outlive its flow, of which there are none any more. An event source for the sake of its life: it wakes nobody,
 * as the pod that goes does.
 */
final class Releases extends AbstractEventSource<Void, RistFlow> {
    private static final long LOOK_MS = 200;
    /** The API server was asked, and the pod's end has not come through yet. */
    private static final long AGAIN_MS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

    private final Supplier<Stream<Pod>> leaving;
    private final Consumer<Pod> letGo;
    private final Clock clock;
    /** When each was let go, milliseconds, by uid. */
    private final Map<String, Long> asked = new HashMap<>();
    private ScheduledExecutorService looks;

    /** @param leaving pods that are being deleted */
    Releases(KubernetesClient client, Supplier<Stream<Pod>> leaving, Clock clock) {
        this(leaving, pod -> delete(client, pod), clock);
    }

    Releases(Supplier<Stream<Pod>> leaving, Consumer<Pod> letGo, Clock clock) {
        super(Void.class, "releases");
        this.leaving = leaving;
        this.letGo = letGo;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) return;
        super.start();
        looks = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("releases").factory());
        looks.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        super.stop();
        if (looks != null) looks.shutdown();
    }

    void look() {
        long nowMs = clock.millis();
        asked.values().removeIf(atMs -> nowMs - atMs >= AGAIN_MS);
        try {
            leaving.get().filter(pod -> Release.inMs(pod, clock.instant()) == 0 && asked.putIfAbsent(pod.getMetadata().getUid(), nowMs) == null).forEach(letGo);
        } catch (RuntimeException e) {
            // The API server is away, or the informer stops; an exception would end the looking.
            LOG.debug("pods that ended stay for now: {}", e.toString());
        }
    }

    /** Deletes a pod whose process does not run. One that is gone already is no error. */
    static void delete(KubernetesClient client, Pod pod) {
        try {
            // This very one: the next pod of a StatefulSet has its name.
            client.raw("/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName(), "DELETE",
                    new DeleteOptionsBuilder().withGracePeriodSeconds(0L).withNewPreconditions().withUid(pod.getMetadata().getUid()).endPreconditions().build());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
        }
    }

    @Override
    public Set<Void> getSecondaryResources(RistFlow flow) {
        return Set.of();
    }
}
