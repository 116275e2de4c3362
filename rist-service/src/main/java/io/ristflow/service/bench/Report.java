package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The results for people, as they come. */
final class Report {
    /** A generator that makes less of the rate than this was the limit itself. */
    static final double KEPT_UP = 0.98;

    private final PrintStream out;
    private final BenchOptions options;
    private final List<Contender> contenders;

    Report(PrintStream out, BenchOptions options, List<Contender> contenders) {
        this.out = out;
        this.options = options;
        this.contenders = contenders;
    }

    void begin(Machine machine) {
        out.printf("%d cores, %s, %s, %s%n", machine.cores(), machine.cpu(), machine.kernel(), machine.jdk());
        say("%s; %s; %d ms buffer, %d s warm-up, %d s counted, %s%n", String.join(", ", contenders.stream().map(c -> c.who() + " " + c.version()).toList()),
                options.direct() ? "nothing between the ends" : String.format(Locale.ROOT, "a path losing %.1f %% both ways, %d ms each way", options.lossPercent(), options.delayMs()),
                options.bufferMs(), options.warmupSeconds(), options.seconds(), options.runs() == 1 ? "once" : "median of " + options.runs());
        if (contenders.size() == 1) out.println("librist's tools were not found (RIST_PEERS/sid, the cache that ./rist test fills, PATH): ours only, and no ratios");
        if (machine.busy()) say("NOTE: the machine is not idle (load %.1f): do not publish these figures%n", machine.load());
        say("This takes about %s.%n", Forecast.text(Forecast.seconds(options, contenders.size())));
    }

    void rowsBegin() {
        say("%nOne flow%n%-7s %-7s %6s  %-8s %26s %17s %9s %24s %22s%n", "profile", "keys", "Mb/s", "who", "CPU us/packet (snd + rcv)", "peak MiB (s + r)", "lost", "added p50/p99/p99.9 ms", "spacing p50/99/99.9 ms");
    }

    void flowsBegin(BenchOptions.Flows flows) {
        say("%nMany flows of %s Mb/s, %s %s: ours in %s, librist's in two processes a flow%n%5s  %-8s %26s %6s %25s %9s %24s %22s%n", number(flows.row().mbps()), flows.row().profileName(), flows.row().encryption(),
                flows.together() ? "one process" : "one process for all senders and one for all receivers", "flows", "who", "CPU us/packet (snd + rcv)", "cores", "MiB peak/now/shared-split", "lost", "added p50/p99/p99.9 ms", "spacing p50/99/99.9 ms");
    }

    void row(Measurement.Task task, Results.Row row) {
        for (int i = 0; i < row.cells().size(); i++) {
            String who = contenders.get(i).who();
            row.cells().get(i).ifPresent(cell -> out.println(head(task, who) + (task.amongMany() ? many(cell) : one(cell)) + remarks(task, cell)));
        }
        row.ratios().ifPresent(ratios -> out.println(head(task, "ratio") + ratios(ratios)));
    }

    private String head(Measurement.Task task, String who) {
        if (task.amongMany()) return String.format("%5d  %-8s", task.flows(), who);
        return String.format(Locale.ROOT, "%-7s %-7s %6s  %-8s", task.row().profileName(), task.row().encryption(), number(task.row().mbps()), who);
    }

    private String one(Cell cell) {
        Figures f = cell.median();
        return String.format(Locale.ROOT, " %8.1f = %6.1f + %6.1f %7.0f = %3.0f + %3.0f %9d%s", f.cpuUsPerPacket(), f.sender().cpuUsPerPacket(), f.receiver().cpuUsPerPacket(), f.peakRssMib(), f.sender().peakRssMib(), f.receiver().peakRssMib(), f.lost(), times(f));
    }

    private String many(Cell cell) {
        Figures f = cell.median();
        return String.format(Locale.ROOT, " %8.1f = %6.1f + %6.1f %6.2f %11.0f / %4.0f / %4.0f %9d%s", f.cpuUsPerPacket(), f.sender().cpuUsPerPacket(), f.receiver().cpuUsPerPacket(), f.cores(), f.peakRssMib(), f.rssMib(), f.pssMib(), f.lost(), times(f));
    }

    private String times(Figures f) {
        Figures.Quantiles added = f.latency().less(options.bufferMs()), spacing = f.spacing();
        return String.format(Locale.ROOT, " %8.1f %7.1f %7.1f %8.2f %6.2f %6.2f", added.p50Ms(), added.p99Ms(), added.p999Ms(), spacing.p50Ms(), spacing.p99Ms(), spacing.p999Ms());
    }

