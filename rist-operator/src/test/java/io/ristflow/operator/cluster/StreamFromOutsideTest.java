package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.cluster.Contribution.Manners;
import io.ristflow.operator.cluster.Contribution.Profile;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.PathStatus;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** librist's sender outside the cluster, a network that loses a tenth in front of it, a minute at 5 Mb/s: every byte comes out of the pod, and the status tells of it. Both streams run at the same time. */
@Tag("cluster")
@OnCluster
class StreamFromOutsideTest {
    private static final double MBPS = 5;
    private static final double LOSS_SHARE = 0.10;
    private static final long DELAY_MS = 15;
    private static final int SECONDS = 60;

    enum Way {
        NODE_PORT(Profile.MAIN, "{profile: Main, paths: [{name: a, listen: {}}], encryption: {secretRef: {name: key, key: passphrase}, aesBits: 256}}", "{type: NodePort}", "secret=correct-horse&aes-type=256"),
        /** Simple has two ports. */
        HOST_PORT(Profile.SIMPLE, "{profile: Simple, paths: [{name: a, listen: {}}]}", "{type: HostPort}", "");

        final Manners manners;
        final String rist;
        final String exposure;

        Way(Profile profile, String rist, String exposure, String parameters) {
            manners = new Manners(profile, parameters, MBPS, DELAY_MS);
            this.rist = rist;
            this.exposure = exposure;
        }

        String flow() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** @param status while media flowed and was lost on the way */
    record Outcome(PathStatus status, RistFlow flow, int sentKbps, int sent, int lost, String missing, StreamCheck.Result check, long lostOnTheWay, String logs) {}

    private static final Map<Way, Future<Outcome>> OUTCOMES = new java.util.EnumMap<>(Way.class);

    @BeforeAll
    static void streamBothWays(Flows flows) {
        flows.secret("key", "passphrase", "correct-horse");
        try (ExecutorService streams = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            OUTCOMES.putAll(Stream.of(Way.values()).collect(Collectors.toMap(way -> way, way -> streams.submit((Callable<Outcome>) () -> stream(flows, way)))));
        }
    }

    private static Outcome stream(Flows flows, Way way) throws Exception {
        try (StreamCheck check = new StreamCheck()) {
            flows.apply(Documents.flow(way.flow(), way.rist, way.exposure, Documents.udp("playout", flows.cluster(), check)));
            Endpoint endpoint = flows.awaitReady(way.flow(), Duration.ofSeconds(20)).getStatus().endpoints().getFirst();
            try (Contribution contribution = new Contribution(endpoint, way.manners)) {
                flows.awaitCondition(way.flow(), Duration.ofSeconds(10), "Receiving", ConditionStatus.True);
                check.awaitNumber(0, 5_000);
                // what a sender sends before its peer is there is nobody's to recover
                int first = check.highest();
                contribution.relay().lose(LOSS_SHARE);
                long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                TimeUnit.SECONDS.sleep(SECONDS / 2);
                RistFlow flow = flows.await(way.flow(), Duration.ofSeconds(SECONDS / 3), "at its full bit rate", it -> {
                    PathStatus path = path(it);
                    return Math.abs(path.bitrateKbps() - contribution.source().kbps()) <= contribution.source().kbps() * 0.05 && path.recoveredPackets() > 0;
                });
                TimeUnit.NANOSECONDS.sleep(untilNs - System.nanoTime());
                contribution.relay().lose(0);
                contribution.source().close();
                int sent = contribution.source().sent();
                check.awaitNumber(sent - 1, 5_000);
                return new Outcome(path(flow), flow, contribution.source().kbps(), sent, check.lost(first, sent), check.missing(first, sent), check.result(), contribution.relay().lost(),
                        flows.story(way.flow()) + contribution.log());
            }
        }
    }

    private static PathStatus path(RistFlow flow) {
        return flow.getStatus().inputs().getFirst().paths().getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void everyByteComesOutAndTheStatusTellsOfIt(Way way) throws InterruptedException, ExecutionException {
        Outcome outcome = OUTCOMES.get(way).get();

        assertThat(outcome.lostOnTheWay()).as("datagrams that the network lost").isGreaterThan(outcome.sent() / 20);
        assertThat(outcome.lost()).as("lost of %d: %s\n%s", outcome.sent(), outcome.missing(), outcome.logs()).isZero();
        assertThat(outcome.check().corrupt()).as("corrupt").isZero();
        assertThat(outcome.check().duplicates()).as("twice").isZero();
        assertThat(outcome.check().outOfOrder()).as("out of order").isZero();

        PathStatus path = outcome.status();
        assertThat(path.state()).isEqualTo("Connected");
        assertThat(path.peer()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+:\\d+");
        assertThat((double) path.bitrateKbps()).isBetween(outcome.sentKbps() * 0.95, outcome.sentKbps() * 1.05);
        assertThat(path.rttMs()).isBetween(2 * (int) DELAY_MS, 4 * (int) DELAY_MS);
        assertThat(path.recoveredPackets()).isPositive();
        assertThat(outcome.flow().getStatus().peers()).isEqualTo(1);
        assertThat((double) outcome.flow().getStatus().bitrateKbps()).isBetween(outcome.sentKbps() * 0.95, outcome.sentKbps() * 1.05);
        assertThat(outcome.flow().getStatus().rttMs()).isEqualTo(path.rttMs());
        assertThat(outcome.flow().getStatus().lostPercent()).isZero();
    }
}
