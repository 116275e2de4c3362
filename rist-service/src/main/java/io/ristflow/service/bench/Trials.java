package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all kinds of trial share: who is measured, with what, and where it is told. */
record Trials(BenchOptions options, List<Contender> contenders, Measurement measurement, Children children, Report report, Tally tally) {
    Contender ours() {
        return contenders.getFirst();
    }

    /** Measures one row of a table, adds it and tells it. @return false if the bench was stopped meanwhile: half a row would read as one that failed */
    boolean row(Measurement.Task task, List<Contender> who, List<Results.Row> table) throws InterruptedException {
        List<Optional<Cell>> cells = measure(task, who);
        if (children.over()) return false;
        Results.Row row = new Results.Row(task.row(), task.flows(), cells, options.bufferMs());
        table.add(row);
        report.row(task, row);
        return true;
    }

    /** Counts and tells what could not be measured. @return false if the bench was stopped, when an end that is gone is no news */
    boolean failed(String what, Measurement.Failed e) {
        if (children.over()) return false;
        tally.failed();
        report.note(what + "FAILED: " + e.getMessage());
        return true;
    }

    /**
     * Measures one row, run after run and in each the contenders in turn, so that a slow change of the machine meets both.
     *
     * @param who those to be measured, ours first
     * @return a cell of each, in their order; empty where a run failed, which has been told
     */
    private List<Optional<Cell>> measure(Measurement.Task task, List<Contender> who) throws InterruptedException {
        List<List<Figures>> runs = new ArrayList<>();
        for (Contender contender : who) runs.add(new ArrayList<>());
        boolean[] failed = new boolean[who.size()];
        for (int run = 0; run < options.runs(); run++) {
            for (int i = 0; i < who.size() && !children.over(); i++) {
                if (failed[i]) continue;
                try {
                    runs.get(i).add(measurement.of(who.get(i), task));
                } catch (Measurement.Failed e) {
                    // Stopped from outside, an end that is gone is no news.
                    if (children.over()) break;
                    failed[i] = true;
                    tally.failed();
                    report.failure(task, who.get(i), e.getMessage());
                }
            }
        }
        List<Optional<Cell>> cells = new ArrayList<>();
        for (int i = 0; i < who.size(); i++) cells.add(failed[i] || runs.get(i).isEmpty() ? Optional.empty() : Optional.of(Cell.of(runs.get(i))));
        cells.getFirst().ifPresent(cell -> tally.ours(cell.median()));
        return cells;
    }
}
