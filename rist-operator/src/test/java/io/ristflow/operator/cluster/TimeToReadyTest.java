package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.cluster.Contribution.Manners;
import io.ristflow.operator.cluster.Contribution.Profile;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;

/** From {@code kubectl apply} to a flow that peers can call, and to media that comes out of it; the sender calls as soon as the flow is Ready. */
@Tag("cluster")
@OnCluster
class TimeToReadyTest {
    private static final Duration READY = Duration.ofSeconds(10);
    private static final Duration MEDIA = Duration.ofSeconds(12);

    @RepeatedTest(3)
    void aFlowIsReadyAndCarriesMediaSoonAfterItWasApplied(Flows flows, RepetitionInfo repetition) throws InterruptedException {
        String name = "soon-" + repetition.getCurrentRepetition();
        try (StreamCheck check = new StreamCheck()) {
            long beganNs = System.nanoTime();
            flows.apply(Documents.flow(name, "{profile: Main, paths: [{name: a, listen: {}}]}", "{type: NodePort}", Documents.udp("playout", flows.cluster(), check)));
            Endpoint endpoint = flows.awaitReady(name, READY).getStatus().endpoints().getFirst();
            long readyNs = System.nanoTime();
            try (Contribution contribution = new Contribution(endpoint, Manners.of(Profile.MAIN, ""))) {
                check.awaitNumber(0, MEDIA.toMillis());
                long mediaNs = System.nanoTime();
                System.out.println("### Ready after %d ms, media after %d ms".formatted(TimeUnit.NANOSECONDS.toMillis(readyNs - beganNs), TimeUnit.NANOSECONDS.toMillis(mediaNs - beganNs)));
                assertThat(Duration.ofNanos(readyNs - beganNs)).isLessThanOrEqualTo(READY);
                assertThat(Duration.ofNanos(mediaNs - beganNs)).isLessThanOrEqualTo(MEDIA);
            }
        }
    }
}
