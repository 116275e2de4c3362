package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results as a picture: what was measured of CPU and latency over the bit rate, and of CPU over the number of flows. */
final class Plot {
    /** By contender and by kind of row, the last for many flows; told apart without colours too, by dashes. */
    private static final String[][] COLOURS = {{"#0b3c8c", "#1769d1", "#4aa3ff", "#00838f", "#00acc1", "#5e35b1"}, {"#8c2d04", "#d94801", "#fd8d3c", "#a50f15", "#ef3b2c", "#7f6000"}};
    private static final int FLOWS = 5;
    private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3", "4 2", ""};

    private Plot() {}

    static String of(Results results) {
        List<Svg.Panel> panels = new ArrayList<>();
        if (!results.rows().isEmpty()) {
            panels.add(overRate(results, "CPU of sender and receiver", "µs per packet", true, Figures::cpuUsPerPacket));
            panels.add(overRate(results, "Added latency, p99.9", "ms above the recovery buffer", false, figures -> figures.latency().p999Ms() - results.options().bufferMs()));
        }
        if (!results.flows().isEmpty()) panels.add(overFlows(results));
        Machine machine = results.machine();
        List<String> versions = results.contenders().stream().map(contender -> contender.who() + " " + contender.version()).toList();
        BenchOptions options = results.options();
        return Svg.draw("RistFlow: what a packet costs", List.of(String.join(", ", versions) + "; " + machine.cores() + " cores, " + machine.cpu() + "; " + machine.time(),
                (options.runs() == 1 ? "measured once" : "median of " + options.runs()) + ", " + options.seconds() + " s after " + options.warmupSeconds() + " s; " + (machine.busy() ? "the machine was NOT idle" : machine.kernel())), panels);
    }

    private static Svg.Panel overRate(Results results, String title, String yName, boolean logarithmic, ToDoubleFunction<Figures> figure) {
        Map<String, List<Results.Row>> kinds = new LinkedHashMap<>();
        for (Results.Row row : results.rows()) kinds.computeIfAbsent(row.row().profileName() + ", " + row.row().encryption(), _ -> new ArrayList<>()).add(row);
        List<Svg.Series> series = new ArrayList<>();
        for (int who = 0; who < results.contenders().size(); who++) {
            int kind = 0;
            for (Map.Entry<String, List<Results.Row>> each : kinds.entrySet()) {
                series.add(series(results.contenders().get(who).who() + ", " + each.getKey(), who, kind++, each.getValue(), row -> row.row().mbps(), figure));
            }
        }
        return new Svg.Panel(title, "bit rate, Mb/s", yName, logarithmic, ticks(results.rows().stream().mapToDouble(row -> row.row().mbps())), series.stream().filter(line -> line.xs().length > 0).toList());
    }

    private static Svg.Panel overFlows(Results results) {
        BenchOptions.Row kind = results.options().flows().row();
        List<Svg.Series> series = new ArrayList<>();
        for (int who = 0; who < results.contenders().size(); who++) {
            String name = results.contenders().get(who).who() + (who == 0 ? (results.options().flows().together() ? ", all flows in one process" : ", all flows in two processes") : ", a pair of processes each");
            series.add(series(name, who, FLOWS, results.flows(), Results.Row::flows, Figures::cpuUsPerPacket));
        }
        return new Svg.Panel("Many flows of " + Report.number(kind.mbps()) + " Mb/s, " + kind.profileName() + ", " + kind.encryption(), "flows", "µs per packet", true, ticks(results.flows().stream().mapToDouble(Results.Row::flows)),
                series.stream().filter(line -> line.xs().length > 0).toList());
    }

    private static Svg.Series series(String name, int who, int kind, List<Results.Row> rows, ToDoubleFunction<Results.Row> x, ToDoubleFunction<Figures> y) {
        List<Results.Row> ran = rows.stream().filter(row -> cell(row, who).isPresent()).sorted(java.util.Comparator.comparingDouble(x)).toList();
        int shade = kind % DASHES.length;
        return new Svg.Series(name, COLOURS[who % COLOURS.length][shade], DASHES[shade], ran.stream().mapToDouble(x).toArray(), ran.stream().mapToDouble(row -> y.applyAsDouble(cell(row, who).orElseThrow().median())).toArray());
    }

    private static Optional<Cell> cell(Results.Row row, int who) {
        return who < row.cells().size() ? row.cells().get(who) : Optional.empty();
    }

    private static double[] ticks(java.util.stream.DoubleStream values) {
        return values.distinct().sorted().toArray();
    }
}
