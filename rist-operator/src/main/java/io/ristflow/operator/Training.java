package io.ristflow.operator;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** A run that the ahead-of-time cache of the image is learned from (src-native/images): as far as the operator comes without an API server, asked what Kubernetes asks; it ends by itself. */
final class Training {
    private static final int ROUNDS = 16;
    private static final long ROUND_MS = 250;
    private static final List<String> ASKED = List.of("/q/health/started", "/q/health/ready", "/q/health/live", "/metrics");

    private Training() {}

    static boolean wanted() {
        return Boolean.getBoolean("ristflow.training");
    }

    /** Before Quarkus starts: settings that must be there, a port that is free, an API server that is not there. */
    static void settings() {
        System.setProperty("ristflow.operator.media.image", "training");
        System.setProperty("ristflow.operator.port-pools.default", "31000-31999");
        System.setProperty("quarkus.http.port", "0");
        System.setProperty("quarkus.log.console.json.enabled", "true");
        System.setProperty("kubernetes.master", "http://127.0.0.1:1/");
    }

    /** On a thread of its own, for four seconds. */
    static void start() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        Thread.ofPlatform().daemon().name("ristflow-training").start(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int round = 0; round < ROUNDS; round++) {
                    for (String path : ASKED) client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.discarding());
                    Thread.sleep(ROUND_MS);
                }
            } catch (IOException e) {
                System.err.println("ristflow-operator: the training's HTTP broke off: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                Quarkus.asyncExit();
            }
        });
    }
}
