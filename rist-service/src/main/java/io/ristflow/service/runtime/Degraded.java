package io.ristflow.service.runtime;

import io.ristflow.core.api.PathStats;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Why a flow is not as it should be, in sentences; one list per snapshot. */
final class Degraded {
    /** Faults told in words of one end; the snapshot has them all. */
    private static final int MAX_FAULTS = 8;

    private final List<String> sentences = new ArrayList<>();

    void say(String where, String what) {
        sentences.add(where + ": " + what);
    }

    /** Media's own word for its state. */
    void media(String where, String state) {
        if (state.startsWith("failed")) say(where, state);
    }

    void rist(String where, RistEnd end, List<PathStats> paths, List<FlowSnapshot.FaultView> faults) {
        if (!end.oneWay()) peer(where, end, paths);
        else if (end.listening() && !any(paths, PathStats.State.CONNECTED) && !any(paths, PathStats.State.HANDSHAKE)) say(where, "nothing comes");
        int told = 0;
        for (FlowSnapshot.FaultView fault : faults) {
            if (told++ == MAX_FAULTS) {
                say(where, "and " + (faults.size() - MAX_FAULTS) + " more faults");
                return;
            }
            String ended = fault.active() ? "" : " (until " + fault.until().truncatedTo(ChronoUnit.SECONDS) + ")";
            say(where, fault.fault().reason() + " from " + fault.remote() + ": " + fault.detail() + ended);
        }
    }

    private void peer(String where, RistEnd end, List<PathStats> paths) {
        if (!any(paths, PathStats.State.CONNECTED)) say(where, end.hadPeer() ? "the peer is gone" : "no peer yet");
    }

    private static boolean any(List<PathStats> paths, PathStats.State state) {
        for (PathStats path : paths) if (path.state() == state) return true;
        return false;
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
