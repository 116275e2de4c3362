package io.ristflow.service.observe;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.service.media.MediaInput.InputStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One figure from several paths, made the right way once, so that no reader adds up bit rates of duplicated paths or averages the RTT of dead ones (NOALBS issue 230 is such a
 * reader's false alarm).
 */
public final class Aggregates {
    private Aggregates() {}

    /** A path is live while its peer is known and heard. */
    public static boolean live(PathStats path) {
        return path.state() == PathStats.State.CONNECTED;
    }

    public static int livePaths(List<PathView> paths) {
        int live = 0;
        for (PathView path : paths) if (live(path.stats())) live++;
        return live;
    }

    /** Mean RTT of the live paths weighted by what each carries, in seconds; unweighted while none carries anything; empty without a live path. */
    public static OptionalDouble rttSeconds(List<PathView> paths) {
        double weighted = 0;
        double plain = 0;
        long traffic = 0;
        int live = 0;
        for (PathView path : paths) {
            PathStats p = path.stats();
            if (!live(p)) continue;
            live++;
            plain += p.rttNs();
            weighted += (double) p.rttNs() * p.bitrateBps();
            traffic += p.bitrateBps();
        }
        if (live == 0) return OptionalDouble.empty();
        return OptionalDouble.of((traffic > 0 ? weighted / traffic : plain / live) / 1e9);
    }

    /**
     * What an input gives to its flow, bits per second over the last second, each payload counted once however many paths brought it. Of a plain input it is known from the second
     * look at it on.
     *
     * @param interval the flow's last interval, null if there is none
     */
    public static long payloadBitrateBps(InputView input, Sampler.Interval interval) {
        if (input.rist() != null) {
            long bps = 0;
            for (ReceiverStats.Flow f : input.rist().stats().flows()) if (f.alive()) bps += f.payloadBitrateBps();
            return bps;
        }
        if (interval == null || interval.previous() == null || interval.elapsedNs() <= 0) return 0;
        long bytes = mediaBytes(interval.current(), input.name()) - mediaBytes(interval.previous(), input.name());
        return Math.max(0, Math.round(bytes * 8e9 / interval.elapsedNs()));
    }

    /** Of two inputs, which are one or the other or carry the same, what the better active one gives. */
    public static long payloadBitrateBps(FlowSnapshot flow, Sampler.Interval interval) {
        long bps = 0;
        for (InputView input : flow.inputs()) if (input.active()) bps = Math.max(bps, payloadBitrateBps(input, interval));
        return bps;
    }

    /** What an output was given to send, bits per second over the last second; known from the second look at it on. */
    public static long payloadBitrateBps(OutputView output, Sampler.Interval interval) {
        if (interval == null || interval.previous() == null || interval.elapsedNs() <= 0) return 0;
        long bytes = sentBytes(interval.current(), output.name()) - sentBytes(interval.previous(), output.name());
        return Math.max(0, Math.round(bytes * 8e9 / interval.elapsedNs()));
    }

    private static long sentBytes(FlowSnapshot flow, String outputName) {
        for (OutputView output : flow.outputs()) {
            if (output.name().equals(outputName)) return output.rist() != null ? output.rist().stats().pushedBytes() : output.media().bytes();
        }
        return 0;
    }

    private static long mediaBytes(FlowSnapshot flow, String inputName) {
        for (InputView input : flow.inputs()) {
            InputStats media = input.media();
            if (media != null && input.name().equals(inputName)) return media.bytes();
        }
        return 0;
    }
}