    private String remarks(Measurement.Task task, Cell cell) {
        Figures f = cell.median();
        StringBuilder remarks = new StringBuilder();
        if (cell.runs().size() > 1) remarks.append(String.format(Locale.ROOT, "  [%.1f..%.1f]", cell.cpuLowest(), cell.cpuHighest()));
        if (f.duplicated() + f.outOfOrder() + f.corrupted() > 0) remarks.append(String.format("  %d twice, %d out of order, %d corrupted", f.duplicated(), f.outOfOrder(), f.corrupted()));
        if (f.senderDropped() + f.receiverDropped() > 0) remarks.append(String.format("  (the kernel dropped %d in front of the sender, %d in front of the receiver)", f.senderDropped(), f.receiverDropped()));
        if (f.sinkDropped() > 0) remarks.append(String.format("  (%d more were dropped in front of the bench's own checker)", f.sinkDropped()));
        if (f.offeredMbps() < KEPT_UP * task.row().mbps() * task.flows()) remarks.append(String.format(Locale.ROOT, "  (the generator made only %.1f Mb/s)", f.offeredMbps()));
        return remarks.toString();
    }

    private static String ratios(Ratios r) {
        return String.format(Locale.ROOT, " CPU %s (sender %s, receiver %s), memory peak %s, now %s, shared split %s, added p99.9 %s (%+.1f ms), spacing p99.9 %s", text(r.cpu()), text(r.senderCpu()), text(r.receiverCpu()), text(r.memory()), text(r.rss()), text(r.pss()),
                text(r.addedLatencyP999()), r.latencyP999MoreMs(), text(r.spacingP999()));
    }

    /** What measuring itself cost, at the highest rate. */
    void own(Results.Row row) {
        Figures.Own own = row.ours().orElseThrow().median().own();
        say("The bench itself at %s Mb/s: generator %.1f, checker %.1f us/packet, %.1f datagrams a read; none of it is in the figures above.%n", number(row.row().mbps()), own.generatorUsPerPacket(), own.checkerUsPerPacket(), own.datagramsPerRead());
    }

    void failure(Measurement.Task task, Contender contender, String why) {
        out.println(head(task, contender.who()) + " FAILED: " + why);
    }

    void growth(Growth g) {
        say("ristflow, %d flows beside %d: CPU per packet %.2f times; memory %.2f MiB a further flow (sender %.2f, receiver %.2f), %.2f MiB a further idle flow%n", g.many(), g.few(), g.cpuRatio(), g.mibPerFlow(), g.senderMibPerFlow(),
                g.receiverMibPerFlow(), g.mibPerIdleFlow());
    }

    void searchBegin(BenchOptions.Search search) {
        say("%nHighest rate without loss, %s %s, up to %s Mb/s%n", search.row().profileName(), search.row().encryption(), number(search.mostMbps()));
    }

    void probe(Contender contender, SearchTrial.Probe probe, Figures f) {
        String limit = !probe.benchWasTheLimit() ? "" : String.format(Locale.ROOT, "; the bench was the limit (made %.0f Mb/s, %d dropped in front of the checker)", f.offeredMbps(), f.sinkDropped());
        say("  %-8s %6s Mb/s: %s, %.1f us/packet%s%n", contender.who(), number(probe.mbps()), probe.lost() == 0 ? "whole" : probe.lost() + " of " + f.sent() + " lost", f.cpuUsPerPacket(), limit);
    }

    void found(Contender contender, List<SearchTrial.Found> found) {
        SearchTrial.Probe above = found.getLast().above();
        String why = above == null ? "no higher one was tried" : number(above.mbps()) + " Mb/s was " + (above.benchWasTheLimit() ? "more than the bench can make or check" : "not whole");
        say("%-8s %s Mb/s%s; %s%n", contender.who(), number(Results.median(found)), found.size() == 1 ? "" : " (median of " + String.join(", ", found.stream().map(each -> number(each.mbps())).toList()) + ")", why);
    }

    void startsBegin() {
        say("%nStart of one receiving flow, %d times each%n", options.starts());
    }

    void start(StartTrial.Figure f) {
        say("%-30s ready after %.0f ms (slowest %.0f ms), port open after %.0f ms, %.0f ms of CPU, %.0f MiB%n", f.cached() ? "with the ahead-of-time cache:" : "without it:", f.readyMs(), f.slowestReadyMs(), f.boundMs(), f.cpuMs(), f.rssMib());
    }

    void note(String line) {
        out.println(line);
    }

    void end(String verdict) {
        out.println();
        out.println(verdict);
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, format, arguments);
    }

    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String text(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
    }
}
