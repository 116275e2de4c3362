package io.ristflow.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.media.StreamChecker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./rist run -f FILE --follow}: the file is edited while the program runs, and REST tells what became of it. */
class FollowTest {
    private static final int PAYLOAD = 7 * 188;

    @TempDir
    Path dir;

    private Path file;

    private static String flow(String name, int generation, String input, String... outputs) {
        return """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: %s, annotations: {ristflow.io/generation: "%d"}}
                spec:
                  inputs: [{name: main, %s}]
                  outputs:
                  - %s
                ---
                """.formatted(name, generation, input, String.join("\n  - ", outputs));
    }

    private static String udp(String name, int port) {
        return "{name: %s, udp: {host: 127.0.0.1, port: %d}}".formatted(name, port);
    }

    /** As the kubelet does. */
    private void write(String yaml) throws IOException {
        Path data = Files.createTempDirectory(dir, "..data");
        Files.writeString(data.resolve("flow.yaml"), yaml);
        Files.createSymbolicLink(dir.resolve("..data_tmp"), data.getFileName());
        Files.move(dir.resolve("..data_tmp"), dir.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        file = dir.resolve("flow.yaml");
        if (!Files.exists(file)) Files.createSymbolicLink(file, Path.of("..data/flow.yaml"));
    }

    @Test
    void editedFileIsInForceWithinThreeSecondsAndTheOutputThatStaysLosesNothing() throws Exception {
        int checked = FreePorts.udpPair();
        String signal = "testSignal: {bitrateKbps: 5000}";
        String steady = "{name: steady, rist: {paths: [{name: p, connect: {host: 127.0.0.1, port: " + checked + "}}]}}";
        try (UdpTap tap = new UdpTap()) {
            write(flow("studio", 1, signal, steady));
            try (RistProcess receiver = RistProcess.start("run", "--no-http", "-i", "rist://@127.0.0.1:" + checked, "-o", "udp://127.0.0.1:" + tap.port()).awaitRunning();
                    RistProcess sender = RistProcess.start("run", "-f", file.toString(), "--follow", "--http", "127.0.0.1:0").awaitRunning()) {
                receiver.awaitErr("media arrives", 10_000);
                assertThat(document(sender).at("/flows/0/generation").asInt()).isEqualTo(1);

                write(flow("studio", 2, signal, steady, udp("monitor", 9)));
                awaitGeneration(sender, 2, "InForce");
                assertThat(flows(sender).at("/0/outputs/1/name").asText()).isEqualTo("monitor");

                write(flow("studio", 3, signal, steady, udp("monitor", 70_000)));
                awaitGeneration(sender, 3, "Refused");
                assertThat(document(sender).at("/flows/0/message").asText()).contains("spec.outputs[1].udp.port: 70000 is not in 1..65535");

                write(flow("studio", 4, "testSignal: {bitrateKbps: 6000}", steady) + flow("second", 1, signal, udp("monitor", 9)));
                awaitGeneration(sender, 4, "RestartNeeded");
                assertThat(document(sender).at("/flows/0/restartNeeded/0").asText()).isEqualTo("inputs[0].testSignal.bitrateKbps");
                assertThat(flows(sender).size()).isEqualTo(2);

                write(flow("studio", 5, signal, steady));
                awaitGeneration(sender, 5, "InForce");
                await().atMost(Duration.ofSeconds(5)).until(() -> flows(sender).size() == 1);
                assertThat(flows(sender).at("/0/outputs").size()).isEqualTo(1);

                sender.signal("TERM");
                assertThat(sender.awaitExit(10_000)).as(sender.err()).isZero();
                receiver.signal("TERM");
                assertThat(receiver.awaitExit(10_000)).as(receiver.err()).isZero();
            }
            CheckerReport report = checked(tap.bytes());
            assertThat(report.clean()).as("%s", report).isTrue();
        }
    }

    private static CheckerReport checked(byte[] stream) {
        StreamChecker checker = new StreamChecker("check:");
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        int number = 0;
        for (int at = 0; at < stream.length; at += PAYLOAD) checker.write(0, number++, System.nanoTime(), bytes.slice(at, Math.min(PAYLOAD, stream.length - at)));
        return checker.report();
    }

    private static void awaitGeneration(RistProcess rist, int generation, String state) {
        await().atMost(Duration.ofSeconds(3)).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            JsonNode flow = document(rist).at("/flows/0");
            assertThat(flow.path("generation").asInt()).isEqualTo(generation);
            assertThat(flow.path("state").asText()).as("%s", flow).isEqualTo(state);
        });
    }

    private static JsonNode document(RistProcess rist) throws IOException, InterruptedException {
        return get(rist, "/api/v1/document");
    }

    private static JsonNode flows(RistProcess rist) throws IOException, InterruptedException {
        return get(rist, "/api/v1/flows");
    }

    private static JsonNode get(RistProcess rist, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rist.httpPort() + path)).timeout(Duration.ofSeconds(5)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JsonMapper.builder().build().readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }
}
