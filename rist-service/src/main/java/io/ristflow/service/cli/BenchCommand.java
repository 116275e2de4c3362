package io.ristflow.service.cli;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.UrlParts;
import io.ristflow.service.config.Decimals;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rist bench}: what a packet costs on this machine, beside librist. */
@Command(name = "bench", description = {"Measure what a packet costs here: CPU, memory, loss, latency and spacing of our ends, and of librist's in turn where its tools are found.", ""},
        footer = {"", "Without --flows, --max-rate and --start: one flow at --mbps. With them: those, and one flow where --mbps is given as well. --full: all of it.",
            "What the figures mean: docs/performance/README.md. An idle machine is needed; how long it takes is told before it begins.", "", "Exit status: 0 when every row ran and ours lost nothing on a clean path, else 1."})
final class BenchCommand implements Callable<Integer> {
    private static final String FULL_MBPS = "2,10,50,100,200,300,600", FULL_FLOWS = "1,10,20,50,100,200";
    private static final double LEAST_MBPS = 0.5, MOST_MBPS = 2_000;

    @Option(names = "--mbps", paramLabel = "LIST", description = "Bit rates, each 0.5..2000 Mb/s (default: 10,100; with --full: 2,10,50,100,200,300,600).")
    private String mbps;

    @Option(names = "--runs", paramLabel = "N", description = "How often each row is measured, 1..99; what is told is the median (default: 1; with --full: 5).")
    private String runs;

    @Option(names = "--seconds", paramLabel = "N", description = "How long each is counted, 1..3600 (default: 8).")
    private String seconds = "8";

    @Option(names = "--warmup", paramLabel = "N", description = "How long each streams before that, 0..600 (default: 8).")
    private String warmup = "8";

    @Option(names = "--profile", paramLabel = "PROFILE", description = "simple, main, advanced, both (simple and main) or all (default: both; with --full: all; with --flows and --max-rate: main).")
    private String profile;

    @Option(names = "--aes", paramLabel = "LIST", description = "Key sizes of Main and Advanced, of 0 (clear), 128, 256 (default: 0,256; with --flows and --max-rate: 0); Simple is always in the clear.")
    private String aes;

    @Option(names = "--flows", paramLabel = "LIST", description = "Numbers of flows at once, each 1..500, such as 1,10,50,100,200: ours in one process for all senders and one for all receivers.")
    private String flows;

    @Option(names = "--flow-mbps", paramLabel = "N", description = "Bit rate of each of them (default: 2).")
    private String flowMbps = "2";

    @Option(names = "--together", description = "With --flows: ours in one process for senders and receivers; what it costs is told as the receiver's.")
    private boolean together;

    @Option(names = "--pairs", paramLabel = "N", description = "Most flows that librist is measured with, as it needs two processes for each, 0..500 (default: 20).")
    private String pairs = "20";

    @Option(names = "--max-rate", description = "Look for the highest bit rate without loss.")
    private boolean maxRate;

    @Option(names = "--max-mbps", paramLabel = "N", description = "Where that search ends at the latest, 50..2000 (default: 1500).")
    private String maxMbps = "1500";

    @Option(names = "--start", description = "Time the start of one flow of ours until it is ready, with the ahead-of-time cache and without, five times or --runs.")
    private boolean start;

    @Option(names = "--full", description = "Everything: all profiles, keys and bit rates, many flows, the highest rate, the start; five runs. It takes hours; the other options narrow it.")
    private boolean full;

    @Option(names = "--loss", paramLabel = "PERCENT", description = "Datagrams of a single flow lost each way, 0..90 percent (default: 0).")
    private String loss = "0";

    @Option(names = "--delay-ms", paramLabel = "MS", description = "Delay of a single flow each way, 0..2000 ms (default: 0).")
    private String delayMs = "0";

    @Option(names = "--buffer-ms", paramLabel = "MS", description = "Recovery buffer, 1..30000 ms (default: 1000).")
    private String bufferMs = "1000";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there as well.")
    private String json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw them there.")
    private String svg;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    private final Supplier<Launch> launch;

