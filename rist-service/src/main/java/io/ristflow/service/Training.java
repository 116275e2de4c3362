package io.ristflow.service;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A run that the ahead-of-time cache of an image is learned from (src-native/images): it asks its own HTTP what Kubernetes and the operator ask a pod, and ends by itself. */
final class Training {
    private static final int ROUNDS = 20;
    private static final long ROUND_MS = 250;
    private static final List<String> ASKED = List.of("/q/health/started", "/q/health/ready", "/q/health/live", "/api/v1/flows", "/api/v1/document", "/metrics");

    private Training() {}

    static boolean wanted() {
        return Boolean.getBoolean("ristflow.training");
    }

    /** On a thread of its own, for five seconds. */
    static void start(int httpPort) {
        Thread.ofPlatform().daemon().name("ristflow-training").start(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int round = 0; round < ROUNDS; round++) {
                    for (String path : ASKED) client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).build(), HttpResponse.BodyHandlers.discarding());
                    Thread.sleep(ROUND_MS);
                }
            } catch (IOException e) {
                System.err.println("rist: the training's HTTP broke off: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                Quarkus.asyncExit();
            }
        });
    }
}
