package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.crd.v1alpha1.Profile;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hundred flows at once, their pods held back by a scheduler that stands still: the operator is quick, small, and silent afterwards. */
@Tag("cluster")
@OnCluster
class TwoHundredFlowsTest {
    private static final int FLOWS = 200;
    private static final Duration PROGRAMMED_WITHIN = Duration.ofSeconds(60);
    private static final Duration REST = Duration.ofSeconds(60);
    private static final int OPERATOR_MIB = 256;
    private static final Pattern REQUESTS = Pattern.compile("^apiserver_request_total\\{.*?group=\"([^\"]*)\".*?resource=\"([^\"]*)\".*?subresource=\"([^\"]*)\".*?verb=\"(POST|PUT|PATCH|DELETE|APPLY|DELETECOLLECTION)\".*} (\\S+)$", Pattern.MULTILINE);

    @Test
    void twoHundredFlowsAreProgrammedWithinAMinuteAndThenNothingIsWritten(Flows flows, Cluster cluster, Installation installation) throws Exception {
        cluster.stop("kube-scheduler");
        try {
            long beganNs = System.nanoTime();
            for (int i = 0; i < FLOWS; i++) {
                flows.apply(Documents.flow("flow-%03d".formatted(i), i % 2 == 0 ? "{profile: Main, paths: [{name: a, listen: {}}]}" : "{profile: Simple, paths: [{name: a, listen: {}}]}", "{type: NodePort}",
                        Documents.udp("out", "192.0.2.9", 5000)));
            }
            Awaitility.await("all are Accepted and Programmed").atMost(PROGRAMMED_WITHIN.multipliedBy(2)).pollInterval(500, TimeUnit.MILLISECONDS).until(() -> missing(flows).isEmpty());
            Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
            assertThat(took).as("until all are Accepted and Programmed").isLessThanOrEqualTo(PROGRAMMED_WITHIN);
            assertThat(claimedPorts(flows)).as("ports, each given once: 100 for Main, 200 for Simple").hasSize(FLOWS / 2 + FLOWS).doesNotHaveDuplicates();

            // Kubernetes' own controllers settle first: they tell of Deployments that get no pod
            awaitSilence(cluster);
            Map<String, Long> before = writes(cluster);
            TimeUnit.NANOSECONDS.sleep(REST.toNanos());
            Map<String, Long> after = writes(cluster);
            assertThat(after).as("writes to the API, in number").isEqualTo(before);

            int mib = residentMib(cluster.processOf(installation.pod()));
            System.out.println("### %d flows: Accepted and Programmed after %d ms, the operator has %d MiB".formatted(FLOWS, took.toMillis(), mib));
            assertThat(mib).as("operator's resident memory, MiB").isLessThan(OPERATOR_MIB);
        } finally {
            try {
                flows.deleteAll();
            } finally {
                cluster.start("kube-scheduler");
            }
        }
    }

    private static List<String> missing(Flows flows) {
        Map<String, RistFlow> there = flows.all().stream().collect(Collectors.toMap(flow -> flow.getMetadata().getName(), flow -> flow));
        return IntStream.range(0, FLOWS).mapToObj("flow-%03d"::formatted).filter(name -> !there.containsKey(name) || !isTrue(there.get(name), "Accepted") || !isTrue(there.get(name), "Programmed")).toList();
    }

    private static boolean isTrue(RistFlow flow, String type) {
        return Flows.condition(flow, type).filter(condition -> condition.status() == ConditionStatus.True).isPresent();
    }

    /** Of the node; Simple takes the next one as well. */
    private static List<Integer> claimedPorts(Flows flows) {
        return flows.all().stream().flatMap(flow -> flow.getStatus().ports().stream().map(PortClaim::externalPort)
                .flatMap(port -> isSimple(flow) ? Stream.of(port, port + 1) : Stream.of(port))).toList();
    }

    private static boolean isSimple(RistFlow flow) {
        return flow.getSpec().inputs().getFirst().rist().profile() == Profile.Simple;
    }

    private static void awaitSilence(Cluster cluster) {
        long[] last = {-1};
        Awaitility.await("the API server is written to no more").atMost(60, TimeUnit.SECONDS).pollInterval(5, TimeUnit.SECONDS).until(() -> {
            long now = writes(cluster).values().stream().mapToLong(Long::longValue).sum();
            boolean silent = now == last[0];
            last[0] = now;
            return silent;
        });
    }

    /** Requests that change something, by what they change; leases, which tell that somebody lives, do not count. */
    private static Map<String, Long> writes(Cluster cluster) {
        Map<String, Long> writes = new TreeMap<>();
        Matcher line = REQUESTS.matcher(cluster.client().raw("/metrics"));
        while (line.find()) {
            String what = line.group(4) + " " + line.group(1) + "/" + line.group(2) + (line.group(3).isEmpty() ? "" : "/" + line.group(3));
            if (!line.group(2).equals("leases")) writes.merge(what, (long) Double.parseDouble(line.group(5)), Long::sum);
        }
        if (writes.isEmpty()) throw new AssertionError("the API server's metrics tell of no request");
        return writes;
    }

    private static int residentMib(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1_024).findFirst().orElseThrow();
    }
}
