package io.ristflow.service.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where it was measured: figures of another machine mean something else.
 *
 * @param load how many threads wanted a core in the last minute, before the bench began
 */
record Machine(int cores, String cpu, String kernel, String jdk, double load, String time) {
    private static final double IDLE_LOAD_PER_CORE = 0.25;

    static Machine describe() {
        return new Machine(Runtime.getRuntime().availableProcessors(), cpuModel(cpuInfo()), System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Others were at work on it as well: CPU times are of this machine's caches and clocks, so they suffer, and latencies suffer more. */
    boolean busy() {
        return load > IDLE_LOAD_PER_CORE * cores;
    }

    static String cpuModel(String cpuInfo) {
        return cpuInfo.lines().filter(line -> line.startsWith("model name")).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
    }

    private static String cpuInfo() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }
}
