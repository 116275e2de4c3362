package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediaPodTest {
    private final Pod running = Pods.running("studio-a-1", "uid-1", "10.0.0.7", 31080, 0, true);

    @Test
    void aRunningPodIsAskedAtItsAddressAndHttpPort() {
        MediaPod pod = MediaPod.of(running).orElseThrow();
        assertThat(pod.base()).isEqualTo("http://10.0.0.7:31080");
        assertThat(pod.flow()).isEqualTo("studio-a");
        assertThat(pod.ready()).isTrue();
    }

    @Test
    void anAddressOfVersion6StandsInBrackets() {
        assertThat(MediaPod.of(Pods.running("p", "u", "fd00::7", 8080, 0, true)).orElseThrow().base()).isEqualTo("http://[fd00::7]:8080");
    }

    @Test
    void aContainerThatIsStartedAgainIsAnotherRun() {
        MediaPod again = MediaPod.of(Pods.running("studio-a-1", "uid-1", "10.0.0.7", 31080, 1, true)).orElseThrow();
        assertThat(again.run()).isNotEqualTo(MediaPod.of(running).orElseThrow().run());
    }

    @Test
    void readinessIsNoOtherRun() {
        MediaPod unready = MediaPod.of(Pods.running("studio-a-1", "uid-1", "10.0.0.7", 31080, 0, false)).orElseThrow();
        assertThat(unready.run()).isEqualTo(MediaPod.of(running).orElseThrow().run());
    }

    @Test
    void aContainerThatDoesNotRunIsNotAsked() {
        Pod ended = new PodBuilder(running).editStatus().editFirstContainerStatus().withNewState().withNewTerminated().withExitCode(137).endTerminated()
                .endState().endContainerStatus().endStatus().build();
        assertThat(MediaPod.of(ended)).isEmpty();
    }

    @Test
    void aPodWithoutAddressIsNotAsked() {
        assertThat(MediaPod.of(new PodBuilder(running).editStatus().withPodIP(null).endStatus().build())).isEmpty();
        assertThat(MediaPod.of(new PodBuilder(running).withStatus(null).build())).isEmpty();
    }

    @Test
    void aPodOfNoFlowIsNotAsked() {
        assertThat(MediaPod.of(new PodBuilder(running).editMetadata().withLabels(null).withAnnotations(null).endMetadata().build())).isEmpty();
    }

    @Test
    void theWholeNameOfTheFlowCountsNotTheOneCutForALabel() {
        Pod cut = new PodBuilder(running).editMetadata().withLabels(Map.of("ristflow.io/flow", "long-1234"))
                .withAnnotations(Map.of("ristflow.io/flow", "long.name")).endMetadata().build();
        assertThat(MediaPod.of(cut).orElseThrow().flow()).isEqualTo("long.name");
    }
}
