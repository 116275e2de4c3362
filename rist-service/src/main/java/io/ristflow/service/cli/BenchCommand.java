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
@Command(name = "bench", description = {"Measure CPU per packet, memory, loss, latency and spacing: our ends, and librist's in turn where its tools are found.", ""},
        footer = {"", "What the figures mean: docs/performance/README.md. An idle machine is needed.", "", "Exit status: 0 when every row ran and ours lost nothing on a clean path, else 1."})
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--mbps", paramLabel = "LIST", description = "Bit rates, each 0.5..2000 Mb/s (default: 10,100).")
    private String mbps = "10,100";

    @Option(names = "--seconds", paramLabel = "N", description = "How long each is counted, 1..3600 (default: 8).")
    private String seconds = "8";

    @Option(names = "--warmup", paramLabel = "N", description = "How long each streams before that, 0..600 (default: 8).")
    private String warmup = "8";

    @Option(names = "--profile", paramLabel = "PROFILE", description = "simple, main, advanced, both (simple and main) or all (default: both).")
    private String profile = "both";

    @Option(names = "--aes", paramLabel = "LIST", description = "Key sizes of the Main profile, of 0 (clear), 128, 256 (default: 0,256); Simple is always in the clear.")
    private String aes;

    @Option(names = "--loss", paramLabel = "PERCENT", description = "Datagrams lost each way, 0..90 percent (default: 0).")
    private String loss = "0";

    @Option(names = "--delay-ms", paramLabel = "MS", description = "Delay each way, 0..2000 ms (default: 0).")
    private String delayMs = "0";

    @Option(names = "--buffer-ms", paramLabel = "MS", description = "Recovery buffer, 1..30000 ms (default: 1000).")
    private String bufferMs = "1000";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there as well.")
    private String json;

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
        return new BenchOptions(rows(), (int) UrlParts.wholeNumber("--warmup", warmup, 0, 600, "seconds"), (int) UrlParts.wholeNumber("--seconds", seconds, 1, 3_600, "seconds"), Decimals.parse("--loss", loss, 0, 90),
                (int) UrlParts.wholeNumber("--delay-ms", delayMs, 0, 2_000, "ms"), (int) UrlParts.wholeNumber("--buffer-ms", bufferMs, 1, 30_000, "ms"), json());
    }

    private List<BenchOptions.Row> rows() {
        Set<Double> rates = new LinkedHashSet<>();
        for (String rate : mbps.split(",", -1)) rates.add(Decimals.parse("--mbps", rate, 0.5, 2_000));
        List<Profile> profiles = switch (profile) {
            case "simple", "0" -> List.of(Profile.SIMPLE);
            case "main", "1" -> List.of(Profile.MAIN);
            case "advanced", "2" -> List.of(Profile.ADVANCED);
            case "both" -> List.of(Profile.SIMPLE, Profile.MAIN);
            case "all" -> List.of(Profile.SIMPLE, Profile.MAIN, Profile.ADVANCED);
            default -> throw new ConfigException("--profile", UrlParts.shown(profile) + " is not one of simple, main, advanced, both, all");
        };
        if (aes != null && profiles.equals(List.of(Profile.SIMPLE))) throw new ConfigException("--aes", "the Simple profile has no encryption (TR-06-1); take --profile main or leave --aes out");
        Set<Integer> keys = keys();
        List<BenchOptions.Row> rows = new ArrayList<>();
        for (Profile each : profiles) {
            for (int bits : each == Profile.SIMPLE ? Set.of(0) : keys) for (double rate : rates) rows.add(new BenchOptions.Row(each, bits, rate));
        }
        return rows;
    }

    private Set<Integer> keys() {
        Set<Integer> keys = new LinkedHashSet<>();
        for (String bits : (aes == null ? "0,256" : aes).split(",", -1)) {
            if (!List.of("0", "128", "256").contains(bits)) throw new ConfigException("--aes", UrlParts.shown(bits) + " is not one of 0, 128, 256");
            keys.add(Integer.parseInt(bits));
        }
        return keys;
    }

    private Path json() {
        if (json == null) return null;
        try {
            Path file = Path.of(json);
            Path folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) throw new ConfigException("--json", UrlParts.shown(json) + " is not a file in a directory that is there");
            if (!Files.isWritable(Files.exists(file) ? file : folder)) throw new ConfigException("--json", UrlParts.shown(json) + " may not be written by this user");
            return file;
        } catch (InvalidPathException e) {
            throw new ConfigException("--json", UrlParts.shown(json) + " is not a path");
        }
    }
}
