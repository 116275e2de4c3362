package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.status.Conditions.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Whether a pod has its sockets bound for the generation that is wanted, and if none has, why not. */
final class Readiness {
    private Readiness() {}

    /**
     * @param report what a pod said; null if nothing yet
     * @param carrier name of the pod that the status is about; only of that one is the earlier status a memory
     * @param before null: no earlier status
     */
    static Verdict of(Workload workload, List<PodState> pods, Function<PodState, PodReport> report, long generation, String carrier,
            RistFlowStatus before, Verdict programmed) {
        List<PodState> alive = pods.stream().filter(p -> !p.ending())
                .sorted(Comparator.comparing(PodState::ready).thenComparing(PodState.BY_AGE).reversed())
                .toList();
        if (alive.isEmpty()) return none(workload, pods);
        Verdict best = null;
        for (PodState pod : alive) {
            boolean known = before != null && pod.name().equals(carrier) && pod.name().equals(before.pod());
            Verdict verdict = of(pod, report.apply(pod), generation, known ? before : null, programmed);
            if (verdict.isTrue()) return verdict;
            if (best == null) best = verdict;
        }
        return best;
    }

    private static Verdict none(Workload workload, List<PodState> pods) {
        if (!pods.isEmpty()) return Verdict.no(Reasons.DRAINING, "pod " + pods.getFirst().name() + " drains before the next one starts");
        return workload.refusal() != null ? Verdict.no(Reasons.POD_REJECTED, "no pod can be made: " + workload.refusal()) : Verdict.no(Reasons.POD_PENDING, "the " + workload.kind() + " has no pod yet");
    }

    /** @param before null unless it is about this pod */
    private static Verdict of(PodState pod, PodReport report, long generation, RistFlowStatus before, Verdict programmed) {
        if (pod.trouble() != null) return Verdict.no(pod.trouble().reason(), pod.trouble().message());
        if (!pod.ready()) return notReady(pod, report, before);
        if (report == null) return unasked(pod, generation, before);
        if (!report.reachable()) return Verdict.unknown(Reasons.POD_UNREACHABLE, unreachable(pod));
        PodReport.Document document = report.document();
        if (document == null || document.generation() == null) {
            String hint = " does not say which document it runs; set media.image to that of this operator's version";
            return Verdict.no(Reasons.DOCUMENT_UNKNOWN, "pod " + pod.name() + hint);
        }
        if (document.refused()) return Verdict.no(Reasons.DOCUMENT_REFUSED, "the service refuses its document: " + document.message());
        if (document.needsRestartFor(generation)) {
            String fields = String.join(", ", document.restartNeeded());
            return Verdict.no(Reasons.RESTART_NEEDED, "pod " + pod.name() + " runs on as it was until a new pod takes over, as no running flow can change " + fields);
        }
        if (document.generation() < generation)
            return programmed.isTrue()
                    ? Verdict.no(Reasons.UPDATING, "pod " + pod.name() + " runs generation " + document.generation() + ", " + generation + " is on its way")
                    : Verdict.no(programmed.reason(), programmed.message());
        return Verdict.yes(Reasons.SOCKETS_BOUND, "pod " + pod.name() + " has bound every socket");
    }

    private static Verdict notReady(PodState pod, PodReport report, RistFlowStatus before) {
        PodReport.Flow flow = report == null ? null : report.flow();
        if (flow != null && "FAILED".equals(flow.state())) return Verdict.no(Reasons.FLOW_FAILED, flow.failure() == null ? "the flow failed" : flow.failure());
        boolean placed = pod.pod().getSpec() == null || pod.pod().getSpec().getNodeName() != null;
        if (!placed) return Verdict.no(Reasons.POD_PENDING, "pod " + pod.name() + " waits for a node");
        boolean was = before != null
                && Conditions.find(before.conditions(), Conditions.READY).filter(c -> c.status() == ConditionStatus.True || c.reason().equals(Reasons.NOT_READY))
                        .isPresent();
        return was ? Verdict.no(Reasons.NOT_READY, "pod " + pod.name() + " was ready and is not any more; its log says why")
                : Verdict.no(Reasons.STARTING, "pod " + pod.name() + " starts");
    }

    /** Ready as Kubernetes sees it, and not asked yet: what was known of this pod and generation stays. */
    private static Verdict unasked(PodState pod, long generation, RistFlowStatus before) {
        if (before != null) {
            var was = Conditions.find(before.conditions(), Conditions.READY)
                    .filter(c -> Objects.equals(c.observedGeneration(), generation) && !Set.of(Reasons.STARTING, Reasons.NOT_READY).contains(c.reason()));
            if (was.isPresent()) return new Verdict(was.get().status(), was.get().reason(), was.get().message());
        }
        return Verdict.no(Reasons.STARTING, "pod " + pod.name() + " is up and is being asked which document it runs");
    }

    static String unreachable(PodState pod) {
        return "pod " + pod.name() + " is not reached by the operator over its HTTP port; a NetworkPolicy may be in the way, or its node is away";
    }
}
