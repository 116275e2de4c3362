package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.cli.Launch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Measures what was asked for, one contender after the other, so that both see the same machine; prints as it goes. */
public final class Bench {
    private static final int WRITING_PATIENCE_S = 10;

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
        String obstacle = obstacle();
        if (obstacle != null) {
            err.println("rist: the bench reads the kernel's books and sends in batches as Linux does, but " + obstacle + "; run it on Linux on x86_64 or aarch64");
            return Launch.FAILED;
        }
        CountDownLatch done = new CountDownLatch(1);
        Thread measuring = Thread.currentThread();
        Thread onSignal = new Thread(() -> end(measuring, done), "bench-end");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return measure(options);
        } finally {
            children.end();
            done.countDown();
            forget(onSignal);
        }
    }

    /** A Ctrl-C ends the row under way; what was measured until then is written before the process is gone. */
    private void end(Thread measuring, CountDownLatch done) {
        children.end();
        measuring.interrupt();
        try {
            if (!done.await(WRITING_PATIENCE_S, TimeUnit.SECONDS)) err.println("rist: what was measured could not be written in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String obstacle() {
        String obstacle = Native.obstacle();
        return obstacle == null && !ProcFiles.available() ? "/proc is not here" : obstacle;
    }

    private int measure(BenchOptions options) throws InterruptedException {
        Results results = new Results(options, contenders);
        Report report = new Report(out, options, contenders);
        report.begin(results.machine());
        Tally tally = new Tally(options.cleanPath());
        Measurement measurement = new Measurement(options, children);
        Trials trials = new Trials(options, contenders, measurement, children, report, tally);
        try {
            if (!options.rows().isEmpty()) new RowTrial(trials, results).run();
            if (options.flows() != null && !children.over()) new FlowTrial(trials, results).run();
            if (options.search() != null && !children.over()) new SearchTrial(trials, results).run();
            if (options.starts() > 0 && !children.over()) new StartTrial(trials, results).run();
        } catch (InterruptedException e) {
            if (!children.over()) throw e;
        }
        String verdict = children.over() ? "Stopped before its end." : tally.verdict();
        report.end(verdict);
        results.verdict(verdict);
        boolean written = written("--json", options.jsonFile(), results::json) & written("--svg", options.svgFile(), () -> Plot.of(results));
        return written && !children.over() && tally.good() ? Launch.OK : Launch.FAILED;
    }

    private interface Content {
        String text() throws IOException;
    }

    private boolean written(String option, Path file, Content content) {
        if (file == null) return true;
        try {
            Files.writeString(file, content.text());
            return true;
        } catch (IOException e) {
            err.println("rist: " + option + ": " + file + " cannot be written: " + e.getMessage());
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
