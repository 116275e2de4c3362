package io.ristflow.operator.pods;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bit rates from one poll to the next, of what was counted in between. What a pod says of its last second is the rate of that second: a machine under load, or a
 * stream in bursts, makes of every fifth something else. Where there is no count yet, the pod's word stands. Not for several threads.
 */
final class Rates {
    private Map<String, Long> before = Map.of();
    private long beforeMs;

    /** The report with rates since the last call. */
    PodReport of(long nowMs, Sample sample) {
        long elapsedMs = nowMs - beforeMs;
        Map<String, Long> rates = new HashMap<>();
        sample.bytes().forEach((key, bytes) -> {
            Long was = before.get(key);
            if (was != null && elapsedMs > 0 && bytes >= was) rates.put(key, (bytes - was) * 8000 / elapsedMs);
        });
        before = sample.bytes();
        beforeMs = nowMs;
        PodReport report = sample.report();
        if (rates.isEmpty() || report.flow() == null) return report;
        PodReport.Flow f = report.flow();
        List<PodReport.End> inputs = ends(true, f.inputs(), rates);
        List<PodReport.End> active = inputs.stream().filter(PodReport.End::active).toList();
        // Two that are merged carry the same packets: only the pod knows how many they are together
        long total = active.size() == 1 ? active.getFirst().bitrateBps() : f.bitrateBps();
        return report.withFlow(f.with(total, inputs, ends(false, f.outputs(), rates)));
    }

    private static List<PodReport.End> ends(boolean input, List<PodReport.End> ends, Map<String, Long> rates) {
        List<PodReport.End> rated = new ArrayList<>(ends.size());
        for (PodReport.End e : ends) {
            PodReport.Rist rist = e.rist() == null ? null : e.rist().withPaths(e.rist().paths().stream()
                    .map(p -> p.with(p.rttMs(), rates.getOrDefault(Sample.path(input, e.name(), p.leg(), p.remote()), p.bitrateBps()), p.recoveredPackets()))
                    .toList());
            rated.add(e.with(rates.getOrDefault(Sample.end(input, e.name()), e.bitrateBps()), e.lostPercent(), rist));
        }
        return List.copyOf(rated);
    }
}
