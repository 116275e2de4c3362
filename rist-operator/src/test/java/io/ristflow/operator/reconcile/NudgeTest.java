package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.pods.PodReport;
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
        return Nudge.of(pod, document, secrets, report, 3, true, nudgedMs, NOW_MS);
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
    void whileMediaFlowsThePodIsNotToBeMoved() {
        Pod pod = new PodBuilder().withNewMetadata().withName("p").withUid("u").addToAnnotations(Annotations.SAFE_TO_EVICT, "false").endMetadata().build();
        assertThat(Nudge.of(pod, "d", "s", null, 3, true, null, NOW_MS).annotations()).doesNotContainKey(Annotations.SAFE_TO_EVICT);
        assertThat(Nudge.of(pod, "d", "s", null, 3, false, null, NOW_MS).annotations()).containsEntry(Annotations.SAFE_TO_EVICT, "true");
    }

    @Test
    void theMarkTellsNothingOfWhatIsInIt() {
        assertThat(nudge("passphrase", "s", null, null).annotations().get(Annotations.SEEN)).matches("[0-9a-f]{16}");
    }
}
