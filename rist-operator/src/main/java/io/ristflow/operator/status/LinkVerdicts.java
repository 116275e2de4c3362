package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.status.Conditions.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pod says of its peers and media, as verdicts: PeerConnected from the protocol's handshake, Authenticated from the login, Receiving from media. */
final class LinkVerdicts {
    /** Between the sentences of Degraded, each of which may have commas and semicolons of its own. */
    static final String SEPARATOR = " | ";
    private static final int MAX_PEERS = 8;

    private final SpecView spec;
    private final PodReport.Flow flow;
    private final List<Faults.Found> faults;

    LinkVerdicts(SpecView spec, PodReport.Flow flow) {
        this.spec = spec;
        this.flow = flow;
        faults = Faults.of(spec, flow);
    }

    /** @param earlier that of the status before; null if there is none */
    Verdict peerConnected(FlowCondition earlier) {
        List<SpecView.End> ends = spec.peering();
        List<String> peers = ends.stream().flatMap(this::connected).toList();
        if (!peers.isEmpty()) return Verdict.yes(Reasons.CONNECTED, some(peers));
        Optional<Faults.Found> fault = faults.stream().filter(f -> ends.contains(f.end())).findFirst();
        if (fault.isPresent()) return Verdict.no(fault.get().reason(), fault.get().message());
        boolean had = earlier != null && (earlier.status() == ConditionStatus.True || Reasons.PEER_GONE.equals(earlier.reason()));
        if (!had) return Verdict.no(Reasons.NO_PEER_YET, String.join("; ", ends.stream().map(SpecView.End::waits).toList()));
        return Verdict.no(Reasons.PEER_GONE, String.join("; ", ends.stream().map(this::gone).toList()));
    }

    private String gone(SpecView.End end) {
        PodReport.Rist rist = rist(end);
        return end.where() + ": the peer is gone" + (rist == null || rist.lastLostWhy() == null ? "" : ": " + FaultTexts.words(rist.lastLostWhy()));
    }

    private Stream<String> connected(SpecView.End end) {
        PodReport.Rist rist = rist(end);
        if (rist == null) return Stream.empty();
        List<String> peers = rist.paths().stream().filter(PodReport.Path::connected)
                .map(p -> end.where(p.leg()) + ": " + p.remote() + (p.user() == null ? "" : ", user " + p.user())).toList();
        // Over a link without a way back there is no handshake; what tells of the peer is its media
        if (peers.isEmpty() && end.oneWay() && receives(end)) return Stream.of(end.where() + ": media arrives one way");
        return peers.stream();
    }

    private boolean receives(SpecView.End end) {
        PodReport.End is = reported(end);
        return is != null && PodReport.End.RECEIVING.equals(is.state());
    }

    /** Only of a spec that has a login. */
    Verdict authenticated(Verdict peerConnected) {
        List<SpecView.End> ends = spec.srp();
        Optional<Faults.Found> refused = faults.stream().filter(f -> ends.contains(f.end()) && f.reason().equals(Faults.AUTH_FAILED)).findFirst();
        if (refused.isPresent()) return Verdict.no(Faults.AUTH_FAILED, refused.get().message());
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (SpecView.End end : ends) {
            PodReport.Rist rist = rist(end);
            if (rist == null) continue;
            for (PodReport.Path path : rist.paths()) {
                if (!path.connected()) continue;
                if (path.user() == null) out.add(end.where(path.leg()) + ": " + path.remote());
                else in.add(end.where(path.leg()) + ": user " + path.user());
            }
        }
        if (!out.isEmpty()) return Verdict.no(Reasons.NOT_LOGGED_IN, some(out) + " has not logged in; give the peer a user name and password");
        if (!in.isEmpty()) return Verdict.yes(Reasons.LOGGED_IN, some(in.stream().distinct().toList()));
        return peerConnected == null || peerConnected.isTrue() ? Verdict.no(Reasons.NO_PEER_YET, "nobody has logged in yet")
                : Verdict.no(peerConnected.reason(), peerConnected.message());
    }

    Verdict receiving(Verdict peerConnected) {
        List<String> from = spec.inputs().stream().filter(end -> {
            PodReport.End is = reported(end);
            return is != null && is.active() && PodReport.End.RECEIVING.equals(is.state());
        }).map(SpecView.End::where).toList();
        if (!from.isEmpty()) return Verdict.yes(Reasons.MEDIA_ARRIVES, String.join(", ", from) + since(from));
        boolean rist = spec.inputs().stream().allMatch(SpecView.End::rist);
        if (rist && peerConnected != null && !peerConnected.isTrue()) return Verdict.no(peerConnected.reason(), peerConnected.message());
        List<String> failed = spec.inputs().stream().map(this::reported).filter(e -> e != null && e.failure() != null)
                .map(e -> "input " + e.name() + ": " + e.failure()).toList();
        if (!failed.isEmpty()) return Verdict.no(Reasons.INPUT_FAILED, String.join("; ", failed));
        return Verdict.no(Reasons.NO_MEDIA,
                String.join("; ", spec.inputs().stream().map(e -> e.where() + (e.rist() ? ": no media comes from the peer" : ": no media comes")).toList()));
    }

    /** Why the one input that gives is that one. */
    private String since(List<String> from) {
        PodReport.Switch last = flow.lastSwitch();
        return last == null || last.why().isEmpty() || from.size() > 1 || !from.getFirst().equals("input " + last.to()) ? ""
                : " (took over: " + last.why() + ")";
    }

    Verdict degraded() {
        List<Trouble> all = new ArrayList<>();
        if ("FAILED".equals(flow.state())) all.add(new Trouble(Reasons.FLOW_FAILED, flow.failure() == null ? "the flow failed" : flow.failure()));
        for (Faults.Found fault : faults) all.add(new Trouble(fault.reason(), fault.message()));
        all.addAll(Shortfalls.of(spec, flow, faults));
        if (all.isEmpty()) return Verdict.no(Reasons.ALL_WELL, "nothing is wrong");
        return Verdict.yes(all.getFirst().reason(), String.join(SEPARATOR, all.stream().limit(MAX_PEERS).map(Trouble::message).toList()));
    }

    private PodReport.Rist rist(SpecView.End end) {
        PodReport.End is = reported(end);
        return is == null ? null : is.rist();
    }

    private PodReport.End reported(SpecView.End end) {
        return reported(flow, end);
    }

    static PodReport.End reported(PodReport.Flow flow, SpecView.End end) {
        return (end.input() ? flow.inputs() : flow.outputs()).stream().filter(e -> Objects.equals(e.name(), end.name())).findFirst().orElse(null);
    }

    private static String some(List<String> all) {
        String text = String.join("; ", all.subList(0, Math.min(MAX_PEERS, all.size())));
        return all.size() <= MAX_PEERS ? text : text + "; and " + (all.size() - MAX_PEERS) + " more";
    }
}
