package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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

            Map<String, Long> before = awaitSilence(cluster);
            TimeUnit.NANOSECONDS.sleep(REST.toNanos());
            assertThat(writes(cluster)).as("writes to the API, in number").isEqualTo(before);

            int mib = residentMib(cluster.processOf(installation.pod()));
            System.out.println("### %d flows: Accepted and Programmed after %d ms, the operator has %d MiB".formatted(FLOWS, took.toMillis(), mib));
            assertThat(mib).as("operator's resident memory, MiB").isLessThan(OPERATOR_MIB);
            assertThat(before).as("the count sees what the operator writes").containsKeys("ristflow.io ristflows/status patch", "configmaps patch", "apps deployments patch");
        } finally {
            try {
                flows.deleteNamespace();
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

    /** The last pods have come, and what is told of them is written. */
    private static Map<String, Long> awaitSilence(Cluster cluster) {
        AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
        Awaitility.await("the operator writes no more").atMost(60, TimeUnit.SECONDS).pollInterval(5, TimeUnit.SECONDS).until(() -> {
            Map<String, Long> now = writes(cluster);
            return now.equals(last.getAndSet(now));
        });
        return last.get();
    }

    /**
     * What the operator may have written, in number. The API server does not tell who asked: counted is every request that the operator has a right to, those that changed nothing included, and that is not
     * Kubernetes' own trade as well. That is Events alone (of pods that wait, of a kubelet without DNS); of those, its own are looked at. Its lease, which tells that it lives, does not count.
     */
    private static Map<String, Long> writes(Cluster cluster) throws IOException {
        Set<String> rights = rightsToWrite();
        Map<String, Long> writes = new TreeMap<>();
        int requests = 0;
        Matcher line = REQUESTS.matcher(cluster.client().raw("/metrics"));
        while (line.find()) {
            requests++;
            String resource = (line.group(1) + " " + line.group(2) + (line.group(3).isEmpty() ? "" : "/" + line.group(3))).strip();
            // server-side apply is patch; where nothing was there yet it is create as well, in the words of rights alone
            String call = resource + " " + switch (line.group(4)) {
                case "POST" -> "create";
                case "PUT" -> "update";
                case "PATCH", "APPLY" -> "patch";
                default -> "delete";
            };
            if (rights.contains(call)) writes.merge(call, (long) Double.parseDouble(line.group(5)), Long::sum);
        }
        if (requests == 0) throw new AssertionError("the API server's metrics tell of no request");
        for (Event event : cluster.client().v1().events().inAnyNamespace().withField("source", "ristflow-operator").list().getItems()) {
            writes.put("event " + event.getMetadata().getNamespace() + "/" + event.getMetadata().getName(), event.getCount().longValue());
        }
        return writes;
    }

    /** As {@code ristflow.io ristflows/status patch}, of the list that the chart's roles are held to. */
    private static Set<String> rightsToWrite() throws IOException {
        Set<String> rights = new TreeSet<>();
        for (String line : Files.readAllLines(RightsTest.CALLS)) {
            String[] cells = line.split("\\|");
            if (line.startsWith("#") || List.of("events", "leases").contains(cells[2].strip()) || List.of("get", "list", "watch").contains(cells[3].strip())) continue;
            rights.add((cells[1].strip() + " " + cells[2].strip() + " " + cells[3].strip()).strip());
        }
        return rights;
    }

    private static int residentMib(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1_024).findFirst().orElseThrow();
    }
}
