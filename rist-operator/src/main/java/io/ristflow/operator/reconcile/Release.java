package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStatus;
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

    private Release() {}

    /** @return milliseconds until it may be let go; 0: now; {@link #NEVER}: it is not being deleted */
    static long inMs(Pod pod, Instant now) {
        if (!pod.isMarkedForDeletion()) return NEVER;
        if (ended(pod)) return 0;
        // The API server adds the grace period to the time of the request.
        return Math.max(0, Duration.between(now, Instant.parse(pod.getMetadata().getDeletionTimestamp()).plus(LATE)).toMillis());
    }

    /** Told by the kubelet: the container ran and does not any more. Once it has taken the container's remains away it calls it waiting, as if it had never run. */
    private static boolean ended(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) return false;
        ContainerStatus media = pod.getStatus().getContainerStatuses().stream().filter(c -> Names.CONTAINER.equals(c.getName())).findFirst().orElse(null);
        return media != null && media.getState() != null && media.getState().getRunning() == null;
    }
}
