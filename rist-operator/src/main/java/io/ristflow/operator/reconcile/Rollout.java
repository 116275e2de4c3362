package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.render.PodTemplate;
import io.ristflow.operator.status.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When a new pod is needed, and what is kept so that none is. Pure. */
final class Rollout {
    private static final long FIRST_PAUSE_MS = 10_000;
    private static final long LONGEST_PAUSE_MS = 600_000;

    private Rollout() {}

    /**
     * @param mark for {@link Annotations#RESTART_GENERATION}; null: none
     * @param waitMs how long the next new pod has to wait, as the last one was made for the same and says the same; 0: nothing waits
     * @param fields that it would be made for
     */
    record Restart(String mark, long waitMs, List<String> fields) {}

    /**
     * The flow's generation, once a pod that is not about to be replaced anyway says that only a new pod could take it on; otherwise what the workload has. A generation may need more than one new pod,
     * as a Secret that is read at the start alone changes without one: then a number follows, {@code 7-2}. A pod that was made for this very generation must have lived for a while, longer each time: it
     * may be that no new pod helps.
     *
     * @param live null: there is none yet
     */
    static Restart restart(Workload live, List<Pod> pods, List<PodReport> reports, long generation, Instant now) {
        if (live == null) return new Restart(null, 0, List.of());
        String had = annotation(live.template(), Annotations.RESTART_GENERATION);
        String template = annotation(live.template(), Annotations.TEMPLATE);
        for (PodReport report : reports) {
            PodReport.Document document = report.document();
            if (document == null || !document.needsRestartFor(generation)) continue;
            Pod current = pods.stream().filter(pod -> pod.getMetadata().getUid().equals(report.uid()) && !pod.isMarkedForDeletion() && Objects.equals(annotation(pod), template)).findFirst().orElse(null);
            if (current != null) return again(had, String.valueOf(generation), current, document.restartNeeded(), now);
        }
        return new Restart(had, 0, List.of());
    }

    private static Restart again(String had, String wanted, Pod pod, List<String> fields, Instant now) {
        if (had == null || !(had.equals(wanted) || had.startsWith(wanted + "-"))) return new Restart(wanted, 0, fields);
        int times = had.equals(wanted) ? 1 : Integer.parseInt(had.substring(wanted.length() + 1));
        long pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(times - 1, 16));
        String made = pod.getMetadata().getCreationTimestamp();
        long waitMs = made == null ? 0 : Math.max(0, pauseMs - Duration.between(Instant.parse(made), now).toMillis());
        return waitMs > 0 ? new Restart(had, waitMs, fields) : new Restart(wanted + "-" + (times + 1), 0, fields);
    }

    /**
     * Secrets that the pod mounts. One that is not needed any more stays mounted until there is a new pod for another reason: to take it away would need one.
     *
     * @param wanted names of the Secrets that the spec refers to
     * @param pod the pod with such Secrets
     */
    static Set<String> secrets(Set<String> wanted, Workload live, Function<Set<String>, PodTemplate> pod) {
        if (live == null) return wanted;
        Set<String> mounted = secrets(live.template().getSpec());
        if (!mounted.containsAll(wanted) || mounted.equals(wanted)) return wanted;
        boolean allElseStays = pod.apply(mounted).hash().equals(annotation(live.template(), Annotations.TEMPLATE));
        return allElseStays ? mounted : wanted;
    }

    /** What differs between two pods, in the words of the spec; empty: nothing that a pod is made of. */
    static List<String> changes(PodTemplateSpec live, PodTemplateSpec wanted) {
        List<String> changes = new ArrayList<>();
        if (Objects.equals(annotation(live, Annotations.TEMPLATE), annotation(wanted, Annotations.TEMPLATE))) return changes;
        PodSpec before = live.getSpec();
        PodSpec after = wanted.getSpec();
        Container was = before.getContainers().getFirst();
        Container is = after.getContainers().getFirst();
        tell(changes, "the image", was.getImage(), is.getImage());
        tell(changes, "the Secrets that are mounted", secrets(before), secrets(after));
        tell(changes, "the node's ports", ports(was), ports(is));
        tell(changes, "exposure.type", Boolean.TRUE.equals(before.getHostNetwork()), Boolean.TRUE.equals(after.getHostNetwork()));
        tell(changes, "the networks", annotation(live, Annotations.NETWORKS), annotation(wanted, Annotations.NETWORKS));
        tell(changes, "maintenance.drainSeconds", before.getTerminationGracePeriodSeconds(), after.getTerminationGracePeriodSeconds());
        tell(changes, "pod.resources", was.getResources(), is.getResources());
        tell(changes, "pod.nodeSelector", orEmpty(before.getNodeSelector()), orEmpty(after.getNodeSelector()));
        tell(changes, "pod.priorityClassName", before.getPriorityClassName(), after.getPriorityClassName());
        // What else there is: annotations, tolerations, the JVM's options.
        if (changes.isEmpty()) changes.add("settings of the pod");
        return changes;
    }

    private static void tell(List<String> changes, String what, Object before, Object after) {
        if (!Objects.equals(before, after)) changes.add(what);
    }

    /** The API server leaves out what is empty. */
    private static Map<String, String> orEmpty(Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }

    private static Set<String> secrets(PodSpec pod) {
        return pod.getVolumes().stream().filter(volume -> volume.getSecret() != null).map(volume -> volume.getSecret().getSecretName()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Integer> ports(Container container) {
        return container.getPorts().stream().map(ContainerPort::getHostPort).filter(Objects::nonNull).sorted().toList();
    }

    private static String annotation(PodTemplateSpec template, String name) {
        Map<String, String> annotations = template.getMetadata() == null ? null : template.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    private static String annotation(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Annotations.TEMPLATE);
    }
}
