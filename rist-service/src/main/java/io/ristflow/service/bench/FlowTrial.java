package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many flows at once: ours in one process for all senders and one for all receivers, librist's in two processes a flow. */
final class FlowTrial {
    private static final int IDLE_SECONDS = 8;
    /** A JVM with a flow or two is mostly JVM: growth is told from here on. */
    private static final int LEAST_FOR_GROWTH = 10;

    private final Trials trials;
    private final Results results;
    private final BenchOptions.Flows flows;

    FlowTrial(Trials trials, Results results) {
        this.trials = trials;
        this.results = results;
        flows = trials.options().flows();
    }

    void run() throws InterruptedException {
        trials.report().flowsBegin(flows);
        for (int count : flows.counts()) {
            if (trials.children().over()) return;
            Measurement.Task task = new Measurement.Task(flows.row(), count, trials.options().warmupSeconds(), trials.options().seconds(), true);
            if (!trials.row(task, count > flows.mostPairs() ? List.of(trials.ours()) : trials.contenders(), results.flows())) return;
        }
        if (!trials.children().over()) growth();
    }

    private void growth() throws InterruptedException {
        int few = flows.counts().stream().mapToInt(count -> count).filter(count -> count >= LEAST_FOR_GROWTH).min().orElse(0);
        int many = flows.counts().stream().mapToInt(count -> count).max().orElse(0);
        if (few == 0 || few == many) return;
        Optional<Figures> fewFigures = ours(few), manyFigures = ours(many);
        if (fewFigures.isEmpty() || manyFigures.isEmpty()) return;
        try {
            Growth growth = Growth.of(fewFigures.get(), manyFigures.get(), idleKib(few), idleKib(many));
            results.growth(growth);
            trials.report().growth(growth);
        } catch (Measurement.Failed e) {
            trials.failed("idle flows: ", e);
        }
    }

    private Optional<Figures> ours(int count) {
        return results.flows().stream().filter(row -> row.flows() == count).findFirst().flatMap(Results.Row::ours).map(Cell::median);
    }

    private double idleKib(int count) throws Measurement.Failed, InterruptedException {
        List<Double> runs = new ArrayList<>();
        for (int run = 0; run < trials.options().runs(); run++) runs.add((double) trials.measurement().idle(trials.ours(), flows.row(), count, IDLE_SECONDS).rssKib());
        return Cell.median(runs.stream().mapToDouble(kib -> kib).toArray());
    }

    /** Seconds that {@link #growth} takes beside the rows, about. */
    static double growthSeconds(BenchOptions options) {
        return 2 * options.runs() * (IDLE_SECONDS + Measurement.OVERHEAD_SECONDS);
    }
}
