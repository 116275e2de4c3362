package io.ristflow.service.bench;

import io.ristflow.core.config.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** librist's {@code ristsender} and {@code ristreceiver}: a pair of processes for each flow. */
final class LibristEnds implements Contender {
    private static final Pattern VERSION = Pattern.compile("libRIST library: v?([0-9][\\w.-]*)");
    private static final int HELP_TIMEOUT_S = 5;

    private final Path folder;
    private final String version;

    private LibristEnds(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** Where its tools lie: {@code $RIST_PEERS/sid}, else where {@code ./rist test} left them, else on the PATH. */
    static Optional<LibristEnds> find(Map<String, String> environment) {
        Stream<Path> places = Stream.concat(peers(environment).map(p -> p.resolve("sid")), Stream.of(environment.getOrDefault("PATH", "").split(":")).filter(p -> !p.isEmpty()).map(Path::of));
        return places.filter(p -> Files.isExecutable(p.resolve("ristsender")) && Files.isExecutable(p.resolve("ristreceiver"))).findFirst().map(p -> new LibristEnds(p, versionOf(p)));
    }

    private static Stream<Path> peers(Map<String, String> environment) {
        String given = environment.getOrDefault("RIST_PEERS", "");
        if (!given.isEmpty()) return Stream.of(Path.of(given));
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!cache.isEmpty()) return Stream.of(Path.of(cache, "ristflow-peers"));
        return home.isEmpty() ? Stream.of() : Stream.of(Path.of(home, ".cache", "ristflow-peers"));
    }

    private static String versionOf(Path folder) {
        try {
            Path said = Files.createTempFile("rist-bench-", ".log");
            try {
                Process help = new ProcessBuilder(folder.resolve("ristsender").toString(), "--help").redirectErrorStream(true).redirectOutput(said.toFile()).start();
                if (!help.waitFor(HELP_TIMEOUT_S, TimeUnit.SECONDS)) help.destroyForcibly();
                return version(Files.readString(said, StandardCharsets.ISO_8859_1));
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    static String version(String help) {
        Matcher found = VERSION.matcher(help);
        return found.find() ? found.group(1) : "unknown";
    }

    @Override
    public String who() {
        return "librist";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<List<String>> senders(Link link, List<Wire> wires, Path folder) {
        return wires.stream().map(wire -> command("ristsender", link, "udp://@127.0.0.1:" + wire.mediaPort(), "rist://127.0.0.1:" + wire.targetPort() + link.parameters())).toList();
    }

    @Override
    public List<List<String>> receivers(Link link, List<Wire> wires, int mediaPort, Path folder) {
        return wires.stream().map(wire -> command("ristreceiver", link, "rist://@127.0.0.1:" + wire.listenPort() + link.parameters(), "udp://127.0.0.1:" + mediaPort)).toList();
    }

    private List<String> command(String tool, Link link, String input, String output) {
        return List.of(folder.resolve(tool).toString(), "-p", profileNumber(link.row().profile()), "-i", input, "-o", output);
    }

    private static String profileNumber(Profile profile) {
        return switch (profile) {
            case SIMPLE -> "0";
            case MAIN -> "1";
            case ADVANCED, AUTO -> "2";
        };
    }
}
