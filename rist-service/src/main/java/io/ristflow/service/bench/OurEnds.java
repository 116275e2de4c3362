package io.ristflow.service.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;

/** {@code rist run}, twice: the program that this process was started from, under the same JVM with the same flags. */
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
    public List<String> sender(Link link, int mediaPort, int ristPort) {
        return run("udp://@127.0.0.1:" + mediaPort, "rist://127.0.0.1:" + ristPort + parameters(link));
    }

    @Override
    public List<String> receiver(Link link, int ristPort, int mediaPort) {
        return run("rist://@127.0.0.1:" + ristPort + parameters(link), "udp://127.0.0.1:" + mediaPort);
    }

    private static String parameters(Link link) {
        return link.parameters() + "&profile=" + link.row().profileName();
    }

    private List<String> run(String input, String output) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("run", "--no-http", "--log-level", "warn", "-i", input, "-o", output));
        return command;
    }
}
