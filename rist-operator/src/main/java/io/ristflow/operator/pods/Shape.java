package io.ristflow.operator.pods;

import java.util.List;
import java.util.function.BiPredicate;

/** A report without its statistics: what is shown at once when it changes. And, of two reports of one shape, whether their statistics are a step apart. */
final class Shape {
    private Shape() {}

    static PodReport of(PodReport r) {
        if (r.flow() == null) return r;
        return r.withFlow(r.flow().with(0, ends(r.flow().inputs()), ends(r.flow().outputs())));
    }

    private static List<PodReport.End> ends(List<PodReport.End> ends) {
        return ends.stream().map(e -> e.with(0, null, e.rist() == null ? null : rist(e.rist()))).toList();
    }

    private static PodReport.Rist rist(PodReport.Rist r) {
        return r.withPaths(r.paths().stream().map(p -> p.with(0, 0, null)).toList());
    }

    /** @param shown of the same shape as {@code now} */
    static boolean moved(PodReport shown, PodReport now) {
        if (shown.flow() == null) return false;
        return Steps.bitrate(shown.flow().bitrateBps(), now.flow().bitrateBps())
                || any(shown.flow().inputs(), now.flow().inputs(), Shape::moved)
                || any(shown.flow().outputs(), now.flow().outputs(), Shape::moved);
    }

    private static boolean moved(PodReport.End shown, PodReport.End now) {
        return Steps.bitrate(shown.bitrateBps(), now.bitrateBps()) || Steps.loss(shown.lostPercent(), now.lostPercent())
                || shown.rist() != null && any(shown.rist().paths(), now.rist().paths(), Shape::moved);
    }

    private static boolean moved(PodReport.Path shown, PodReport.Path now) {
        return Steps.bitrate(shown.bitrateBps(), now.bitrateBps()) || Steps.rtt(shown.rttMs(), now.rttMs())
                || Steps.recovered(shown.recoveredPackets(), now.recoveredPackets());
    }

    private static <T> boolean any(List<T> shown, List<T> now, BiPredicate<T, T> moved) {
        for (int i = 0; i < shown.size(); i++) if (moved.test(shown.get(i), now.get(i))) return true;
        return false;
    }
}
