package io.ristflow.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ristflow.service.demo.BadPath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code ./rist run} lives and ends: signals, pipes, its HTTP side. */
class ProcessTest {
    private static final int PAYLOAD = 7 * 188;

    @TempDir
    Path folder;

    /** Transport packets of random bytes. */
    private static byte[] packets(int payloads) {
        byte[] bytes = new byte[payloads * PAYLOAD];
        new Random(payloads).nextBytes(bytes);
        for (int at = 0; at < bytes.length; at += 188) bytes[at] = 0x47;
        return bytes;
    }

    /** At some 25 Mb/s. */
    private static void pour(byte[] bytes, OutputStream into) throws IOException, InterruptedException {
        int step = 25 * PAYLOAD;
        for (int at = 0; at < bytes.length; at += step) {
            into.write(bytes, at, Math.min(step, bytes.length - at));
            into.flush();
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void signalBringsWhatTheBufferHoldsToTheOutputs(String signal) throws Exception {
        byte[] media = packets(500);
        int port = FreePorts.udpPair();
        Path file = folder.resolve("received.ts");
        try (RistProcess receiver = RistProcess.start("run", "--no-http", "-i", "rist://@127.0.0.1:" + port + "?buffer=3000", "-o", "file:" + file, "-o", "-").awaitRunning();
                RistProcess sender = RistProcess.start("run", "--no-http", "-i", "-", "-o", "rist://127.0.0.1:" + port + "?buffer=3000").awaitRunning()) {
            pour(media, sender.in());
            receiver.awaitErr("media arrives", 10_000);
            Thread.sleep(700);
            assertThat(Files.size(file)).as("the buffer still holds some").isLessThan(media.length);

            // It plays out in its own time, here within 3 s, as outputs of live media would not bear it at once.
            long beganNs = System.nanoTime();
            receiver.signal(signal);
            assertThat(receiver.awaitExit(10_000)).as(receiver.err()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isLessThan(Duration.ofSeconds(4));
            assertThat(Arrays.mismatch(Files.readAllBytes(file), media)).isEqualTo(-1);
            assertThat(Arrays.mismatch(receiver.out(), media)).isEqualTo(-1);

            // The sender's peer has gone, and with it all reason to stay.
            beganNs = System.nanoTime();
            sender.signal(signal);
            assertThat(sender.awaitExit(10_000)).as(sender.err()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void standardOutputHoldsTheMediaAndNothingElse() throws Exception {
        byte[] media = packets(300);
        try (RistProcess rist = RistProcess.start("run", "-i", "-", "-o", "-", "--log-level", "debug", "--stats-json", "1").awaitRunning()) {
            pour(media, rist.in());
            Thread.sleep(1_200);
            rist.in().close();
            assertThat(rist.awaitExit(10_000)).as(rist.err()).isZero();
            assertThat(Arrays.mismatch(rist.out(), media)).isEqualTo(-1);
        }
    }

    @Test
    void pipeThatEndsEndsTheRunWhenItsPeerHasEverything() throws Exception {
        byte[] media = packets(1_000);
        int port = FreePorts.udpPair();
        Path file = folder.resolve("received.ts");
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (RistProcess receiver = RistProcess.start("run", "--no-http", "-i", "rist://@127.0.0.1:" + port, "-o", "file:" + file, "--stats-json", "1").awaitRunning();
                BadPath path = new BadPath(listener, 1, new BadPath.Manners(0.2, 1, 20, 5));
                RistProcess sender = RistProcess.start("run", "--no-http", "-i", "-", "-o", "rist://127.0.0.1:" + path.port(), "--stats-json", "1").awaitRunning()) {
            pour(media, sender.in());
            sender.in().close();
            assertThat(sender.awaitExit(10_000)).as(sender.err()).isZero();
            receiver.signal("TERM");
            assertThat(receiver.awaitExit(10_000)).as(receiver.err()).isZero();
            assertThat(path.counts().forwardLost()).isGreaterThan(100);
            assertThat(Arrays.mismatch(Files.readAllBytes(file), media)).isEqualTo(-1);
            assertThat(statistics(receiver)).anyMatch(line -> line.path("receiver-stats").path("flowinstant").path("stats").path("received").asInt() > 0);
            assertThat(statistics(sender)).anyMatch(line -> line.path("sender-stats").path("peers").path(0).path("stats").path("sent").asInt() > 0);
        }
    }

    /** Each line that begins as JSON is JSON. */
    private static JsonNode parsed(JsonMapper mapper, String line) {
        try {
            return mapper.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    private static List<JsonNode> statistics(RistProcess rist) {
        JsonMapper mapper = JsonMapper.builder().build();
        return rist.err().lines().filter(line -> line.startsWith("{")).map(line -> parsed(mapper, line)).toList();
    }

    @Test
    void healthMetricsAndRestAnswerAndReadinessEndsWithTheDrain() throws Exception {
        int port = FreePorts.udpPair();
        try (RistProcess receiver = RistProcess.start("run", "-i", "rist://@127.0.0.1:" + port + "?buffer=2000", "-o", "null:").awaitRunning();
                RistProcess sender = RistProcess.start("run", "-i", "test:?mbps=2", "-o", "rist://127.0.0.1:" + port + "?buffer=2000", "--name", "studio").awaitRunning()) {
            assertThat(receiver.httpPort()).as("both with the default port").isNotEqualTo(sender.httpPort());
            receiver.awaitErr("media arrives", 10_000);
            for (RistProcess each : List.of(receiver, sender)) {
                for (String probe : List.of("live", "ready", "started")) assertThat(get(each, "/q/health/" + probe)).as(probe).satisfies(r -> assertThat(r.statusCode()).isEqualTo(200)).extracting(HttpResponse::body).asString().contains("UP");
            }
            assertThat(get(sender, "/api/v1/flows").body()).contains("studio");
            assertThat(get(sender, "/api/v1/flows/studio").statusCode()).isEqualTo(200);
            assertThat(get(sender, "/api/v1/flows/nobody").statusCode()).isEqualTo(404);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(get(receiver, "/metrics").body()).contains("rist_client_flow_"));
            assertThat(get(sender, "/metrics").body()).contains("rist_sender_peer_");

            // The sender stays a while for what its peer may ask again: time to be seen draining.
            sender.signal("TERM");
            await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(20)).until(() -> get(sender, "/q/health/ready").statusCode() == 503);
            assertThat(get(sender, "/q/health/live").statusCode()).isEqualTo(200);
            assertThat(sender.awaitExit(4_000)).as(sender.err()).isZero();
        }
    }

    /** What Kubernetes shows of a container that ended: its last lines. */
    @Test
    void whyItDidNotStartIsTheLastLineInPlainWordsWhateverTheFormatOfTheLog() throws Exception {
        Path manifest = Files.writeString(folder.resolve("flow.yaml"), """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: studio}
                spec:
                  inputs: [{name: main, rist: {paths: [{name: p, listen: {port: PORT}}]}}]
                  outputs: [{name: out, udp: {host: 127.0.0.1, port: 9}}]
                """);
        try (RistProcess refused = RistProcess.start("run", "-f", manifest.toString(), "--follow", "--http", "127.0.0.1:0", "--log-format", "json")) {
            assertThat(refused.awaitExit(20_000)).isEqualTo(2);
            assertThat(refused.err()).isEqualTo("rist: " + manifest + ": spec.inputs[0].rist.paths[0].listen.port: PORT is text; a whole number in 1..65535 is expected\n");
        }
        try (DatagramSocket taken = new DatagramSocket(0)) {
            Files.writeString(manifest, Files.readString(manifest).replace("PORT", Integer.toString(taken.getLocalPort())));
            try (RistProcess failed = RistProcess.start("run", "-f", manifest.toString(), "--follow", "--http", "127.0.0.1:0", "--log-format", "json")) {
                assertThat(failed.awaitExit(20_000)).isEqualTo(1);
                assertThat(failed.err().lines().toList().getLast()).startsWith("rist: flow studio: input rist://@:" + taken.getLocalPort() + ": port: ");
            }
        }
    }

    @Test
    void orderlyEndKeepsToTheTimeThatItIsGiven() throws Exception {
        int port = FreePorts.udpPair();
        try (RistProcess receiver = RistProcess.start("run", "--no-http", "--drain-seconds", "1", "-i", "rist://@127.0.0.1:" + port + "?buffer=20000", "-o", "null:").awaitRunning();
                RistProcess sender = RistProcess.start("run", "--no-http", "--drain-seconds", "1", "-i", "test:?mbps=2", "-o", "rist://127.0.0.1:" + port + "?buffer=20000").awaitRunning()) {
            receiver.awaitErr("media arrives", 10_000);
            for (RistProcess each : List.of(sender, receiver)) {
                long beganNs = System.nanoTime();
                each.signal("TERM");
                assertThat(each.awaitExit(10_000)).as(each.err()).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    private static HttpResponse<String> get(RistProcess rist, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rist.httpPort() + path)).timeout(Duration.ofSeconds(5)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("GET " + request.uri() + " failed; the program says:\n" + rist.err(), e);
        }
    }
}
