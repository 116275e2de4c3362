package io.ristflow.operator.pods;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * One pod's reports as they come, and the one that is shown. Connection, faults and the like are shown at once; statistics at most once per interval, and only if
 * they moved by more than a step. What is shown is made of several polls, as one is full of chance: a mean of rates, a median of round trips, over three intervals;
 * or over one, if that is far from what is shown, for then it is no chance. Pure: time comes in. Not
 * for several threads.
 */
final class ReportTrail {
    static final int MISSES = 3;
    private static final int MAX_RECENT = 16;
    private static final double FAR_SHARE = 0.10;
    private static final double FAR_RTT_SHARE = 0.30;
    private static final double FAR_RTT_MS = 10;

    private final long statisticsIntervalMs;
    private final int recent;
    private final int windowSize;
    private final Rates rates = new Rates();
    private final ArrayDeque<PodReport> window = new ArrayDeque<>();
    /** Ends that gave media and were idle at the last poll, for the first time. */
    private final Set<String> pausing = new HashSet<>();
    private PodReport shape;
    private PodReport shown;
    private long shownMs;
    private int misses;
    private boolean answered;

    ReportTrail(long pollIntervalMs, long statisticsIntervalMs) {
        this.statisticsIntervalMs = statisticsIntervalMs;
        recent = (int) Math.clamp(statisticsIntervalMs / Math.max(1, pollIntervalMs), 1, MAX_RECENT);
        windowSize = 3 * recent;
    }

    /** Null until the pod has answered, or not answered for long enough. */
    PodReport shown() {
        return shown;
    }

    /** Whether the pod has ever answered. */
    boolean answered() {
        return answered;
    }

    /** @return whether what is shown changed */
    boolean answered(long nowMs, Sample answer) {
        misses = 0;
        answered = true;
        PodReport report = steady(rates.of(nowMs, answer));
        PodReport itsShape = Shape.of(report);
        if (shown == null || !itsShape.equals(shape)) {
            shape = itsShape;
            // Not part of the mean: the rates of a beginning, or of a change, are those of neither before nor after
            window.clear();
            return show(nowMs, report);
        }
        window.add(report);
        if (window.size() > windowSize) window.removeFirst();
        if (nowMs - shownMs < statisticsIntervalMs) return false;
        PodReport mean = mean(report);
        return Shape.moved(shown, mean) && show(nowMs, mean);
    }

    /** The pod did not answer though it should have. @return whether what is shown changed */
    boolean missed(long nowMs, MediaPod pod) {
        if (++misses < MISSES || shown != null && !shown.reachable()) return false;
        shape = null;
        window.clear();
        return show(nowMs, PodReport.unreachable(pod.name(), pod.uid()));
    }

    /** A stream of few packets has seconds without any: an end that gave media is idle only when two polls in a row say so. */
    private PodReport steady(PodReport report) {
        if (report.flow() == null) return report;
        PodReport.Flow f = report.flow();
        PodReport.Flow was = shape == null ? null : shape.flow();
        List<PodReport.End> inputs = steady("input ", f.inputs(), was == null ? List.of() : was.inputs());
        List<PodReport.End> outputs = steady("output ", f.outputs(), was == null ? List.of() : was.outputs());
        return report.withFlow(f.with(f.bitrateBps(), inputs, outputs));
    }

    private List<PodReport.End> steady(String kind, List<PodReport.End> now, List<PodReport.End> was) {
        List<PodReport.End> steady = new ArrayList<>(now.size());
        for (PodReport.End end : now) {
            String before = was.stream().filter(e -> e.name().equals(end.name())).map(PodReport.End::state).findFirst().orElse("");
            boolean gave = before.equals(PodReport.End.RECEIVING) || before.equals(PodReport.End.SENDING);
            boolean pauses = end.state().equals(PodReport.End.IDLE) && gave && pausing.add(kind + end.name());
            if (!pauses) pausing.remove(kind + end.name());
            steady.add(pauses ? end.withState(before) : end);
        }
        return List.copyOf(steady);
    }

    private boolean show(long nowMs, PodReport report) {
        shown = report;
        shownMs = nowMs;
        return true;
    }

    // ---- the mean of reports of one shape: their lists agree, element by element -------------------------------------------------------------

    private PodReport mean(PodReport latest) {
        if (latest.flow() == null) return latest;
        PodReport.Flow f = latest.flow();
        return latest.withFlow(f.with(mean(r -> r.flow().bitrateBps()), ends(f.inputs(), true), ends(f.outputs(), false)));
    }

    private List<PodReport.End> ends(List<PodReport.End> latest, boolean inputs) {
        List<PodReport.End> ends = new ArrayList<>(latest.size());
        for (int i = 0; i < latest.size(); i++) {
            PodReport.End e = latest.get(i);
            int at = i;
            ends.add(e.with(mean(r -> end(r, inputs, at).bitrateBps()), e.lostPercent(), e.rist() == null ? null : rist(e.rist(), inputs, at)));
        }
        return List.copyOf(ends);
    }

    private PodReport.Rist rist(PodReport.Rist latest, boolean inputs, int at) {
        List<PodReport.Path> paths = new ArrayList<>(latest.paths().size());
        for (int i = 0; i < latest.paths().size(); i++) {
            PodReport.Path p = latest.paths().get(i);
            int which = i;
            ToDoubleFunction<PodReport> rttMs = r -> end(r, inputs, at).rist().paths().get(which).rttMs();
            paths.add(p.with(median(rttMs), mean(r -> end(r, inputs, at).rist().paths().get(which).bitrateBps()), p.recoveredPackets()));
        }
        return latest.withPaths(List.copyOf(paths));
    }

    private static PodReport.End end(PodReport report, boolean input, int at) {
        return (input ? report.flow().inputs() : report.flow().outputs()).get(at);
    }

    private long mean(ToLongFunction<PodReport> of) {
        long was = of.applyAsLong(shown);
        double late = late().mapToLong(of).average().orElse(0);
        boolean far = Math.abs(late - was) > FAR_SHARE * was;
        return Math.round(far ? late : window.stream().mapToLong(of).average().orElse(0));
    }

    /** A round trip that has changed shows in every poll; a spike in some. */
    private double median(ToDoubleFunction<PodReport> of) {
        double was = of.applyAsDouble(shown);
        double byMs = Math.max(FAR_RTT_MS, FAR_RTT_SHARE * was);
        boolean longer = late().mapToDouble(of).allMatch(now -> now > was + byMs);
        boolean shorter = late().mapToDouble(of).allMatch(now -> now < was - byMs);
        return median(longer || shorter ? late() : window.stream(), of);
    }

    private Stream<PodReport> late() {
        return window.stream().skip(Math.max(0, window.size() - recent));
    }

    private static double median(Stream<PodReport> reports, ToDoubleFunction<PodReport> of) {
        double[] sorted = reports.mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
