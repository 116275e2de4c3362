package io.ristflow.service.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.ristflow.service.cli.BenchOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results, for people as they come and for programs at the end. */
final class Report {
    private static final double KEPT_UP = 0.98;

    private final PrintStream out;
    private final Map<String, Object> document = new LinkedHashMap<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void begin(Machine machine, BenchOptions options, List<Contender> contenders) {
        out.printf("%d cores, %s, %s, %s%n", machine.cores(), machine.cpu(), machine.kernel(), machine.jdk());
        Map<String, String> versions = new LinkedHashMap<>();
        for (Contender contender : contenders) versions.put(contender.who(), contender.version());
        out.printf(Locale.ROOT, "%s; %s; %d ms buffer, %d s warm-up, %d s counted%n", String.join(", ", contenders.stream().map(c -> c.who() + " " + c.version()).toList()),
                options.direct() ? "nothing between the ends" : String.format(Locale.ROOT, "a path losing %.1f %% both ways, %d ms each way", options.lossPercent(), options.delayMs()),
                options.bufferMs(), options.warmupSeconds(), options.seconds());
        if (contenders.size() == 1) out.println("librist's tools were not found (RIST_PEERS/sid, the cache that ./rist test fills, PATH): ours only, and no ratios");
        if (machine.busy()) out.printf(Locale.ROOT, "NOTE: the machine is not idle (load %.1f): do not publish these figures%n", machine.load());
        out.printf("%n%-7s %-7s %6s  %-8s %26s %17s %9s %24s %22s%n", "profile", "keys", "Mb/s", "who", "CPU us/packet (snd + rcv)", "peak MiB (s + r)", "lost", "latency p50/p99/p99.9 ms", "spacing p50/99/99.9 ms");
        document.put("machine", machine);
        document.put("versions", versions);
        document.put("settings", settings(options));
        document.put("rows", rows);
    }

    private static Map<String, Object> settings(BenchOptions options) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("warmupSeconds", options.warmupSeconds());
        settings.put("seconds", options.seconds());
        settings.put("lossPercent", options.lossPercent());
        settings.put("delayMs", options.delayMs());
        settings.put("bufferMs", options.bufferMs());
        settings.put("datagramBytes", Generator.DATAGRAM_BYTES);
        return settings;
    }

    void figures(BenchOptions.Row row, Contender contender, Figures f) {
        out.printf(Locale.ROOT, "%s %8.1f = %6.1f + %6.1f %7.0f = %3.0f + %3.0f %9d %8.1f %7.1f %7.1f %8.2f %6.2f %6.2f%s%n", head(row, contender.who()),
                f.cpuUsPerPacket(), f.sender().cpuUsPerPacket(), f.receiver().cpuUsPerPacket(), f.peakRssMib(), f.sender().peakRssMib(), f.receiver().peakRssMib(), f.lost(),
                f.latency().p50Ms(), f.latency().p99Ms(), f.latency().p999Ms(), f.spacing().p50Ms(), f.spacing().p99Ms(), f.spacing().p999Ms(), remarks(row, f));
        entry(row).put(contender.who(), f);
    }

    private static String remarks(BenchOptions.Row row, Figures f) {
        StringBuilder remarks = new StringBuilder();
        if (f.duplicated() + f.outOfOrder() + f.corrupted() > 0) remarks.append(String.format("  %d twice, %d out of order, %d corrupted", f.duplicated(), f.outOfOrder(), f.corrupted()));
        if (f.sinkDropped() > 0) remarks.append(String.format("  (%d more were dropped in front of the bench's own checker)", f.sinkDropped()));
        if (f.offeredMbps() < KEPT_UP * row.mbps()) remarks.append(String.format(Locale.ROOT, "  (the generator made only %.1f Mb/s)", f.offeredMbps()));
        return remarks.toString();
    }

    void failure(BenchOptions.Row row, Contender contender, String why) {
        out.printf("%s %s%n", head(row, contender.who()), "FAILED: " + why);
        entry(row).put(contender.who(), Map.of("failed", why));
    }

    void ratios(BenchOptions.Row row, Ratios r) {
        out.printf(Locale.ROOT, "%s CPU %s (sender %s, receiver %s), memory %s, latency p99.9 %s (%+.1f ms), spacing p99.9 %s%n", head(row, "ratio"), text(r.cpu()), text(r.senderCpu()), text(r.receiverCpu()), text(r.memory()),
                text(r.latencyP999()), r.latencyP999MoreMs(), text(r.spacingP999()));
        Map<String, Object> ratios = new LinkedHashMap<>();
        ratios.put("cpu", finite(r.cpu()));
        ratios.put("senderCpu", finite(r.senderCpu()));
        ratios.put("receiverCpu", finite(r.receiverCpu()));
        ratios.put("memory", finite(r.memory()));
        ratios.put("latencyP999", finite(r.latencyP999()));
        ratios.put("latencyP999MoreMs", r.latencyP999MoreMs());
        ratios.put("spacingP999", finite(r.spacingP999()));
        entry(row).put("ratios", ratios);
    }

    void end(String verdict) {
        out.println();
        out.println(verdict);
        document.put("verdict", verdict);
    }

    /** @throws IOException if the file cannot be written */
    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), document);
    }

    private Map<String, Object> entry(BenchOptions.Row row) {
        for (Map<String, Object> entry : rows) if (row.profileName().equals(entry.get("profile")) && Integer.valueOf(row.aesBits()).equals(entry.get("aesBits")) && Double.valueOf(row.mbps()).equals(entry.get("mbps"))) return entry;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("profile", row.profileName());
        entry.put("aesBits", row.aesBits());
        entry.put("mbps", row.mbps());
        rows.add(entry);
        return entry;
    }

    private static String head(BenchOptions.Row row, String who) {
        return String.format(Locale.ROOT, "%-7s %-7s %6s  %-8s", row.profileName(), row.encryption(), row.mbps() == Math.rint(row.mbps()) ? Long.toString((long) row.mbps()) : Double.toString(row.mbps()), who);
    }

    private static String text(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
    }

    /** JSON has no NaN. */
    private static Double finite(double ratio) {
        return Double.isFinite(ratio) ? ratio : null;
    }
}
