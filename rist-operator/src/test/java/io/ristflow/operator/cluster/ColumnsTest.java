package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code kubectl get ristflows} shows. */
@Tag("cluster")
@OnCluster
class ColumnsTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void theProfileIsThatOfTheFirstEndThatIsRist(Flows flows) {
        String rist = "rist: {profile: %s, paths: [{name: a, %s}]}";
        String udp = "udp: {host: 192.0.2.9, port: 5000}";
        flows.apply(flow("comes-in", rist.formatted("Simple", "listen: {}"), rist.formatted("Advanced", "connect: {host: 192.0.2.9, port: 5000}")));
        flows.apply(flow("goes-out", "testSignal: {}", rist.formatted("Advanced", "connect: {host: 192.0.2.9, port: 5000}")));
        flows.apply(flow("neither", "testSignal: {}", udp));
        for (String each : List.of("comes-in", "goes-out", "neither")) flows.awaitReady(each, SOON);

        List<String> lines = Cluster.run(Path.of("."), List.of("kubectl", "--kubeconfig", Cluster.kubeconfig().toString(), "-n", flows.namespace(), "get", "ristflows")).lines().toList();
        assertThat(lines.getFirst().split(" +")).startsWith("NAME", "PROFILE", "READY", "PEERS", "BITRATE", "RTT", "LOSS", "ENDPOINT", "AGE");
        assertThat(lines).anyMatch(line -> line.matches("comes-in +Simple +True .* rist://\\S+ .*")).anyMatch(line -> line.matches("goes-out +Advanced +True .*")).anyMatch(line -> line.matches("neither +True .*"));
        for (String each : List.of("comes-in", "goes-out", "neither")) flows.delete(each);
    }

    private static String flow(String name, String input, String output) {
        return Documents.spec(name, "inputs: [{name: main, %s}]\noutputs: [{name: out, %s}]\nexposure: {type: NodePort}\nmaintenance: {drainSeconds: 0}\n".formatted(input, output));
    }
}
