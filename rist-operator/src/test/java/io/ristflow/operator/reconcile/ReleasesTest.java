package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private Instant now = Instant.parse("2026-11-23T19:00:00Z");
    private final List<Pod> leaving = new ArrayList<>();
    private final List<String> letGo = new ArrayList<>();
    private boolean apiAway;

    private final Releases releases = new Releases(leaving::stream, pod -> {
        if (apiAway) throw new IllegalStateException("away");
        letGo.add(pod.getMetadata().getUid());
    }, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    private static Pod pod(String uid, boolean ended) {
        var container = new PodBuilder().withNewMetadata().withName("f-0").withUid(uid).withDeletionTimestamp("2026-11-23T19:00:40Z").withDeletionGracePeriodSeconds(40L).endMetadata()
                .withNewStatus().withPodIP("10.0.0.7").addNewContainerStatus().withName("media").withNewState();
        return (ended ? container.withNewTerminated().endTerminated() : container.withNewRunning().endRunning()).endState().endContainerStatus().endStatus().build();
    }

    @Test
    void whatHasEndedIsLetGoOnceAndWhatDrainsIsNot() {
        leaving.addAll(List.of(pod("drains", false), pod("ended", true)));
        for (int i = 0; i < 5; i++) {
            releases.look();
            now = now.plusMillis(200);
        }
        assertThat(letGo).containsExactly("ended");
    }

    @Test
    void whatIsStillThereAfterTwoSecondsIsLetGoAgain() {
        leaving.add(pod("ended", true));
        releases.look();
        now = now.plusSeconds(2);
        releases.look();
        assertThat(letGo).containsExactly("ended", "ended");
    }

    @Test
    void anApiServerThatIsAwayIsAskedAgainLater() {
        leaving.add(pod("ended", true));
        apiAway = true;
        releases.look();
        apiAway = false;
        now = now.plusSeconds(2);
        releases.look();
        assertThat(letGo).containsExactly("ended");
    }
}
