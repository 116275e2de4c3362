package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.cli.Launch;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures row after row, one contender after the other, so that both see the same machine; prints as it goes. */
public final class Bench {
    private final List<Contender> contenders;
    private final PrintStream out;
    private final PrintStream err;
    private final Children children = new Children();

    /** @param contenders ours first, whose losses decide the exit status; then at most one to compare with */
    Bench(List<Contender> contenders, PrintStream out, PrintStream err) {
        this.contenders = List.copyOf(contenders);
        this.out = out;
        this.err = err;
    }

    /** Ours as this process was started, and librist's if its tools are here. */
    public static Bench ofThisMachine(PrintStream out, PrintStream err) {
        List<Contender> contenders = new ArrayList<>(List.of(OurEnds.ofThisProcess()));
        LibristEnds.find(System.getenv()).ifPresent(contenders::add);
        return new Bench(contenders, out, err);
    }

    /** @return the exit status: 0 if every row ran and, with no loss on the path, all of ours arrived */
    public int run(BenchOptions options) throws InterruptedException {
        if (!ProcFiles.available()) {
            err.println("rist: the bench reads CPU times and memory from /proc, which is not here; run it on Linux");
            return Launch.FAILED;
        }
        Thread onSignal = new Thread(children::end, "bench-end");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return measure(options);
        } finally {
            children.end();
            forget(onSignal);
        }
    }

    private int measure(BenchOptions options) throws InterruptedException {
        Report report = new Report(out);
        report.begin(Machine.describe(), options, contenders);
        Measurement measurement = new Measurement(options, children);
        int failed = 0;
        int notWhole = 0;
        for (BenchOptions.Row row : options.rows()) {
            List<Optional<Figures>> figures = new ArrayList<>();
            for (Contender contender : contenders) {
                Optional<Figures> result = one(measurement, report, contender, row);
                if (children.over()) return Launch.FAILED;
                if (result.isEmpty()) failed++;
                figures.add(result);
            }
            Optional<Figures> ours = figures.getFirst();
            if (options.cleanPath() && ours.isPresent() && !ours.get().whole()) notWhole++;
            if (ours.isPresent() && figures.getLast().isPresent() && contenders.size() > 1) report.ratios(row, Ratios.of(ours.get(), figures.getLast().get()));
        }
        report.end(verdict(options, failed, notWhole));
        return written(report, options) && failed == 0 && notWhole == 0 ? Launch.OK : Launch.FAILED;
    }

    private Optional<Figures> one(Measurement measurement, Report report, Contender contender, BenchOptions.Row row) throws InterruptedException {
        try {
            Figures figures = measurement.of(contender, row);
            report.figures(row, contender, figures);
            return Optional.of(figures);
        } catch (Measurement.Failed e) {
            // Stopped from outside, an end that is gone is no news.
            if (!children.over()) report.failure(row, contender, e.getMessage());
            return Optional.empty();
        }
    }

    private static String verdict(BenchOptions options, int failed, int notWhole) {
        if (failed > 0) return failed + " measurements failed: see above.";
        if (notWhole > 0) return "Of ours, " + notWhole + " rows did not come out whole on a path that loses nothing: see above.";
        return options.cleanPath() ? "Every row ran, and of ours nothing was lost." : "Every row ran.";
    }

    private boolean written(Report report, BenchOptions options) {
        if (options.jsonFile() == null) return true;
        try {
            report.write(options.jsonFile());
            return true;
        } catch (IOException e) {
            err.println("rist: --json: " + options.jsonFile() + " cannot be written: " + e.getMessage());
            return false;
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has run or will.
        }
    }
}
