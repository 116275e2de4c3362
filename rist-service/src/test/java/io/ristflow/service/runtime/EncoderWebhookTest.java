package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncoderWebhookTest {
    private static final ThreadFactory WORKERS = Thread.ofPlatform().daemon().factory();

    private record Request(long atMs, String method, String type, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer server;

    private HttpServer serve(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(System.nanoTime() / 1_000_000, exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Content-Type"), body));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private EncoderWebhook hook() {
        EncoderWebhook hook = new EncoderWebhook("studio-a", "far", URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/rate?t=1"), WORKERS);
        hook.start();
        return hook;
    }

    @AfterEach
    void stop() {
        if (server != null) server.stop(0);
    }

    @Test
    void encoderIsToldItsTargetAsJson() throws IOException {
        serve(0);
        try (EncoderWebhook hook = hook()) {
            assertThat(hook.view().state()).isEqualTo("idle");
            hook.tell(4_640_000);
            FlowRig.until("a request", 5, () -> hook.view().state().equals("told"));
            Request request = requests.getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.type()).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo("{\"flow\":\"studio-a\",\"output\":\"far\",\"targetBitrateBps\":4640000}");
            assertThat(hook.view()).isEqualTo(new FlowSnapshot.WebhookView(1, 0, "told"));
        }
    }

    @Test
    void ofManyTargetsTheNewestIsToldAndNoMoreThanOneASecond() throws IOException {
        serve(0);
        try (EncoderWebhook hook = hook()) {
            hook.tell(1_000);
            FlowRig.until("the first", 5, () -> requests.size() == 1);
            for (int i = 2; i <= 50; i++) hook.tell(i * 1_000);
            FlowRig.until("the last", 5, () -> requests.getLast().body().contains("50000"));
            assertThat(requests).hasSize(2);
            assertThat(requests.get(1).atMs() - requests.get(0).atMs()).isGreaterThanOrEqualTo(950);
        }
    }

    @Test
    void theSameTargetIsNotToldTwice() throws Exception {
        serve(0);
        try (EncoderWebhook hook = hook()) {
            for (int i = 0; i < 3; i++) {
                hook.tell(1_000);
                Thread.sleep(500);
            }
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void whatFailedIsToldWhenTheServerIsBack() throws IOException {
        serve(0);
        status = 503;
        try (EncoderWebhook hook = hook()) {
            hook.tell(7_000);
            FlowRig.until("a refusal", 5, () -> hook.view().failures() > 0);
            assertThat(hook.view().state()).isEqualTo("failed: it answered with status 503");
            status = 200;
            FlowRig.until("told", 10, () -> hook.view().state().equals("told"));
            assertThat(requests.getLast().body()).contains("7000");
            assertThat(hook.view().posts() - hook.view().failures()).isEqualTo(1);
        }
    }

    @Test
    void nobodyThereIsAFailureInWords() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        EncoderWebhook hook = new EncoderWebhook("f", "o", URI.create("http://127.0.0.1:" + port + "/?token=geheim"), WORKERS);
        hook.start();
        try (hook) {
            hook.tell(1);
            FlowRig.until("a failure", 5, () -> hook.view().state().startsWith("failed: "));
            assertThat(hook.view().state()).isEqualTo("failed: nobody answers there");
        }
    }

    /** A server that takes the connection and never answers must not hold anybody up, nor keep the process. */
    @Test
    void serverThatHangsHoldsNobodyUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread[] worker = new Thread[1];
            EncoderWebhook hook = new EncoderWebhook("f", "o", URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), task -> worker[0] = WORKERS.newThread(task));
            hook.start();
            hook.tell(1);
            Thread.sleep(300);
            long began = System.nanoTime();
            for (int i = 0; i < 10_000; i++) hook.tell(i);
            hook.close();
            assertThat(System.nanoTime() - began).as("ns for 10,000 tellings").isLessThan(200_000_000L);
            worker[0].join(3_000);
            assertThat(worker[0].isAlive()).isFalse();
        }
    }
}
