package io.ristflow.service.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;

/** {@code rist run}, twice, however many flows there are: the program that this process was started from, under the same JVM with the same flags. */
final class OurEnds implements Contender {
    /** Flags that belong to this one process: a debugger's port, a recording, the output of a training run. */
    private static final Predicate<String> NOT_TO_BE_SHARED = flag ->
            flag.startsWith("-agentlib:") || flag.startsWith("-Xrunjdwp") || flag.startsWith("-XX:AOTCacheOutput") || flag.startsWith("-XX:AOTMode=record") || flag.startsWith("-XX:StartFlightRecording") || flag.startsWith("-Dristflow.training");

    private final List<String> program;
    private final String version;

    /** @param program a command that takes the verb {@code run} */
    OurEnds(List<String> program, String version) {
        this.program = List.copyOf(program);
        this.version = version;
    }

    static OurEnds ofThisProcess() {
        return new OurEnds(program(System.getProperty("java.home"), ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getProperty("java.class.path")), ownVersion());
    }

    static List<String> program(String javaHome, List<String> flags, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(javaHome, "bin", "java").toString());
        for (String flag : flags) if (!NOT_TO_BE_SHARED.test(flag)) command.add(flag);
        command.addAll(List.of("-jar", classPath));
        return command;
    }

    private static String ownVersion() {
        Properties properties = new Properties();
        try (InputStream in = OurEnds.class.getResourceAsStream("/ristflow-version.properties")) {
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public String who() {
        return "ristflow";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<List<String>> senders(Link link, List<Wire> wires, Path folder) throws IOException {
        if (link.together()) return List.of();
        if (wires.size() > 1) return List.of(run(folder.resolve("senders.yaml"), FlowManifests.senders(link, wires)));
        Wire wire = wires.getFirst();
        return List.of(run("-i", "udp://@127.0.0.1:" + wire.mediaPort(), "-o", "rist://127.0.0.1:" + wire.targetPort() + parameters(link)));
    }

    @Override
    public List<List<String>> receivers(Link link, List<Wire> wires, int mediaPort, Path folder) throws IOException {
        if (link.together()) return List.of(run(folder.resolve("flows.yaml"), FlowManifests.both(link, wires, mediaPort)));
        if (wires.size() > 1) return List.of(run(folder.resolve("receivers.yaml"), FlowManifests.receivers(link, wires, mediaPort)));
        return List.of(run("-i", "rist://@127.0.0.1:" + wires.getFirst().listenPort() + parameters(link), "-o", "udp://127.0.0.1:" + mediaPort));
    }

    @Override
    public Optional<List<String>> timedStart(int listenPort, int mediaPort, int httpPort, boolean cached) {
        if (cached && program.stream().noneMatch(OurEnds::isCache)) return Optional.empty();
        List<String> command = new ArrayList<>(program.stream().filter(argument -> cached || !isCache(argument)).toList());
        command.addAll(List.of("run", "--http", "127.0.0.1:" + httpPort, "-i", "rist://@127.0.0.1:" + listenPort, "-o", "udp://127.0.0.1:" + mediaPort));
        return Optional.of(command);
    }

    private static boolean isCache(String argument) {
        return argument.startsWith("-XX:AOTCache=");
    }

    private static String parameters(Link link) {
        return link.parameters() + "&profile=" + link.row().profileName();
    }

    private List<String> run(Path manifest, String content) throws IOException {
        return run("-f", Files.writeString(manifest, content).toString());
    }

    private List<String> run(String... what) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("run", "--no-http", "--log-level", "warn"));
        command.addAll(List.of(what));
        return command;
    }
}
