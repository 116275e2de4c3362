package io.ristflow.operator.pods;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a media pod's HTTP interface, over one connection per pod that is kept. Blocks its caller for at most {@code timeout} per request; what a pod does
 * wrong is an empty answer, never an exception.
 */
public final class PodApi implements AutoCloseable {
    static final int MAX_ANSWER_BYTES = 8 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(PodApi.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final Duration timeout;

    PodApi(Duration timeout) {
        this.timeout = timeout;
        // No proxy, whatever the environment says: pods are next door. HTTP/1.1, as no pod speaks 2 and asking for it costs a round trip.
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER).executor(threads).build();
    }

    public static PodApi create() {
        return new PodApi(TIMEOUT);
    }

    /** Empty if the pod is away or says nothing sensible. */
    Optional<Sample> ask(MediaPod pod) {
        try {
            HttpResponse<byte[]> flows = get(pod.base() + "/api/v1/flows");
            if (flows.statusCode() != 200) return none(pod, "GET /api/v1/flows gave " + flows.statusCode());
            HttpResponse<byte[]> document = get(pod.base() + "/api/v1/document");
            if (document.statusCode() != 200 && document.statusCode() != 404) return none(pod, "GET /api/v1/document gave " + document.statusCode());
            return Optional.of(PodJson.sample(pod, flows.body(), document.statusCode() == 200 ? document.body() : null));
        } catch (IOException | TimeoutException e) {
            return none(pod, e.toString());
        } catch (ExecutionException e) {
            return none(pod, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none(pod, "interrupted");
        } catch (RuntimeException e) {
            // Such as an address that makes no URI, or JSON of another shape
            return none(pod, e.toString());
        }
    }

    private static Optional<Sample> none(MediaPod pod, String why) {
        LOG.debug("pod {}/{} at {}: {}", pod.namespace(), pod.name(), pod.base(), why);
        return Optional.empty();
    }

    /** The request's own timeout ends with the headers; the whole answer has no more time than that. */
    private HttpResponse<byte[]> get(String uri) throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(timeout).header("Accept", "application/json").GET().build();
        var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, body);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
