package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
            List<Optional<Cell>> cells = trials.measure(task, trials.contenders());
            // Half a row would read as one that failed.
            if (trials.children().over()) return;
            Results.Row result = new Results.Row(row, 1, cells, options.bufferMs());
            results.rows().add(result);
            trials.report().row(task, result);
        }
        results.rows().stream().filter(row -> row.ours().isPresent()).max(Comparator.comparingDouble(row -> row.row().mbps())).ifPresent(row -> trials.report().own(row));
    }
}
