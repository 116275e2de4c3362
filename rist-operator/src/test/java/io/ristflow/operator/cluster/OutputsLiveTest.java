package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.cluster.Contribution.Manners;
import io.ristflow.operator.cluster.Contribution.Profile;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs come and go while media flows, and the others do not notice. */
@Tag("cluster")
@OnCluster
class OutputsLiveTest {
    private static final String RIST = "{profile: Main, paths: [{name: a, listen: {}}]}";
    private static final String EXPOSURE = "{type: NodePort}";
    private static final long ADDED_WITHIN_MS = 5_000;

    @Test
    void anOutputIsAddedAndRemovedAndTheOthersLoseNothing(Flows flows) throws InterruptedException {
        try (StreamCheck stays = new StreamCheck(); StreamCheck comes = new StreamCheck()) {
            String first = Documents.udp("stays", flows.cluster(), stays);
            String second = Documents.udp("comes", flows.cluster(), comes);
            flows.apply(Documents.flow("live", RIST, EXPOSURE, first));
            Endpoint endpoint = flows.awaitReady("live", Duration.ofSeconds(15)).getStatus().endpoints().getFirst();
            String pod = flows.pod("live").getMetadata().getUid();
            try (Contribution contribution = new Contribution(endpoint, Manners.of(Profile.MAIN, ""))) {
                flows.awaitCondition("live", Duration.ofSeconds(10), "Receiving", ConditionStatus.True);
                stays.awaitNumber(0, 5_000);
                int began = stays.highest();

                flows.apply(Documents.flow("live", RIST, EXPOSURE, first, second));
                comes.awaitNumber(0, ADDED_WITHIN_MS);
                flows.await("live", Duration.ofSeconds(10), "telling of two outputs", flow -> flow.getStatus().outputs().size() == 2 && "Sending".equals(flow.getStatus().outputs().getLast().state()));

                flows.apply(Documents.flow("live", RIST, EXPOSURE, first));
                // of this generation: the pod says that the document without the output is in force
                flows.awaitReady("live", Duration.ofSeconds(10));
                int gone = comes.highest();
                assertThat(comes.lost(comes.lowest(), gone)).as("lost on the output that came").isZero();

                contribution.source().close();
                int sent = contribution.source().sent();
                stays.awaitNumber(sent - 1, 5_000);
                assertThat(stays.lost(began, sent)).as("lost on the output that stayed: %s\n%s", stays.missing(began, sent), flows.story("live")).isZero();
                assertThat(comes.highest()).as("number of the last datagram on the output that went").isLessThanOrEqualTo(gone + 1);
            }
            assertThat(flows.pod("live").getMetadata().getUid()).as("the pod").isEqualTo(pod);
            assertThat(flows.restarts("live")).as("restarts").isZero();
        }
    }
}
