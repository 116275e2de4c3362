package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.pods.PodReport;
import java.util.Map;
import java.util.TreeMap;

/**
 * Annotations that a running pod should have. A change of {@link Annotations#SEEN} makes the kubelet look after the pod, and so refresh the files of its ConfigMap and Secrets at once rather than within
 * a minute. The kubelet may look before the new ConfigMap has come to it; a pod that still has the old document after {@value #AGAIN_MS} ms is nudged again. Pure.
 */
record Nudge(Map<String, String> annotations, long lookAgainMs) {
    static final long AGAIN_MS = 3_000;
    /** {@link #lookAgainMs} where nothing is waited for. */
    static final long NEVER = -1;

    /**
     * @param document what the ConfigMap holds, {@code secrets} the Secrets' versions
     * @param report what the pod says; null: nothing yet
     * @param generation that the pod should come to have
     * @param mediaFlows whether it is not to be moved now
     * @param nudgedMs when it was nudged last, in this process; null: never
     * @return annotations that it has not got; empty: it is as it should be
     */
    static Nudge of(Pod pod, String document, String secrets, PodReport report, long generation, boolean mediaFlows, Long nudgedMs, long nowMs) {
        Map<String, String> has = pod.getMetadata().getAnnotations() == null ? Map.of() : pod.getMetadata().getAnnotations();
        Map<String, String> wanted = new TreeMap<>();
        String safe = String.valueOf(!mediaFlows);
        if (!safe.equals(has.get(Annotations.SAFE_TO_EVICT))) wanted.put(Annotations.SAFE_TO_EVICT, safe);

        String hash = Names.hash(document + secrets).substring(0, 16);
        String seen = has.getOrDefault(Annotations.SEEN, "");
        boolean behind = report != null && report.document() != null && report.document().generation() != null && report.document().generation() < generation;
        long lookAgainMs = NEVER;
        if (!seen.equals(hash) && !seen.startsWith(hash + ".")) {
            wanted.put(Annotations.SEEN, hash);
            lookAgainMs = AGAIN_MS;
        } else if (behind) {
            long sinceMs = nudgedMs == null ? AGAIN_MS : nowMs - nudgedMs;
            if (sinceMs >= AGAIN_MS) wanted.put(Annotations.SEEN, hash + "." + times(seen));
            lookAgainMs = sinceMs >= AGAIN_MS ? AGAIN_MS : AGAIN_MS - sinceMs;
        }
        return new Nudge(wanted, lookAgainMs);
    }

    private static int times(String seen) {
        int dot = seen.indexOf('.');
        return dot < 0 ? 2 : Integer.parseInt(seen.substring(dot + 1)) + 1;
    }
}
