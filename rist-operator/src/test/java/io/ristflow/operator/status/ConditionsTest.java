package io.ristflow.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.status.Conditions.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant EARLY = Instant.parse("2026-11-23T16:00:00.123Z");
    private static final Instant LATE = EARLY.plusSeconds(60);

    private static FlowCondition once(List<FlowCondition> earlier, Instant now, long generation, Verdict verdict) {
        return new Conditions(earlier, generation, now).set(Conditions.READY, verdict).list().getFirst();
    }

    @Test
    void aFirstVerdictHasTheTimeInWholeSeconds() {
        FlowCondition ready = once(null, EARLY, 1, Verdict.yes("SocketsBound", "all of them"));
        assertThat(ready).isEqualTo(new FlowCondition("Ready", ConditionStatus.True, 1L, "2026-11-23T16:00:00Z", "SocketsBound", "all of them"));
    }

    @Test
    void anotherReasonMessageOrGenerationIsNoTransition() {
        FlowCondition first = once(null, EARLY, 1, Verdict.no("Starting", "pod a starts"));
        FlowCondition next = once(List.of(first), LATE, 2, Verdict.no("NotReady", "pod a is not ready"));
        assertThat(next).isEqualTo(new FlowCondition("Ready", ConditionStatus.False, 2L, first.lastTransitionTime(), "NotReady", "pod a is not ready"));
    }

    @Test
    void anotherStatusIsATransition() {
        FlowCondition first = once(null, EARLY, 1, Verdict.no("Starting", ""));
        assertThat(once(List.of(first), LATE, 1, Verdict.yes("SocketsBound", "")).lastTransitionTime()).isEqualTo("2026-11-23T16:01:00Z");
        assertThat(once(List.of(first), LATE, 1, Verdict.unknown("PodUnreachable", "")).lastTransitionTime()).isEqualTo("2026-11-23T16:01:00Z");
    }

    @Test
    void aMessageIsOneLineAndNotEndless() {
        assertThat(once(null, EARLY, 1, Verdict.no("X", " first \n second\n")).message()).isEqualTo("first second");
        assertThat(once(null, EARLY, 1, Verdict.no("X", "x".repeat(5000))).message()).hasSize(Conditions.MAX_MESSAGE).endsWith("…");
    }
}