    BenchCommand(Supplier<Launch> launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() {
        BenchOptions options = options();
        return launch.get().bench(options);
    }

    BenchOptions options() {
        boolean special = (flows != null || maxRate || start) && !full;
        int times = (int) UrlParts.wholeNumber("--runs", runs == null ? full ? "5" : "1" : runs, 1, 99, "times");
        BenchOptions.Row one = kinds(profile == null ? "main" : profile, aes == null ? "0" : aes).getFirst();
        List<BenchOptions.Row> rows = special && mbps == null ? List.of() : rows();
        BenchOptions.Flows many = flows == null && !full ? null : new BenchOptions.Flows(counts(), at(one, Decimals.parse("--flow-mbps", flowMbps, LEAST_MBPS, MOST_MBPS)), (int) UrlParts.wholeNumber("--pairs", pairs, 0, 500, "flows"), together);
        BenchOptions.Search search = maxRate || full ? new BenchOptions.Search(at(one, 50), Decimals.parse("--max-mbps", maxMbps, 50, MOST_MBPS)) : null;
        int starts = start || full ? runs == null ? 5 : times : 0;
        return new BenchOptions(rows, times, (int) UrlParts.wholeNumber("--warmup", warmup, 0, 600, "seconds"), (int) UrlParts.wholeNumber("--seconds", seconds, 1, 3_600, "seconds"), Decimals.parse("--loss", loss, 0, 90),
                (int) UrlParts.wholeNumber("--delay-ms", delayMs, 0, 2_000, "ms"), (int) UrlParts.wholeNumber("--buffer-ms", bufferMs, 1, 30_000, "ms"), many, search, starts, file("--json", json), file("--svg", svg));
    }

    private List<BenchOptions.Row> rows() {
        Set<Double> rates = new LinkedHashSet<>();
        for (String rate : (mbps != null ? mbps : full ? FULL_MBPS : "10,100").split(",", -1)) rates.add(Decimals.parse("--mbps", rate, LEAST_MBPS, MOST_MBPS));
        List<BenchOptions.Row> rows = new ArrayList<>();
        for (BenchOptions.Row kind : kinds(profile != null ? profile : full ? "all" : "both", aes == null ? "0,256" : aes)) for (double rate : rates) rows.add(at(kind, rate));
        return rows;
    }

    private List<Integer> counts() {
        Set<Integer> counts = new LinkedHashSet<>();
        for (String count : (flows == null ? FULL_FLOWS : flows).split(",", -1)) counts.add((int) UrlParts.wholeNumber("--flows", count, 1, 500, "flows"));
        return List.copyOf(counts);
    }

    private static BenchOptions.Row at(BenchOptions.Row kind, double rate) {
        return new BenchOptions.Row(kind.profile(), kind.aesBits(), rate);
    }

    /** Every profile with every key size that it can have, of no rate yet. */
    private List<BenchOptions.Row> kinds(String profiles, String keySizes) {
        List<Profile> wanted = switch (profiles) {
            case "simple", "0" -> List.of(Profile.SIMPLE);
            case "main", "1" -> List.of(Profile.MAIN);
            case "advanced", "2" -> List.of(Profile.ADVANCED);
            case "both" -> List.of(Profile.SIMPLE, Profile.MAIN);
            case "all" -> List.of(Profile.SIMPLE, Profile.MAIN, Profile.ADVANCED);
            default -> throw new ConfigException("--profile", UrlParts.shown(profiles) + " is not one of simple, main, advanced, both, all");
        };
        if (aes != null && wanted.equals(List.of(Profile.SIMPLE))) throw new ConfigException("--aes", "the Simple profile has no encryption (TR-06-1); take --profile main or leave --aes out");
        Set<Integer> keys = keys(keySizes);
        List<BenchOptions.Row> kinds = new ArrayList<>();
        for (Profile each : wanted) for (int bits : each == Profile.SIMPLE ? Set.of(0) : keys) kinds.add(new BenchOptions.Row(each, bits, 0));
        return kinds;
    }

    private static Set<Integer> keys(String sizes) {
        Set<Integer> keys = new LinkedHashSet<>();
        for (String bits : sizes.split(",", -1)) {
            if (!List.of("0", "128", "256").contains(bits)) throw new ConfigException("--aes", UrlParts.shown(bits) + " is not one of 0, 128, 256");
            keys.add(Integer.parseInt(bits));
        }
        return keys;
    }

    private static Path file(String option, String name) {
        if (name == null) return null;
        try {
            Path file = Path.of(name);
            Path folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) throw new ConfigException(option, UrlParts.shown(name) + " is not a file in a directory that is there");
            if (!Files.isWritable(Files.exists(file) ? file : folder)) throw new ConfigException(option, UrlParts.shown(name) + " may not be written by this user");
            return file;
        } catch (InvalidPathException e) {
            throw new ConfigException(option, UrlParts.shown(name) + " is not a path");
        }
    }
}
