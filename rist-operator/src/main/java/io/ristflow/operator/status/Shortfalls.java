package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.pods.PodReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a flow lacks though nobody did anything wrong: a path of a bond, one of two inputs, an output whose socket failed. */
final class Shortfalls {
    private Shortfalls() {}

    /** @param faults that are told already: a path that has one is not told again */
    static List<Trouble> of(SpecView spec, PodReport.Flow flow, List<Faults.Found> faults) {
        List<Trouble> all = new ArrayList<>();
        for (SpecView.End end : spec.inputs()) failed(all, end, LinkVerdicts.reported(flow, end), Reasons.INPUT_FAILED);
        for (SpecView.End end : spec.outputs()) failed(all, end, LinkVerdicts.reported(flow, end), Reasons.OUTPUT_FAILED);
        for (SpecView.End end : spec.inputs()) bond(all, end, LinkVerdicts.reported(flow, end), faults);
        for (SpecView.End end : spec.outputs()) bond(all, end, LinkVerdicts.reported(flow, end), faults);
        inputs(all, spec, flow);
        return all;
    }

    private static void failed(List<Trouble> all, SpecView.End end, PodReport.End is, String reason) {
        if (is == null) return;
        if (is.failure() != null) all.add(new Trouble(reason, end.where() + ": " + is.failure()));
        else if (PodReport.End.FAILED.equals(is.state())) all.add(new Trouble(reason, end.where() + ": failed; the pod's log says why"));
        else if (PodReport.End.ENDED.equals(is.state())) all.add(new Trouble(reason, end.where() + ": its source has ended"));
    }

    /** A bond that nobody has joined yet waits; one that has lost a path has lost what it is there for. */
    private static void bond(List<Trouble> all, SpecView.End end, PodReport.End is, List<Faults.Found> faults) {
        if (is == null || is.rist() == null || end.paths().size() < 2) return;
        PodReport.Rist rist = is.rist();
        if (rist.paths().stream().noneMatch(PodReport.Path::connected)) return;
        for (RistPath path : end.paths()) {
            String leg = path.name();
            List<PodReport.Path> there = rist.paths().stream().filter(p -> p.leg().equals(leg) && p.connected()).toList();
            if (there.stream().allMatch(PodReport.Path::silent)) {
                if (faults.stream().anyMatch(f -> f.end().equals(end) && Objects.equals(f.leg(), leg))) continue;
                String silence = path.listen() != null ? ": no peer is heard on it" : ": the peer is not heard on it";
                all.add(new Trouble(Reasons.PATH_DOWN, end.where(leg) + silence + "; the bond runs on without it"));
            } else if (there.stream().allMatch(PodReport.Path::muted)) {
                String limit = path.rttDropMs() == null ? "rttDropMs" : "rttDropMs: " + path.rttDropMs();
                all.add(new Trouble(Reasons.PATH_MUTED, end.where(leg) + ": its round trip is above " + limit + ", so it carries next to nothing until that falls"));
            }
        }
    }

    private static void inputs(List<Trouble> all, SpecView spec, PodReport.Flow flow) {
        if (spec.inputs().size() < 2) return;
        List<SpecView.End> give = spec.inputs().stream().filter(e -> gives(LinkVerdicts.reported(flow, e))).toList();
        if (give.isEmpty()) return;
        String other = give.getFirst().where();
        for (SpecView.End end : spec.inputs())
            if (!give.contains(end)) all.add(new Trouble(Reasons.INPUT_DOWN, end.where() + ": gives no media, so nothing stands in for " + other));
    }

    private static boolean gives(PodReport.End is) {
        return is != null && PodReport.End.RECEIVING.equals(is.state());
    }
}
