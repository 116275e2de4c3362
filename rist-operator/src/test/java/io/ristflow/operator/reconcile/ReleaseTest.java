package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T19:00:00Z");
    private static final ContainerState RUNS = new ContainerStateBuilder().withNewRunning().endRunning().build();
    private static final ContainerState ENDED = new ContainerStateBuilder().withNewTerminated().withExitCode(0).endTerminated().build();
    private static final ContainerState WAITS = new ContainerStateBuilder().withNewWaiting().withReason("ContainerCreating").endWaiting().build();

    /** @param killedAt the kubelet kills it then at the latest; null: nobody deletes it */
    private static Pod pod(String killedAt, String ip, ContainerState state) {
        return new PodBuilder().withNewMetadata().withName("f-0").withDeletionTimestamp(killedAt).withDeletionGracePeriodSeconds(40L).endMetadata()
                .withNewStatus().withPodIP(ip).addNewContainerStatus().withName("media").withState(state).endContainerStatus().endStatus().build();
    }

    @Test
    void aPodThatNobodyDeletesStays() {
        assertThat(Release.inMs(pod(null, "10.0.0.7", RUNS), NOW)).isEqualTo(Release.NEVER);
        assertThat(Release.inMs(pod(null, "10.0.0.7", ENDED), NOW)).as("its container is started again").isEqualTo(Release.NEVER);
    }

    @Test
    void oneThatDrainsHasItsTime() {
        assertThat(Release.inMs(pod("2026-11-23T19:00:40Z", "10.0.0.7", RUNS), NOW)).isEqualTo(70_000);
        assertThat(Release.inMs(pod("2026-11-23T18:59:59Z", "10.0.0.7", RUNS), NOW)).isEqualTo(29_000);
    }

    @Test
    void oneWhoseProcessHasEndedIsLetGoAtOnce() {
        assertThat(Release.inMs(pod("2026-11-23T19:00:40Z", "10.0.0.7", ENDED), NOW)).isZero();
        assertThat(Release.inMs(pod("2026-11-23T19:00:40Z", "10.0.0.7", WAITS), NOW)).as("the kubelet took its remains away").isZero();
    }

    @Test
    void oneThatHasNotBegunIsTheKubeletsForFiveSeconds() {
        assertThat(Release.inMs(pod("2026-11-23T19:00:40Z", null, WAITS), NOW)).isEqualTo(5_000);
        assertThat(Release.inMs(new PodBuilder(pod("2026-11-23T19:00:40Z", null, WAITS)).withStatus(null).build(), NOW)).isEqualTo(5_000);
        assertThat(Release.inMs(pod("2026-11-23T19:00:35Z", null, WAITS), NOW)).isZero();
    }

    @Test
    void oneThatNoKubeletEndsIsLetGoHalfAMinuteAfterItsTime() {
        assertThat(Release.inMs(pod("2026-11-23T18:59:30Z", "10.0.0.7", RUNS), NOW)).isZero();
    }
}
