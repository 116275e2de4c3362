package io.ristflow.service.observe;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import java.util.List;

/** How an input or output is, in one word: from media and from the protocol's own handshake, never from a socket that is merely open. */
public enum EndState {
    /** RIST: no peer is connected. */
    WAITING("Waiting"),
    /** Nothing comes, or there is nothing to send. */
    IDLE("Idle"),
    /** An input's media comes in. */
    RECEIVING("Receiving"),
    /** An output's media goes out. */
    SENDING("Sending"),
    /** A file or pipe has come to its end. */
    ENDED("Ended"),
    FAILED("Failed");

    private final String word;

    EndState(String word) {
        this.word = word;
    }

    /** As REST tells it. */
    public String word() {
        return word;
    }

    /** @param interval the flow's last interval, null if there is none */
    public static EndState of(InputView input, Sampler.Interval interval) {
        if (input.rist() != null) {
            for (ReceiverStats.Flow flow : input.rist().stats().flows()) if (flow.alive() && flow.bitrateBps() > 0) return RECEIVING;
            return Aggregates.livePaths(input.rist().paths()) > 0 ? IDLE : WAITING;
        }
        String state = input.media() == null ? "" : input.media().state();
        if (state.startsWith("failed")) return FAILED;
        if (state.equals("ended")) return ENDED;
        return Aggregates.payloadBitrateBps(input, interval) > 0 ? RECEIVING : IDLE;
    }

    public static EndState of(OutputView output) {
        if (output.rist() != null) {
            // One that sends blindly sends, whoever hears it
            if (carries(output.rist().paths())) return SENDING;
            return Aggregates.livePaths(output.rist().paths()) > 0 ? IDLE : WAITING;
        }
        String state = output.media() == null ? "" : output.media().state();
        if (state.startsWith("failed")) return FAILED;
        return state.equals("sending") ? SENDING : IDLE;
    }

    private static boolean carries(List<PathView> paths) {
        for (PathView path : paths) {
            PathStats stats = path.stats();
            if (stats.bitrateBps() > 0) return true;
        }
        return false;
    }
}
