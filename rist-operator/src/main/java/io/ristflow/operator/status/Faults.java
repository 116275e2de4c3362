package io.ristflow.operator.status;

import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of the pod's faults are the flow's own. A port that the world can reach hears strangers: what they do wrong is no fault of a flow whose peer is
 * connected. It is while the peer is missing, for then the stranger may be the peer.
 */
final class Faults {
    static final String AUTH_FAILED = "AuthFailed";
    private static final String SESSION_TIMEOUT = "SessionTimeout";
    private static final String MALFORMED = "Malformed";
    /** What a person can mend by a setting comes first; what only says that nothing is heard comes last. */
    private static final List<String> ORDER = List.of(
            AUTH_FAILED, "PassphraseMismatch", "AesSizeMismatch", "ProfileMismatch", "ClearTextRefused", "KeyUnexpected", "InsecureIvRefused", "FlowLimit",
            "NoSdes", MALFORMED, "NoAnswer", SESSION_TIMEOUT);

    /** @param leg null if it cannot be told */
    record Found(SpecView.End end, String leg, String reason, String message) {}

    private Faults() {}

    static List<Found> of(SpecView spec, PodReport.Flow flow) {
        List<Found> found = new ArrayList<>();
        Stream.concat(spec.inputs().stream(), spec.outputs().stream()).forEach(end -> {
            PodReport.End is = LinkVerdicts.reported(flow, end);
            if (is == null || is.rist() == null) return;
            List<PodReport.Fault> own = is.rist().faults().stream().filter(f -> counts(end, is.rist(), f)).toList();
            // What a peer was refused for a while ago is of no interest while one is refused for something else
            boolean now = own.stream().anyMatch(f -> !f.over());
            for (PodReport.Fault fault : own) {
                if (now && fault.over()) continue;
                String text = FaultTexts.text(fault, end.input(), end.encryption(fault.leg()));
                Found each = new Found(end, fault.leg(), fault.reason(), end.where(fault.leg()) + ": " + text);
                if (!found.contains(each)) found.add(each);
            }
        });
        found.sort(Comparator.comparingInt(f -> rank(f.reason())));
        return List.copyOf(found);
    }

    private static int rank(String reason) {
        int at = ORDER.indexOf(reason);
        return at < 0 ? ORDER.size() : at;
    }

    private static boolean counts(SpecView.End end, PodReport.Rist rist, PodReport.Fault fault) {
        if (fault.ofConnectedPeer()) return true;
        // That a caller left is no fault of the one who listens: PeerConnected says that it is gone
        if (fault.reason().equals(SESSION_TIMEOUT) && rist.listening()) return false;
        // Many may call an output, so one that is refused is missed even while others are served
        if (!end.input() && rist.listening() && !fault.reason().equals(MALFORMED)) return true;
        return !connected(end, rist, fault.leg());
    }

    private static boolean connected(SpecView.End end, PodReport.Rist rist, String leg) {
        if (leg != null) return connected(rist, leg);
        List<RistPath> legs = end.paths();
        return legs.size() > 1 ? legs.stream().allMatch(p -> connected(rist, p.name())) : rist.paths().stream().anyMatch(PodReport.Path::connected);
    }

    static boolean connected(PodReport.Rist rist, String leg) {
        return rist.paths().stream().anyMatch(p -> p.connected() && p.leg().equals(leg));
    }
}
