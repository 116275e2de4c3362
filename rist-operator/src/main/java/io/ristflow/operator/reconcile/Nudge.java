package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.pods.PodReport;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Annotations that a running pod should have. A change of {@link Annotations#SEEN} makes the kubelet look after the pod, and so refresh the files of its ConfigMap and Secrets at once rather than within
 * a minute. The kubelet may look before the new ConfigMap has come to it; a pod that still has the old document after {@value #AGAIN_MS} ms is nudged again. Pure.
 *
 * @param annotations that the pod has not got; empty: it is as it should be
 * @param lookAgainMs when to look again; {@link #NEVER}: nothing is waited for
 * @param changed whether what the pod reads changed since it last was nudged
 * @param anew whether the pod had better be made anew: its process ended with what was to be read before, and the kubelet waits before it starts it again, longer each time, up to five minutes
 */
record Nudge(Map<String, String> annotations, long lookAgainMs, boolean changed, boolean anew) {
    static final long AGAIN_MS = 3_000;
    /** The kubelet's, to bring a change to the pod once it was nudged. */
    static final long REFRESH_MS = 2_000;
    /** {@link #lookAgainMs} where nothing is waited for. */
    static final long NEVER = -1;

    /**
     * @param document what the ConfigMap holds, {@code secrets} the Secrets' versions
     * @param report what the pod says; null: nothing yet
     * @param generation that the pod should come to have
     * @param mediaFlows whether it is not to be moved now
     * @param changedMs when what the pod reads last changed, in this process and the pod's life; null: never
     * @param nudgedMs when it was nudged last, in this process; null: never
     */
    static Nudge of(Pod pod, String document, String secrets, PodReport report, long generation, boolean mediaFlows, Long nudgedMs, Long changedMs, long nowMs) {
        Map<String, String> has = pod.getMetadata().getAnnotations() == null ? Map.of() : pod.getMetadata().getAnnotations();
        Map<String, String> wanted = new TreeMap<>();
        String safe = String.valueOf(!mediaFlows);
        if (!safe.equals(has.get(Annotations.SAFE_TO_EVICT))) wanted.put(Annotations.SAFE_TO_EVICT, safe);

        String hash = Names.hash(document + secrets).substring(0, 16);
        String seen = has.getOrDefault(Annotations.SEEN, "");
        boolean behind = report != null && report.document() != null && report.document().generation() != null && report.document().generation() < generation;
        long lookAgainMs = NEVER;
        boolean other = !seen.equals(hash) && !seen.startsWith(hash + ".");
        boolean changed = other && !seen.isEmpty();
        if (other) {
            wanted.put(Annotations.SEEN, hash);
            lookAgainMs = AGAIN_MS;
        } else if (behind) {
            long sinceMs = nudgedMs == null ? AGAIN_MS : nowMs - nudgedMs;
            if (sinceMs >= AGAIN_MS) wanted.put(Annotations.SEEN, hash + "." + times(seen));
            lookAgainMs = sinceMs >= AGAIN_MS ? AGAIN_MS : AGAIN_MS - sinceMs;
        }
        Long since = changed ? Long.valueOf(nowMs) : changedMs;
        return new Nudge(wanted, lookAgainMs, changed, since != null && failedBefore(pod, since + REFRESH_MS));
    }

    /** Whether the process does not run, and its last attempt began before then. */
    private static boolean failedBefore(Pod pod, long thenMs) {
        ContainerStatus media = pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses().stream().filter(c -> Names.CONTAINER.equals(c.getName())).findFirst().orElse(null);
        if (media == null || media.getState() == null || media.getState().getRunning() != null) return false;
        ContainerStateTerminated last = media.getState().getTerminated() != null || media.getLastState() == null ? media.getState().getTerminated() : media.getLastState().getTerminated();
        return last != null && (last.getStartedAt() == null || Instant.parse(last.getStartedAt()).toEpochMilli() <= thenMs);
    }

    private static int times(String seen) {
        int dot = seen.indexOf('.');
        return dot < 0 ? 2 : Integer.parseInt(seen.substring(dot + 1)) + 1;
    }
}
