package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.status.Conditions.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Whether a pod has its sockets bound for the generation that is wanted, and if none has, why not. */
final class Readiness {
    private Readiness() {}

    /** @param report what a pod said; null if nothing yet; @param before null: no earlier status */
    static Verdict of(Deployment deployment, List<PodState> pods, Function<PodState, PodReport> report, long generation, RistFlowStatus before, Verdict programmed) {
        List<PodState> alive = pods.stream().filter(p -> !p.ending()).sorted(Comparator.comparing(PodState::ready).thenComparing(p -> String.valueOf(p.pod().getMetadata().getCreationTimestamp())).reversed()).toList();
        if (alive.isEmpty()) return none(deployment, pods);
        Verdict best = null;
        for (PodState pod : alive) {
            Verdict verdict = of(pod, report.apply(pod), generation, before, programmed);
            if (verdict.isTrue()) return verdict;
            if (best == null) best = verdict;
        }
        return best;
    }

    private static Verdict none(Deployment deployment, List<PodState> pods) {
        if (!pods.isEmpty()) return Verdict.no(Reasons.DRAINING, "pod " + pods.getFirst().name() + " drains before the next one starts");
        Trouble unborn = PodState.unborn(deployment);
        return unborn != null ? Verdict.no(unborn.reason(), unborn.message()) : Verdict.no(Reasons.POD_PENDING, "the Deployment has no pod yet");
    }

    private static Verdict of(PodState pod, PodReport report, long generation, RistFlowStatus before, Verdict programmed) {
        if (pod.trouble() != null) return Verdict.no(pod.trouble().reason(), pod.trouble().message());
        if (!pod.ready()) return notReady(pod, report, before);
        if (report == null) return unasked(pod, generation, before);
        if (!report.reachable()) return Verdict.unknown(Reasons.POD_UNREACHABLE, unreachable(pod));
        PodReport.Document document = report.document();
        if (document == null || document.generation() == null) return Verdict.no(Reasons.DOCUMENT_UNKNOWN, "pod " + pod.name() + " does not say which document it runs; set media.image to that of this operator's version");
        if (document.refused()) return Verdict.no(Reasons.DOCUMENT_REFUSED, "the service refuses its document: " + document.message());
        if (document.needsRestartFor(generation)) return Verdict.no(Reasons.RESTART_NEEDED, "pod " + pod.name() + " runs on as it was until a new pod takes over, as no running flow can change " + String.join(", ", document.restartNeeded()));
        if (document.generation() < generation)
            return programmed.isTrue()
                    ? Verdict.no(Reasons.UPDATING, "pod " + pod.name() + " runs generation " + document.generation() + ", " + generation + " is on its way to it")
                    : Verdict.no(programmed.reason(), programmed.message());
        return Verdict.yes(Reasons.SOCKETS_BOUND, "pod " + pod.name() + " has bound every socket");
    }

    private static Verdict notReady(PodState pod, PodReport report, RistFlowStatus before) {
        if (report != null && report.flow() != null && "FAILED".equals(report.flow().state())) return Verdict.no(Reasons.FLOW_FAILED, report.flow().failure() == null ? "the flow failed" : report.flow().failure());
        if (pod.pod().getSpec() != null && pod.pod().getSpec().getNodeName() == null) return Verdict.no(Reasons.POD_PENDING, "pod " + pod.name() + " waits for a node");
        boolean was = before != null && Objects.equals(before.pod(), pod.name())
                && Conditions.find(before.conditions(), Conditions.READY).filter(c -> c.status() == ConditionStatus.True || c.reason().equals(Reasons.NOT_READY)).isPresent();
        return was ? Verdict.no(Reasons.NOT_READY, "pod " + pod.name() + " was ready and is not any more; its log says why") : Verdict.no(Reasons.STARTING, "pod " + pod.name() + " starts");
    }

    /** Ready as Kubernetes sees it, and not asked yet: what was known of this pod and generation stays. */
    private static Verdict unasked(PodState pod, long generation, RistFlowStatus before) {
        if (before != null && pod.name().equals(before.pod())) {
            var was = Conditions.find(before.conditions(), Conditions.READY).filter(c -> Objects.equals(c.observedGeneration(), generation) && !c.reason().equals(Reasons.STARTING) && !c.reason().equals(Reasons.NOT_READY));
            if (was.isPresent()) return new Verdict(was.get().status(), was.get().reason(), was.get().message());
        }
        return Verdict.no(Reasons.STARTING, "pod " + pod.name() + " is up and is being asked which document it runs");
    }

    static String unreachable(PodState pod) {
        return "pod " + pod.name() + " is not reached by the operator over its HTTP port; a NetworkPolicy may be in the way, or its node is away";
    }
}
