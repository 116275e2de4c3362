package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.ristflow.operator.naming.Names;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * A pod as Kubernetes shows it, in the words of a status. Messages name what stays the same (the image, the exit status), not what counts on (a back-off, a
 * number of nodes tried), so that waiting writes nothing.
 *
 * @param ending it is being deleted
 * @param over it has ended for good
 * @param ready its readiness probe passes: every socket is bound
 * @param trouble why it does not get ready; null if it is just on its way
 */
record PodState(Pod pod, boolean ending, boolean over, boolean ready, Trouble trouble) {
    /** The oldest first; of one second by name. */
    static final Comparator<PodState> BY_AGE = Comparator.comparing((PodState p) -> String.valueOf(p.pod().getMetadata().getCreationTimestamp())).thenComparing(PodState::name);
    /** With this exit status the service refuses a document; its last words say why. */
    private static final int REFUSED = 2;
    private static final int CRASHES = 3;
    private static final String SPEAKER = "rist: ";
    private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff");
    /** What a container waits for on a good day. */
    private static final Set<String> ON_ITS_WAY = Set.of("ContainerCreating", "PodInitializing");

    static PodState of(Pod pod) {
        boolean ending = pod.getMetadata().getDeletionTimestamp() != null;
        String phase = pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        boolean over = phase.equals("Failed") || phase.equals("Succeeded");
        boolean ready = !over && condition(pod, "Ready").map(c -> "True".equals(c.getStatus())).orElse(false);
        return new PodState(pod, ending, over, ready, ready ? null : trouble(pod, over));
    }

    String name() {
        return pod.getMetadata().getName();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) return Optional.empty();
        return pod.getStatus().getConditions().stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    private static Trouble trouble(Pod pod, boolean over) {
        String name = pod.getMetadata().getName();
        if (over) {
            String reason = pod.getStatus().getReason();
            return new Trouble(constant(reason, Reasons.NOT_READY), "pod " + name + " ended" + (reason == null ? "" : " (" + reason + ")")
                    + text(pod.getStatus().getMessage()));
        }
        Optional<PodCondition> unscheduled = condition(pod, "PodScheduled").filter(c -> "False".equals(c.getStatus()));
        if (unscheduled.isPresent()) {
            PodCondition why = unscheduled.get();
            return new Trouble(constant(why.getReason(), Reasons.UNSCHEDULABLE), "no node takes pod " + name + text(why.getMessage()));
        }
        ContainerStatus status = pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses().stream()
                .filter(c -> Names.CONTAINER.equals(c.getName())).findFirst().orElse(null);
        return status == null ? null : container(pod, status);
    }

    private static Trouble container(Pod pod, ContainerStatus status) {
        ContainerStateWaiting waiting = status.getState() == null ? null : status.getState().getWaiting();
        String why = waiting == null || waiting.getReason() == null ? "" : waiting.getReason();
        if (PULLING.contains(why))
            return new Trouble(Reasons.IMAGE_PULL_BACK_OFF, "image " + status.getImage() + " cannot be pulled; `kubectl describe pod "
                    + pod.getMetadata().getName() + "` says why; see media.image and its pull secrets in the operator's settings");
        ContainerStateTerminated ended = ended(status);
        if (ended != null) return ended(pod, status, ended, why);
        if (why.isEmpty() || ON_ITS_WAY.contains(why)) return null;
        return new Trouble(constant(why, Reasons.NOT_READY), "the container cannot be made" + text(waiting.getMessage()));
    }

    /** How the process last ended, if it is not well since: the container is down, or up anew and not ready. */
    private static ContainerStateTerminated ended(ContainerStatus status) {
        ContainerState now = status.getState();
        if (now != null && now.getTerminated() != null) return now.getTerminated();
        return status.getLastState() == null ? null : status.getLastState().getTerminated();
    }

    private static Trouble ended(Pod pod, ContainerStatus status, ContainerStateTerminated ended, String waiting) {
        int exit = ended.getExitCode() == null ? 0 : ended.getExitCode();
        String words = text(lastWords(ended.getMessage()));
        if (exit == REFUSED) return new Trouble(Reasons.DOCUMENT_REFUSED, "the service refuses its document" + words);
        if ("OOMKilled".equals(ended.getReason()))
            return new Trouble(Reasons.OUT_OF_MEMORY,
                    "the media process used more memory than its limit; raise pod.resources.limits.memory, or make the recovery buffers smaller");
        String how = "the media process ended with exit status " + exit + (exit > 128 && exit < 160 ? " (signal " + (exit - 128) + ")" : "");
        boolean loops = waiting.equals("CrashLoopBackOff") || status.getRestartCount() != null && status.getRestartCount() >= CRASHES;
        if (loops) {
            String log = "; `kubectl logs --previous " + pod.getMetadata().getName() + "` shows its last words";
            return new Trouble(Reasons.CRASH_LOOP_BACK_OFF, how + " again and again" + words + log);
        }
        return new Trouble(Reasons.RESTARTING, how + " and is started again" + words);
    }

    /** The service's own: {@code rist: …}, the last line. Where it had no time for any, Kubernetes hands over the end of its log instead, which says nothing. */
    private static String lastWords(String message) {
        if (message == null) return "";
        String line = message.stripTrailing();
        line = line.substring(line.lastIndexOf('\n') + 1);
        return line.startsWith(SPEAKER) ? line.substring(SPEAKER.length()) : "";
    }

    private static String text(String message) {
        return message == null || message.isBlank() ? "" : ": " + message.strip();
    }

    /** Kubernetes' reason if it can be one here. */
    private static String constant(String reason, String otherwise) {
        return reason != null && reason.matches("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?") ? reason : otherwise;
    }
}
