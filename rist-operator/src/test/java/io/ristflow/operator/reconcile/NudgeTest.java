package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.pods.PodReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NudgeTest {
    private static final long NOW_MS = 1_000_000;

    private final Map<String, String> annotations = new HashMap<>(Map.of(Annotations.SAFE_TO_EVICT, "false"));

    private Nudge nudge(String document, String secrets, Long reported, Long nudgedMs) {
        Pod pod = new PodBuilder().withNewMetadata().withName("p").withUid("u").withAnnotations(annotations).endMetadata().build();
        PodReport report = reported == null ? null : new PodReport("p", "u", true, null, new PodReport.Document(reported, "InForce", List.of(), ""));
        return Nudge.of(pod, document, secrets, report, 3, true, nudgedMs, null, NOW_MS);
    }

    private void apply(Nudge nudge) {
        annotations.putAll(nudge.annotations());
    }

    @Test
    void aPodThatHasSeenAllIsLeftAlone() {
        apply(nudge("doc", "s1", null, null));
        Nudge again = nudge("doc", "s1", 3L, NOW_MS);
        assertThat(again.annotations()).isEmpty();
        assertThat(again.lookAgainMs()).isEqualTo(Nudge.NEVER);
    }

    @Test
    void aNewDocumentAndANewSecretAreEachWorthANudge() {
        apply(nudge("doc", "s1", null, null));
        String first = annotations.get(Annotations.SEEN);
        apply(nudge("doc 2", "s1", 2L, null));
        String second = annotations.get(Annotations.SEEN);
        apply(nudge("doc 2", "s2", 3L, null));
        assertThat(List.of(first, second, annotations.get(Annotations.SEEN))).doesNotHaveDuplicates();
    }

    @Test
    void aPodThatStillHasTheOldDocumentIsNudgedAgainAfterThreeSeconds() {
        apply(nudge("doc", "s1", 2L, null));
        String first = annotations.get(Annotations.SEEN);
        Nudge early = nudge("doc", "s1", 2L, NOW_MS - 1_000);
        assertThat(early.annotations()).isEmpty();
        assertThat(early.lookAgainMs()).isEqualTo(2_000);

        Nudge second = nudge("doc", "s1", 2L, NOW_MS - 3_000);
        apply(second);
        assertThat(annotations.get(Annotations.SEEN)).isEqualTo(first + ".2");
        assertThat(second.lookAgainMs()).isEqualTo(3_000);
        apply(nudge("doc", "s1", 2L, NOW_MS - 3_000));
        assertThat(annotations.get(Annotations.SEEN)).isEqualTo(first + ".3");
        assertThat(nudge("doc", "s1", 3L, NOW_MS - 3_000).annotations()).as("it has it now").isEmpty();
    }

    @Test
    void aPodThatFailedWithWhatWasThereBeforeIsMadeAnew() {
        ContainerState backsOff = new ContainerStateBuilder().withNewWaiting().withReason("CrashLoopBackOff").endWaiting().build();
        ContainerState runs = new ContainerStateBuilder().withNewRunning().endRunning().build();
        ContainerState begins = new ContainerStateBuilder().withNewWaiting().withReason("ContainerCreating").endWaiting().build();
        apply(nudge("doc", "s1", null, null));
        assertThat(anew("doc 2", backsOff, ended(NOW_MS - 60_000), null)).isTrue();
        assertThat(anew("doc 2", ended(NOW_MS - 60_000), null, null)).isTrue();
        assertThat(anew("doc", backsOff, ended(NOW_MS - 60_000), null)).as("nothing changed").isFalse();
        assertThat(anew("doc 2", runs, ended(NOW_MS - 60_000), null)).as("it is on its way again").isFalse();
        assertThat(anew("doc 2", begins, null, null)).as("it has not begun").isFalse();
        // it was just beginning as the change came, and read what was there before
        assertThat(anew("doc", backsOff, ended(NOW_MS - 11_000), NOW_MS - 10_000)).isTrue();
        assertThat(anew("doc", backsOff, ended(NOW_MS - 7_000), NOW_MS - 10_000)).as("it has read the change").isFalse();
        annotations.remove(Annotations.SEEN);
        assertThat(anew("doc 2", backsOff, ended(NOW_MS - 60_000), null)).as("what it read is not known").isFalse();
    }

    private static ContainerState ended(long startedMs) {
        return new ContainerStateBuilder().withNewTerminated().withExitCode(2).withStartedAt(Instant.ofEpochMilli(startedMs).toString()).endTerminated().build();
    }

    private boolean anew(String document, ContainerState state, ContainerState last, Long changedMs) {
        Pod pod = new PodBuilder().withNewMetadata().withName("p").withUid("u").withAnnotations(annotations).endMetadata()
                .withNewStatus().addNewContainerStatus().withName("media").withState(state).withLastState(last).endContainerStatus().endStatus().build();
        return Nudge.of(pod, document, "s1", null, 3, false, null, changedMs, NOW_MS).anew();
    }

    @Test
    void whileMediaFlowsThePodIsNotToBeMoved() {
        Pod pod = new PodBuilder().withNewMetadata().withName("p").withUid("u").addToAnnotations(Annotations.SAFE_TO_EVICT, "false").endMetadata().build();
        assertThat(Nudge.of(pod, "d", "s", null, 3, true, null, null, NOW_MS).annotations()).doesNotContainKey(Annotations.SAFE_TO_EVICT);
        assertThat(Nudge.of(pod, "d", "s", null, 3, false, null, null, NOW_MS).annotations()).containsEntry(Annotations.SAFE_TO_EVICT, "true");
    }

    @Test
    void theMarkTellsNothingOfWhatIsInIt() {
        assertThat(nudge("passphrase", "s", null, null).annotations().get(Annotations.SEEN)).matches("[0-9a-f]{16}");
    }
}
