package io.ristflow.service;

import io.quarkus.runtime.Quarkus;
import io.ristflow.service.demo.BadPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A run that the ahead-of-time cache of an image is learned from (./rist, src-native/images): it asks its own HTTP what Kubernetes and the operator ask a pod, and ends by itself. */
final class Training {
    private static final int ROUNDS = 12;
    private static final long ROUND_MS = 250;
    /** Between flows of src-native/training/service/flow.yaml: a loss has classes of its own. */
    private static final int CALLED_PORT = 18971, LISTENING_PORT = 18972;
    private static final BadPath.Manners MANNERS = new BadPath.Manners(0.02, 1, 1, 1);
    private static final List<String> ASKED = List.of("/q/health/started", "/q/health/ready", "/q/health/live", "/api/v1/flows", "/api/v1/document", "/metrics");

    private Training() {}

    static boolean wanted() {
        return Boolean.getBoolean("ristflow.training");
    }

    /** On a thread of its own, for three seconds, as some classes are loaded only when media flow, or once a second. */
    static void start(int httpPort) {
        Thread.ofPlatform().daemon().name("ristflow-training").start(() -> {
            try (BadPath _ = new BadPath(CALLED_PORT, new InetSocketAddress(InetAddress.getLoopbackAddress(), LISTENING_PORT), 1, MANNERS)) {
                for (int round = 0; round < ROUNDS; round++) {
                    for (String path : ASKED) ask(httpPort, path);
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

    /** By hand: what the JDK's client and its TLS load would lie in the cache of everybody. */
    private static void ask(int port, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            if (!new String(answer, 0, Math.min(answer.length, 15), StandardCharsets.US_ASCII).matches("HTTP/1.1 (200|503).*")) throw new IOException(path + " was not answered");
        }
    }
}
