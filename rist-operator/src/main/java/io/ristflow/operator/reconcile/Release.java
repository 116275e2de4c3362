package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.ristflow.operator.naming.Names;
import java.time.Duration;
import java.time.Instant;

/**
 * When a pod that is being deleted need not be waited for any longer. Its process may have ended long before the kubelet takes the pod away (on 1.20 up to a minute), and a kubelet that is gone never
 * does; the next pod of a StatefulSet, and of a Deployment that recreates, waits for that. Pure.
 */
final class Release {
    static final long NEVER = -1;
    /** Beyond the time that the pod was given: a kubelet that lives has killed it by then. */
    static final Duration LATE = Duration.ofSeconds(30);

    /** For the kubelet to do it, where the container has not begun: it may be beginning just now. */
    static final Duration UNBEGUN = Duration.ofSeconds(5);

    private Release() {}

    /** @return milliseconds until it may be let go; 0: now; {@link #NEVER}: it is not being deleted */
    static long inMs(Pod pod, Instant now) {
        if (!pod.isMarkedForDeletion()) return NEVER;
        // The API server adds the grace period to the time of the request.
        Instant killedAt = Instant.parse(pod.getMetadata().getDeletionTimestamp());
        if (runs(pod)) return untilAfter(killedAt.plus(LATE), now);
        // Told by the kubelet. Once it has taken a container's remains away it calls it waiting, as if it had never run; the pod's address shows that it did.
        boolean begun = pod.getStatus() != null && pod.getStatus().getPodIP() != null;
        Long graceSeconds = pod.getMetadata().getDeletionGracePeriodSeconds();
        return begun ? 0 : untilAfter(killedAt.minusSeconds(graceSeconds == null ? 0 : graceSeconds).plus(UNBEGUN), now);
    }

    private static long untilAfter(Instant then, Instant now) {
        return Math.max(0, Duration.between(now, then).toMillis());
    }

    private static boolean runs(Pod pod) {
        return pod.getStatus() != null && pod.getStatus().getContainerStatuses().stream()
                .filter(c -> Names.CONTAINER.equals(c.getName())).anyMatch(c -> c.getState() == null || c.getState().getRunning() != null);
    }
}
