package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ristflow.core.config.Profile;
import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.cli.Launch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench measures a real pair: two processes, a stream between them, the kernel's books. */
class BenchTest {
    private static final BenchOptions.Row ROW = new BenchOptions.Row(Profile.MAIN, 256, 5);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(Contender contender, BenchOptions options) throws InterruptedException {
        return new Bench(List.of(contender), new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)).run(options);
    }

    private static OurEnds ours() {
        return new OurEnds(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.allocator.maxOrder=9", "-cp", System.getProperty("java.class.path"), EndMain.class.getName()), "test");
    }

    @Test
    void pairIsMeasuredFromEndToEndThenThreeFlowsInAPairAndNothingIsLeftRunning() throws Exception {
        Path json = folder.resolve("result.json"), svg = folder.resolve("result.svg");
        int status = run(ours(), new BenchOptions(List.of(ROW), 1, 1, 2, 0, 0, 300, new BenchOptions.Flows(List.of(3), new BenchOptions.Row(Profile.MAIN, 256, 1), 0, true), null, 0, json, svg));

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("main    AES-256      5  ristflow", "ours only", "This takes about", "The bench itself at 5 Mb/s", "    3  ristflow", "Every row ran, and of ours nothing was lost.");
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        JsonNode ours = result.at("/rows/0/ristflow");
        assertThat(result.at("/machine/cores").asInt()).isPositive();
        assertThat(result.at("/machine/kernel").asText()).startsWith("Linux");
        // 5 Mb/s are 475 datagrams of 1,316 bytes a second
        assertThat(ours.at("/sent").asLong()).isBetween(900L, 1_000L);
        assertThat(ours.at("/lost").asLong()).isZero();
        assertThat(ours.at("/sender/cpuUsPerPacket").asDouble()).isPositive();
        assertThat(ours.at("/receiver/cpuUsPerPacket").asDouble()).isPositive();
        assertThat(ours.at("/sender/peakRssMib").asDouble()).isBetween(20.0, 1_000.0);
        assertThat(ours.at("/latency/p50Ms").asDouble()).as("no less than the recovery buffer").isBetween(295.0, 1_500.0);
        assertThat(ours.at("/spacing/p999Ms").asDouble()).isPositive();
        assertThat(ours.at("/addedLatency/p50Ms").asDouble()).isEqualTo(ours.at("/latency/p50Ms").asDouble() - 300);
        assertThat(ours.at("/sender/rssMib").asDouble()).isBetween(20.0, 1_000.0);
        assertThat(ours.at("/runs").size()).isEqualTo(1);
        JsonNode three = result.at("/flows/0/ristflow");
        assertThat(three.at("/flows").asInt()).isEqualTo(3);
        // 95 datagrams a second and flow
        assertThat(three.at("/sent").asLong()).isBetween(500L, 620L);
        assertThat(three.at("/lost").asLong()).isZero();
        assertThat(three.at("/sender/processes").asInt()).as("both ends in one process").isZero();
        assertThat(three.at("/receiver/processes").asInt()).isEqualTo(1);
        assertThat(Files.readString(svg)).startsWith("<svg ").contains("ristflow, main, AES-256", "ristflow, all flows in one process");
        assertThat(status).isEqualTo(Launch.OK);
        assertThat(ProcessHandle.current().children().filter(p -> p.info().commandLine().orElse("").contains("EndMain"))).isEmpty();
    }

    @Test
    void endThatCannotStartIsALineAndStatusOne() throws Exception {
        List<String> failing = new ArrayList<>(List.of("/bin/sh", "-c", "echo no such thing as RIST; exit 3"));
        assertThat(run(new OurEnds(failing, "test"), new BenchOptions(List.of(ROW), 1, 1, 2, 0, 0, 100, null, null, 0, null, null))).isEqualTo(Launch.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("FAILED: ristflow's receiver ended: no such thing as RIST", "1 measurements failed");
    }
}
