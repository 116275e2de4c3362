package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.Comparator;

/** One flow, row after row: bit rates, profiles, keys. */
final class RowTrial {
    private final Trials trials;
    private final Results results;

    RowTrial(Trials trials, Results results) {
        this.trials = trials;
        this.results = results;
    }

    void run() throws InterruptedException {
        BenchOptions options = trials.options();
        trials.report().rowsBegin();
        for (BenchOptions.Row row : options.rows()) {
            if (trials.children().over()) return;
            Measurement.Task task = new Measurement.Task(row, 1, options.warmupSeconds(), options.seconds(), false);
            if (!trials.row(task, trials.contenders(), results.rows())) return;
        }
        results.rows().stream().filter(row -> row.ours().isPresent()).max(Comparator.comparingDouble(row -> row.row().mbps())).ifPresent(row -> trials.report().own(row));
    }
}
