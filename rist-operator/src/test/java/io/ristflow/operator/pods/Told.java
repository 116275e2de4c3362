package io.ristflow.operator.pods;

import java.util.List;

/** Reports as tests write them: flow studio-a with the RIST input main and the UDP output playout, on pod studio-a-1. */
public final class Told {
    public static final String POD = "studio-a-1";
    public static final String UID = "uid-1";

    private Told() {}

    public static PodReport report(PodReport.Flow flow, long generation) {
        return new PodReport(POD, UID, true, flow, inForce(generation));
    }

    public static PodReport.Document inForce(long generation) {
        return new PodReport.Document(generation, "InForce", List.of(), "");
    }

    public static PodReport unreachable() {
        return PodReport.unreachable(POD, UID);
    }

    public static PodReport.Flow flow(PodReport.End... inputs) {
        return flow(List.of(inputs), List.of(new PodReport.End("playout", inputs[0].state().equals("Receiving") ? "Sending"
                : "Idle", true, inputs[0].bitrateBps(), null, null, null)));
    }

    public static PodReport.Flow flow(List<PodReport.End> inputs, List<PodReport.End> outputs) {
        return new PodReport.Flow("studio-a", "RUNNING", null, inputs.stream().filter(PodReport.End::active).mapToLong(PodReport.End::bitrateBps).sum(),
                inputs, outputs, null);
    }

    public static PodReport.End input(String name, String state, long bitrateBps, PodReport.Rist rist) {
        return new PodReport.End(name, state, true, bitrateBps, rist == null ? null : 0.0, rist, null);
    }

    public static PodReport.End standby(String name, String state, PodReport.Rist rist) {
        return new PodReport.End(name, state, false, 0, rist == null ? null : 0.0, rist, null);
    }

    public static PodReport.Rist listener(PodReport.Path... paths) {
        return new PodReport.Rist(true, List.of(paths), List.of(), null);
    }

    public static PodReport.Rist refusing(PodReport.Fault... faults) {
        return new PodReport.Rist(true, List.of(), List.of(faults), null);
    }

    public static PodReport.Path connected(String leg, String remote) {
        return connected(leg, remote, 24.2, 5_000_000, 1201);
    }

    public static PodReport.Path connected(String leg, String remote, double rttMs, long bitrateBps, long recovered) {
        return new PodReport.Path(leg, remote, "CONNECTED", null, rttMs, bitrateBps, recovered, false, false);
    }

    public static PodReport.Path user(String leg, String remote, String user) {
        return new PodReport.Path(leg, remote, "CONNECTED", user, 24.2, 5_000_000, 0L, false, false);
    }

    /** The main input with one peer that sends. */
    public static PodReport streaming(long bitrateBps) {
        return report(flow(input("main", "Receiving", bitrateBps, listener(connected("fibre", "198.51.100.9:41210", 24.2, bitrateBps, 1201)))), 1);
    }

    /** The main input without a peer. */
    public static PodReport waiting() {
        return report(flow(input("main", "Waiting", 0, listener())), 1);
    }
}
