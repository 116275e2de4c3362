package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.ArrayList;
import java.util.List;

/** Looks for the highest bit rate that comes out without loss: doubling, then halving the interval, and what was found is tried again. */
final class SearchTrial {
    private static final int LONGEST_WARMUP_SECONDS = 5;
    private static final int LONGEST_SECONDS = 5;
    private static final double LEAST_MBPS = 1;
    /** Fine enough: what is found is told with the rate above it that was not whole. */
    private static final double STEP = 1.06;
    /** A rate that failed its second trial is left for one this much lower. */
    private static final double BACK = 0.93;
    private static final int CONFIRMATIONS = 2;
    private static final int ATTEMPTS = 3;
    /** About so many trials does a search take: for the forecast alone. */
    static final int TRIALS = 10;

    /** Tries a rate. */
    interface Prober {
        Probe probe(double mbps) throws Measurement.Failed, InterruptedException;
    }

    /**
     * One rate, tried.
     *
     * @param benchWasTheLimit the generator did not make the rate, or the checker did not keep up: nothing is said of the ends
     */
    record Probe(double mbps, long lost, boolean benchWasTheLimit) {
        boolean whole() {
            return lost == 0 && !benchWasTheLimit;
        }
    }

    /**
     * @param mbps highest rate that came out whole, each time; 0 if none did
     * @param above the lowest rate that did not, null if none was tried or all were whole
     * @param probes all of them, in order
     */
    record Found(double mbps, Probe above, List<Probe> probes) {}

    private final Trials trials;
    private final Results results;
    private final BenchOptions.Search search;

    SearchTrial(Trials trials, Results results) {
        this.trials = trials;
        this.results = results;
        search = trials.options().search();
    }

    void run() throws InterruptedException {
        trials.report().searchBegin(search);
        for (Contender contender : trials.contenders()) {
            List<Found> found = new ArrayList<>();
            for (int run = 0; run < trials.options().runs() && !trials.children().over(); run++) {
                try {
                    found.add(find(search.row().mbps(), search.mostMbps(), mbps -> probe(contender, mbps)));
                } catch (Measurement.Failed e) {
                    if (!trials.failed("", e)) return;
                    break;
                }
            }
            if (found.isEmpty()) continue;
            results.searches().put(contender.who(), found);
            trials.report().found(contender, found);
        }
        results.searchRatio().ifPresent(ratio -> trials.report().note(String.format(java.util.Locale.ROOT, "ratio: %.2f", ratio)));
    }

    private Probe probe(Contender contender, double mbps) throws Measurement.Failed, InterruptedException {
        BenchOptions.Row row = new BenchOptions.Row(search.row().profile(), search.row().aesBits(), mbps);
        Measurement.Task task = new Measurement.Task(row, 1, warmupSeconds(trials.options()), seconds(trials.options()), false);
        // A machine that stalled once is asked again; a loss is a loss, whatever the rate really was.
        for (int attempt = 1; ; attempt++) {
            Figures figures = trials.measurement().of(contender, task);
            long lost = figures.lost() + figures.corrupted();
            Probe probe = new Probe(mbps, lost, lost == 0 && (figures.offeredMbps() < Report.KEPT_UP * mbps || figures.sinkDropped() > 0));
            trials.report().probe(contender, probe, figures);
            if (!probe.benchWasTheLimit() || attempt == ATTEMPTS) return probe;
        }
    }

    static int warmupSeconds(BenchOptions options) {
        return Math.min(options.warmupSeconds(), LONGEST_WARMUP_SECONDS);
    }

    static int seconds(BenchOptions options) {
        return Math.min(options.seconds(), LONGEST_SECONDS);
    }

    /** @param fromMbps where to begin, and {@code mostMbps} where to end at the latest */
    static Found find(double fromMbps, double mostMbps, Prober prober) throws Measurement.Failed, InterruptedException {
        List<Probe> probes = new ArrayList<>();
        Probe above = null;
        double whole = 0;
        for (double mbps = Math.min(fromMbps, mostMbps); mbps >= LEAST_MBPS; mbps = next(whole, above, mostMbps)) {
            Probe probe = prober.probe(mbps);
            probes.add(probe);
            if (probe.whole()) whole = mbps;
            else above = probe;
            if (whole >= mostMbps || whole > 0 && above != null && (above.mbps() / whole <= STEP || above.mbps() - whole <= 1)) break;
        }
        for (int again = 0; again < CONFIRMATIONS && whole >= LEAST_MBPS; ) {
            Probe probe = prober.probe(whole);
            probes.add(probe);
            if (probe.whole()) {
                again++;
            } else {
                above = probe;
                whole = Math.floor(whole * BACK);
                again = 0;
            }
        }
        return new Found(whole < LEAST_MBPS ? 0 : whole, above, List.copyOf(probes));
    }

    private static double next(double whole, Probe above, double mostMbps) {
        if (above == null) return Math.min(mostMbps, whole * 2);
        return Math.rint(whole == 0 ? above.mbps() / 2 : Math.sqrt(whole * above.mbps()));
    }
}
