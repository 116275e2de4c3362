package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.status.Conditions.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Facts into a status. Pure: the same facts give an equal status, and a status that is handed in as the earlier one comes out as it went in. What it claims
 * is what was seen: Ready from sockets that are bound for the very generation that is wanted, PeerConnected from the protocol's handshake, Receiving from
 * media.
 */
public final class StatusAggregator {
    private final FlowFacts facts;
    private final RistFlowStatus before;
    private final SpecView spec;
    private final long generation;
    private final List<PodState> pods;

    private StatusAggregator(FlowFacts facts) {
        this.facts = facts;
        before = facts.flow().getStatus();
        spec = SpecView.of(facts.flow().getSpec());
        generation = facts.flow().getMetadata().getGeneration() == null ? 0 : facts.flow().getMetadata().getGeneration();
        pods = facts.pods().stream().map(PodState::of).toList();
    }

    public static RistFlowStatus aggregate(FlowFacts facts) {
        return new StatusAggregator(facts).aggregate();
    }

    private RistFlowStatus aggregate() {
        PodState carrier = carrier();
        PodReport report = carrier == null ? null : report(carrier);
        Verdict accepted = accepted();
        Verdict ports = ports();
        Verdict programmed = programmed(accepted, ports);
        Verdict ready = ready(accepted, programmed, carrier);
        Links links = links(carrier, report, ready);

        Conditions conditions = new Conditions(before == null ? null : before.conditions(), generation, facts.now());
        conditions.set(Conditions.ACCEPTED, accepted).set(Conditions.PORTS_ALLOCATED, ports).set(Conditions.PROGRAMMED, programmed)
                .set(Conditions.READY, ready);
        if (links.peerConnected() != null) conditions.set(Conditions.PEER_CONNECTED, links.peerConnected());
        if (links.authenticated() != null) conditions.set(Conditions.AUTHENTICATED, links.authenticated());
        conditions.set(Conditions.RECEIVING, links.receiving()).set(Conditions.DEGRADED, links.degraded());

        EndStatuses ends = links.ends();
        return new RistFlowStatus(
                generation, phase(accepted, programmed, ready, links).name(), conditions.list(), orNull(facts.endpoints()), ends.inputs(), ends.outputs(),
                carrier == null ? null : carrier.name(), orNull(facts.ports()),
                ends.peers(), ends.bitrateKbps(), ends.rttMs(), ends.lostPercent());
    }

    private static <T> List<T> orNull(List<T> list) {
        return list == null || list.isEmpty() ? null : List.copyOf(list);
    }

    // ---- which pod ------------------------------------------------------------------------------------------------------------------------------

    /**
     * The pod that carries the flow. While one takes over from another that is the one with peers, then the one that is ready, then the newest. Null if there
     * is none.
     */
    private PodState carrier() {
        Comparator<PodState> carrying = Comparator.comparing(this::hasPeer).thenComparing(p -> !p.ending()).thenComparing(PodState::ready).thenComparing(PodState.BY_AGE);
        return pods.stream().filter(p -> !p.over()).max(carrying).orElse(pods.stream().filter(p -> !p.ending()).max(PodState.BY_AGE).orElse(null));
    }

    private boolean hasPeer(PodState pod) {
        PodReport report = report(pod);
        if (report == null || report.flow() == null) return false;
        return report.flow().inputs().stream().anyMatch(i -> i.rist() != null && i.rist().paths().stream().anyMatch(PodReport.Path::connected));
    }

    private PodReport report(PodState state) {
        Pod pod = state.pod();
        return facts.reports().stream().filter(r -> Objects.equals(r.uid(), pod.getMetadata().getUid())).findFirst().orElse(null);
    }

    // ---- what was wanted and made ------------------------------------------------------------------------------------------------------------------

    private Verdict accepted() {
        if (facts.violations().isEmpty()) return Verdict.yes(Reasons.ACCEPTED, "the spec keeps every rule");
        return Verdict.no(Reasons.SPEC_INVALID, String.join("; ", facts.violations()));
    }

    private Verdict ports() {
        Trouble blocking = first(facts.portTroubles(), true);
        if (blocking != null) return Verdict.no(blocking.reason(), all(facts.portTroubles(), true));
        Trouble note = first(facts.portTroubles(), false);
        if (note != null) return Verdict.yes(note.reason(), all(facts.portTroubles(), false));
        if (facts.ports() == null || facts.ports().isEmpty()) return Verdict.yes(Reasons.NOT_NEEDED, "no path needs a port of this cluster");
        return Verdict.yes(Reasons.ALLOCATED, String.join(", ", facts.ports().stream().map(StatusAggregator::port).toList()));
    }

    private static String port(PortClaim p) {
        return p.end() + "/" + p.path() + ": " + (p.externalPort() == null ? p.port() : p.externalPort());
    }

    private Verdict programmed(Verdict accepted, Verdict ports) {
        if (!accepted.isTrue()) {
            boolean runs = facts.workload() != null;
            return Verdict.no(accepted.reason(), runs ? "the flow runs on as it was before this spec, which is not accepted" : "nothing is made of a spec that is not accepted");
        }
        if (!ports.isTrue() && facts.workload() == null) return Verdict.no(ports.reason(), ports.message());
        if (first(facts.secretTroubles(), true) != null) return Verdict.no(first(facts.secretTroubles(), true).reason(), all(facts.secretTroubles(), true));
        if (first(facts.childTroubles(), true) != null) return Verdict.no(first(facts.childTroubles(), true).reason(), all(facts.childTroubles(), true));
        if (facts.workload() == null) return Verdict.no(Reasons.PENDING, pods.isEmpty() ? "what makes the pod is not there yet" : "pod " + pods.getFirst().name() + " drains before the next one is made");
        Verdict refused = refused();
        return refused != null ? refused : Verdict.yes(Reasons.PROGRAMMED, "everything that the flow is made of stands");
    }

