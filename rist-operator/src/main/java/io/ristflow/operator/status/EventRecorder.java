package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events of flows, as core/v1 Events: {@code kubectl describe} and {@code kubectl get events} show those in every version from 1.20 on. What happens
 * again counts up in the Event that is there; what happens too often is dropped. Never blocks its caller and never fails: an event that cannot be written is
 * a line in the log.
 */
public final class EventRecorder implements AutoCloseable {
    /** Events of one flow at once; after that one each {@link #REFILL}. */
    static final int BURST = 25;
    static final Duration REFILL = Duration.ofSeconds(20);
    /** API servers forget Events after an hour; what happens again later is told anew. */
    static final Duration AGAIN = Duration.ofMinutes(30);
    private static final int MAX_REMEMBERED = 4096;
    private static final int MAX_QUEUED = 1000;
    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_NAME = 230;
    private static final String COMPONENT = "ristflow-operator";
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** Where events go. Both throw if they cannot. */
    interface Sink {
        void create(Event event);

        /** @return false if the Event is not there any more */
        boolean count(String namespace, String name, int count, String lastTimestamp);
    }

    private record Key(String uid, FlowEvent event) {}

    private static final class Told {
        private String name;
        private int count;
        private Instant last;
    }

    private static final class Bucket {
        private double left = BURST;
        private Instant filled;
    }

    private final Sink sink;
    private final Clock clock;
    private final Executor executor;
    private final Map<Key, Told> told = remembering();
    private final Map<String, Bucket> buckets = remembering();
    private long sequence;

    public EventRecorder(KubernetesClient client) {
        this(new Api(client), Clock.systemUTC(), writer());
    }

    /** @param executor runs one thing after another */
    EventRecorder(Sink sink, Clock clock, Executor executor) {
        this.sink = sink;
        this.clock = clock;
        this.executor = executor;
    }

    private static Executor writer() {
        var threads = Thread.ofPlatform().daemon().name("events").factory();
        ThreadPoolExecutor writer = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_QUEUED), threads);
        writer.allowCoreThreadTimeOut(true);
        return writer;
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    public void record(RistFlow flow, FlowEvent event) {
        Instant at = clock.instant();
        try {
            executor.execute(() -> write(flow, event, at));
        } catch (RejectedExecutionException e) {
            LOG.debug("event {} of {} is dropped, too many wait", event.reason(), flow.getMetadata().getName());
        }
    }

    private void write(RistFlow flow, FlowEvent event, Instant at) {
        String uid = String.valueOf(flow.getMetadata().getUid());
        if (!allowed(uid, at)) {
            LOG.debug("event {} of {} is dropped, the flow has too many", event.reason(), flow.getMetadata().getName());
            return;
        }
        Key key = new Key(uid, event);
        try {
            Told known = told.get(key);
            boolean again = known != null && Duration.between(known.last, at).compareTo(AGAIN) < 0;
            if (again && sink.count(flow.getMetadata().getNamespace(), known.name, known.count + 1, text(at))) {
                known.count++;
                known.last = at;
                return;
            }
            Told first = new Told();
            first.name = name(flow, at);
            first.count = 1;
            first.last = at;
            sink.create(event(flow, event, first.name, text(at)));
            told.put(key, first);
        } catch (RuntimeException e) {
            LOG.warn("event {} of {}/{} cannot be written: {}", event.reason(), flow.getMetadata().getNamespace(), flow.getMetadata().getName(),
                    e.getMessage());
        }
    }

    private boolean allowed(String uid, Instant at) {
        Bucket bucket = buckets.computeIfAbsent(uid, u -> new Bucket());
        if (bucket.filled != null) bucket.left = Math.min(BURST, bucket.left + (double) Duration.between(bucket.filled, at).toMillis() / REFILL.toMillis());
        bucket.filled = at;
        if (bucket.left < 1) return false;
        bucket.left--;
        return true;
    }

    /** As kubectl's own: the object's name and something that tells it from all others. */
    private String name(RistFlow flow, Instant at) {
        String name = flow.getMetadata().getName();
        return (name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME)) + "." + Long.toHexString(at.toEpochMilli() << 16 | ++sequence & 0xffff);
    }

    private static Event event(RistFlow flow, FlowEvent event, String name, String at) {
        var of = flow.getMetadata();
        String message = event.message().length() <= MAX_MESSAGE ? event.message() : event.message().substring(0, MAX_MESSAGE - 1) + "…";
        return new EventBuilder()
                .withNewMetadata().withName(name).withNamespace(of.getNamespace()).endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(RistFlow.GROUP + "/" + RistFlow.VERSION).withKind(RistFlow.KIND)
                .withNamespace(of.getNamespace()).withName(of.getName()).withUid(of.getUid()).withResourceVersion(of.getResourceVersion())
                .endInvolvedObject()
                .withType(event.warning() ? "Warning" : "Normal").withReason(event.reason()).withMessage(message)
                .withNewSource().withComponent(COMPONENT).endSource()
                .withFirstTimestamp(at).withLastTimestamp(at).withCount(1)
                .build();
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        if (executor instanceof ThreadPoolExecutor writer) writer.shutdown();
    }

    /** The API server. */
    private record Api(KubernetesClient client) implements Sink {
        @Override
        public void create(Event event) {
            client.v1().events().inNamespace(event.getMetadata().getNamespace()).resource(event).create();
        }

        @Override
        public boolean count(String namespace, String name, int count, String lastTimestamp) {
            String patch = "{\"count\":" + count + ",\"lastTimestamp\":\"" + lastTimestamp + "\"}";
            try {
                // By name alone the client would read the Event first, and may not
                Event named = new EventBuilder().withNewMetadata().withName(name).withNamespace(namespace).endMetadata().build();
                client.v1().events().inNamespace(namespace).resource(named).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return false;
                throw e;
            }
        }
    }
}
