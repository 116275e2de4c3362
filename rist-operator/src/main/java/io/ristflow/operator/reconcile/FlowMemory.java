package io.ristflow.operator.reconcile;

import io.ristflow.operator.crd.v1alpha1.RistFlow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is remembered of one flow from one reconciliation to the next, and may be forgotten at any time. One thread at a time: the framework never reconciles one flow twice at once. */
final class FlowMemory {
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 60_000;

    /** When pods were nudged last, by uid. */
    final Map<String, Long> nudgedMs = new HashMap<>();
    /** When what they read last changed, by uid. */
    final Map<String, Long> changedMs = new HashMap<>();
    /** Whether what makes the pod has been seen to be this operator's. */
    private boolean ours;
    /** The other operator that it was last seen to be; null: none. */
    private String rival;
    /** When there last was a pod; null: there has been none since this process began. */
    Instant podSeen;
    /** The Secrets' versions as they were last. */
    Map<String, String> secretVersions = Map.of();
    private String judged;
    private List<String> violations = List.of();
    private int failures;

    /** What is wrong with the spec; judged once for each generation. */
    List<String> violations(RistFlow flow, Supplier<List<String>> judge) {
        String now = flow.getMetadata().getUid() + "/" + flow.getMetadata().getGeneration();
        if (!now.equals(judged)) {
            violations = judge.get();
            judged = now;
        }
        return violations;
    }

    /**
     * Another operator that took the flow over while this one looked after it. This one had better leave it alone: both would put the other's pods back to their own image. Whoever begins takes over
     * once, from one that is gone, or has this place of it.
     *
     * @param operator that last applied what makes the pod; null: nobody
     * @return the other one; null: none
     */
    String rival(String operator, String self) {
        if (operator == null || operator.equals(self)) {
            ours |= operator != null;
            rival = null;
        } else if (ours) {
            rival = operator;
        }
        return rival;
    }

    /** The other operator that {@link #rival} last told; null: none. */
    String rival() {
        return rival;
    }

    /** Whether the last attempt succeeded. */
    boolean well() {
        return failures == 0;
    }

    void succeeded() {
        failures = 0;
    }

    /** @return how long to wait before the next attempt: longer each time */
    long failed() {
        long pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 16));
        failures++;
        return pauseMs;
    }
}
