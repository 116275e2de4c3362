package io.ristflow.service.runtime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ristflow.service.config.WebhookUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Tells an encoder by HTTP what it should send: {@code POST {"flow": …, "output": …, "targetBitrateBps": …}}, and takes any 2xx for an answer. The newest target alone is told, at most one a second;
 * where it cannot be told it is tried again, ever more seldom, until it can or there is a newer one. Failure and recovery are each logged once.
 *
 * <p>On a thread of its own, with the JDK's client: a web server that does not answer must cost the flow's loop nothing, and Vert.x's client would add a dependency and work on the loops.
 */
final class EncoderWebhook implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long SPACING_NS = 1_000_000_000L;
    private static final long MOST_SPACING_NS = 30_000_000_000L;
    private static final long NOTHING = -1;
    private static final Logger LOG = Logger.getLogger("ristflow.webhook");
    private static final JsonMapper JSON = new JsonMapper();

    private final String flow;
    private final String output;
    private final URI url;
    private final Thread thread;
    private volatile long targetBps = NOTHING;
    private volatile boolean closed;
    private volatile FlowSnapshot.WebhookView view = new FlowSnapshot.WebhookView(0, 0, "idle");

    EncoderWebhook(String flow, String output, URI url, ThreadFactory workers) {
        this.flow = flow;
        this.output = output;
        this.url = url;
        thread = workers.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** The encoder should send this from now on. Returns at once; on the flow's loop. */
    void tell(long bps) {
        targetBps = bps;
        LockSupport.unpark(thread);
    }

    FlowSnapshot.WebhookView view() {
        return view;
    }

    @Override
    public void close() {
        closed = true;
        // Also out of a request that hangs
        thread.interrupt();
    }

    private void run() {
        long toldBps = NOTHING;
        long spacingNs = SPACING_NS;
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build()) {
            while (!closed) {
                long bps = targetBps;
                if (bps == toldBps) {
                    LockSupport.park(this);
                    continue;
                }
                String failure = post(client, bps);
                if (closed) break;
                if (failure == null) {
                    toldBps = bps;
                    spacingNs = SPACING_NS;
                } else {
                    spacingNs = Math.min(spacingNs * 2, MOST_SPACING_NS);
                }
                note(failure);
                rest(spacingNs, failure == null ? NOTHING : bps);
            }
            client.shutdownNow();
        }
    }

    /** @param failedBps a newer target than this one that could not be told ends the rest early, though not in less than a second */
    private void rest(long ns, long failedBps) {
        long beganNs = System.nanoTime();
        for (long restedNs = 0; restedNs < ns && !closed; restedNs = System.nanoTime() - beganNs) {
            if (failedBps != NOTHING && targetBps != failedBps && restedNs >= SPACING_NS) return;
            LockSupport.parkNanos(this, Math.min(ns - restedNs, SPACING_NS));
        }
    }

    /** @return why it could not be told, or null */
    private String post(HttpClient client, long bps) {
        String body = JSON.createObjectNode().put("flow", flow).put("output", output).put("targetBitrateBps", bps).toString();
        HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? null : "it answered with status " + status;
        } catch (ConnectException e) {
            return e.getCause() instanceof UnresolvedAddressException ? "its host has no address" : "nobody answers there";
        } catch (HttpTimeoutException e) {
            return "no answer within " + TIMEOUT.toSeconds() + " s";
        } catch (IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("");
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private void note(String failure) {
        FlowSnapshot.WebhookView before = view;
        boolean failed = before.state().startsWith("failed");
        view = new FlowSnapshot.WebhookView(before.posts() + 1, before.failures() + (failure == null ? 0 : 1), failure == null ? "told" : "failed: " + failure);
        if (failure != null && !failed) LOG.warnf("%s/%s: the webhook at %s failed: %s; tried again until it can be told", flow, output, WebhookUrl.place(url), failure);
        if (failure == null && failed) LOG.infof("%s/%s: the webhook at %s answers again", flow, output, WebhookUrl.place(url));
    }
}
