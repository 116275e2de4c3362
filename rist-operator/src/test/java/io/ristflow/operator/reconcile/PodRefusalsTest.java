package io.ristflow.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodRefusalsTest {
    private static final String QUOTA = "create Pod f-0 in StatefulSet f failed error: pods \"f-0\" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0";

    private static Event event(String reason, String at, String message) {
        return new EventBuilder().withReason(reason).withLastTimestamp(at).withMessage(message).build();
    }

    @Test
    void theLastAttemptsErrorIsTold() {
        assertThat(PodRefusals.of(List.of(event("FailedCreate", "2026-11-23T19:00:05Z", QUOTA), event("FailedCreate", "2026-11-23T19:00:01Z", "create Pod f-0 in StatefulSet f failed error: something else")), null))
                .isEqualTo("pods \"f-0\" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0");
        assertThat(PodRefusals.of(List.of(event("FailedCreate", "2026-11-23T19:00:05Z", "said otherwise")), null)).isEqualTo("said otherwise");
    }

    @Test
    void whatWentWellOrIsOverIsNotTold() {
        assertThat(PodRefusals.of(List.of(), null)).isNull();
        assertThat(PodRefusals.of(List.of(event("SuccessfulCreate", "2026-11-23T19:00:05Z", "create Pod f-0 in StatefulSet f successful")), null)).isNull();
        List<Event> before = List.of(event("FailedCreate", "2026-11-23T19:00:05Z", QUOTA));
        assertThat(PodRefusals.of(before, Instant.parse("2026-11-23T19:01:00Z"))).as("there was a pod since").isNull();
        assertThat(PodRefusals.of(before, Instant.parse("2026-11-23T19:00:00Z"))).isNotNull();
    }
}