    /** Null unless a pod refuses the document, or cannot take it on as it runs. */
    private Verdict refused() {
        PodReport newest = pods.stream().filter(p -> !p.over() && !p.ending()).max(PodState.BY_AGE).map(this::report).orElse(null);
        PodReport.Document document = newest == null ? null : newest.document();
        if (document != null && document.refused()) return Verdict.no(Reasons.DOCUMENT_REFUSED, "the service refuses its document: " + document.message());
        if (document != null && document.needsRestartFor(generation)) return Verdict.no(Reasons.RESTART_NEEDED,
                "a new pod takes over, as no running flow can change " + String.join(", ", document.restartNeeded()));
        return pods.stream().map(PodState::trouble).filter(t -> t != null && t.reason().equals(Reasons.DOCUMENT_REFUSED)).findFirst()
                .map(t -> Verdict.no(t.reason(), t.message())).orElse(null);
    }

    private Verdict ready(Verdict accepted, Verdict programmed, PodState carrier) {
        if (!accepted.isTrue()) return Verdict.no(accepted.reason(), accepted.message());
        if (facts.workload() == null) return Verdict.no(programmed.reason(), programmed.message());
        return Readiness.of(facts.workload(), pods, this::report, generation, carrier == null ? null : carrier.name(), before, programmed);
    }

    private static Trouble first(List<Trouble> troubles, boolean blocking) {
        return troubles == null ? null : troubles.stream().filter(t -> t.blocking() == blocking).findFirst().orElse(null);
    }

    private static String all(List<Trouble> troubles, boolean blocking) {
        return String.join("; ", troubles.stream().filter(t -> t.blocking() == blocking).map(Trouble::message).toList());
    }

    // ---- what flows ---------------------------------------------------------------------------------------------------------------------------------

    /** {@code peerConnected} and {@code authenticated} are null where the spec has nothing of the kind. */
    private record Links(Verdict peerConnected, Verdict authenticated, Verdict receiving, Verdict degraded, EndStatuses ends) {}

    private Links links(PodState carrier, PodReport report, Verdict ready) {
        boolean peering = !spec.peering().isEmpty();
        boolean srp = !spec.srp().isEmpty();
        if (report != null && !report.reachable()) {
            Verdict away = Verdict.unknown(Reasons.POD_UNREACHABLE, Readiness.unreachable(carrier));
            return new Links(peering ? away : null, srp ? away : null, away, away, EndStatuses.unknown(spec));
        }
        if (report != null && report.flow() != null) {
            LinkVerdicts verdicts = new LinkVerdicts(spec, report.flow());
            Verdict peers = peering ? verdicts.peerConnected(earlier(Conditions.PEER_CONNECTED)) : null;
            return new Links(peers, srp ? verdicts.authenticated(peers) : null, verdicts.receiving(peers), verdicts.degraded(),
                    EndStatuses.of(spec, report.flow(), before));
        }
        // An operator that has just started has not asked yet: what it wrote of this pod is the best that is known
        if (report == null && carrier != null && carrier.ready() && before != null && carrier.name().equals(before.pod())) {
            Links kept = new Links(kept(Conditions.PEER_CONNECTED), kept(Conditions.AUTHENTICATED), kept(Conditions.RECEIVING), kept(Conditions.DEGRADED),
                    EndStatuses.kept(before));
            boolean whole = (kept.peerConnected() != null) == peering && (kept.authenticated() != null) == srp;
            if (whole && kept.receiving() != null && kept.degraded() != null) return kept;
        }
        String why = ready.isTrue() ? "the pod has not said yet" : "the flow does not run; Ready says why";
        Verdict none = Verdict.no(Reasons.NOT_RUNNING, why);
        return new Links(peering ? none : null, srp ? none : null, none, Verdict.unknown(Reasons.NOT_RUNNING, why), EndStatuses.down(spec));
    }

    private FlowCondition earlier(String type) {
        return before == null ? null : Conditions.find(before.conditions(), type).orElse(null);
    }

    private Verdict kept(String type) {
        FlowCondition was = earlier(type);
        return was == null ? null : new Verdict(was.status(), was.reason(), was.message());
    }

    private Phase phase(Verdict accepted, Verdict programmed, Verdict ready, Links links) {
        if (facts.flow().getMetadata().getDeletionTimestamp() != null) return Phase.Draining;
        if (!accepted.isTrue() || programmed.reason().equals(Reasons.DOCUMENT_REFUSED)) return Phase.Refused;
        boolean degraded = links.degraded().isTrue();
        if (links.receiving().isTrue()) return degraded ? Phase.Degraded : Phase.Streaming;
        if (degraded) return Phase.Degraded;
        if (facts.workload() == null && pods.isEmpty()) return Phase.Pending;
        return ready.isTrue() ? Phase.Waiting : Phase.Starting;
    }
}
