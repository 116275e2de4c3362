package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.InputStatus;
import io.ristflow.operator.crd.v1alpha1.OutputStatus;
import io.ristflow.operator.crd.v1alpha1.PathStatus;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.pods.PodReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Inputs, outputs and totals as a status shows them: every end and path of the spec in its order, with what the pod says of it. A figure that is within a
 * step of the one shown before stays as it was, so that an operator that was started anew writes nothing where nothing changed.
 *
 * @param peers null: not known, as the figures after it
 */
record EndStatuses(List<InputStatus> inputs, List<OutputStatus> outputs, Integer peers, Integer bitrateKbps, Integer rttMs, Double lostPercent) {
    /** Peers of one path that are named; the others are counted. */
    static final int MAX_PEERS_PER_PATH = 16;

    /** No pod runs: nobody is connected, nothing flows. */
    static EndStatuses down(SpecView spec) {
        return new EndStatuses(
                spec.inputs().stream().map(e -> new InputStatus(e.name(), null, e.rist() ? bare(e) : null)).toList(),
                spec.outputs().stream().map(e -> new OutputStatus(e.name(), null, null, e.rist() ? bare(e) : null)).toList(), 0, 0, null, null);
    }

    /** A pod runs and does not say how things are. */
    static EndStatuses unknown(SpecView spec) {
        EndStatuses down = down(spec);
        return new EndStatuses(down.inputs, down.outputs, null, null, null, null);
    }

    /** As the status before has it. */
    static EndStatuses kept(RistFlowStatus s) {
        return new EndStatuses(s.inputs(), s.outputs(), s.peers(), s.bitrateKbps(), s.rttMs(), s.lostPercent());
    }

    private static List<PathStatus> bare(SpecView.End end) {
        return end.paths().stream().map(p -> new PathStatus(p.name(), null, null, null, null, null, null, null)).toList();
    }

    /** @param before null if there is no earlier status */
    static EndStatuses of(SpecView spec, PodReport.Flow flow, RistFlowStatus before) {
        List<InputStatus> inputs = new ArrayList<>();
        for (SpecView.End end : spec.inputs()) {
            PodReport.End is = LinkVerdicts.reported(flow, end);
            InputStatus was = first(before == null ? null : before.inputs(), i -> Objects.equals(i.name(), end.name()));
            inputs.add(new InputStatus(end.name(), is != null && is.active(), end.rist() ? paths(end, is, was == null ? null : was.paths()) : null));
        }
        List<OutputStatus> outputs = new ArrayList<>();
        for (SpecView.End end : spec.outputs()) {
            PodReport.End is = LinkVerdicts.reported(flow, end);
            OutputStatus was = first(before == null ? null : before.outputs(), o -> Objects.equals(o.name(), end.name()));
            Integer kbps = is == null ? null : Figures.kbps(was == null ? null : was.bitrateKbps(), is.bitrateBps());
            List<PathStatus> paths = end.rist() ? paths(end, is, was == null ? null : was.paths()) : null;
            outputs.add(new OutputStatus(end.name(), is == null ? null : outputState(is), kbps, paths));
        }
        List<PodReport.Path> connected = Stream.concat(flow.inputs().stream(), flow.outputs().stream()).filter(e -> e.rist() != null)
                .flatMap(e -> e.rist().paths().stream()).filter(PodReport.Path::connected).toList();
        Optional<Double> rttMs = connected.stream().map(PodReport.Path::rttMs).max(Double::compare);
        Optional<Double> lost = flow.inputs().stream().filter(PodReport.End::active).map(PodReport.End::lostPercent).filter(Objects::nonNull)
                .max(Double::compare);
        return new EndStatuses(
                List.copyOf(inputs), List.copyOf(outputs), connected.size(),
                Figures.kbps(before == null ? null : before.bitrateKbps(), flow.bitrateBps()),
                rttMs.map(now -> Figures.rttMs(before == null ? null : before.rttMs(), now)).orElse(null),
                lost.map(now -> Figures.lostPercent(before == null ? null : before.lostPercent(), now)).orElse(null));
    }

    private static <T> T first(List<T> list, Predicate<T> which) {
        return list == null ? null : list.stream().filter(which).findFirst().orElse(null);
    }

    /** The schema's words; that nobody has called shows in the paths. */
    private static String outputState(PodReport.End is) {
        return switch (is.state()) {
            case PodReport.End.SENDING, PodReport.End.FAILED -> is.state();
            default -> PodReport.End.IDLE;
        };
    }

    private static List<PathStatus> paths(SpecView.End end, PodReport.End is, List<PathStatus> before) {
        List<PathStatus> paths = new ArrayList<>();
        for (RistPath path : end.paths()) {
            List<PodReport.Path> peers = is == null || is.rist() == null ? List.of()
                    : is.rist().paths().stream().filter(p -> Objects.equals(p.leg(), path.name())).toList();
            String alone = is == null ? null : path.listen() != null ? "Listening" : "Connecting";
            if (peers.isEmpty()) paths.add(new PathStatus(path.name(), null, alone, null, null, null, null, null));
            for (PodReport.Path peer : peers.subList(0, Math.min(MAX_PEERS_PER_PATH, peers.size()))) paths.add(path(path.name(), peer, is, before));
        }
        return List.copyOf(paths);
    }

    private static PathStatus path(String name, PodReport.Path peer, PodReport.End end, List<PathStatus> before) {
        PathStatus was = first(before, p -> Objects.equals(p.name(), name) && Objects.equals(p.peer(), peer.remote()));
        String state = switch (peer.state()) {
            case "CONNECTED" -> "Connected";
            case "SILENT" -> "Silent";
            default -> "Connecting";
        };
        if (!peer.connected()) return new PathStatus(name, peer.remote(), state, null, null, null, null, peer.user());
        return new PathStatus(
                name, peer.remote(), state,
                Figures.rttMs(was == null ? null : was.rttMs(), peer.rttMs()),
                Figures.kbps(was == null ? null : was.bitrateKbps(), peer.bitrateBps()),
                end.lostPercent() == null ? null : Figures.lostPercent(was == null ? null : was.lostPercent(), end.lostPercent()),
                peer.recoveredPackets() == null ? null : Figures.recovered(was == null ? null : was.recoveredPackets(), peer.recoveredPackets()), peer.user());
    }
}
