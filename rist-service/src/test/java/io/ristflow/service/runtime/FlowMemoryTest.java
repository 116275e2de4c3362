package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What one more flow costs in memory: heap that is in use after a collection, and direct buffers. Counted inside the process, as its resident size says more of the JVM than of flows; in a process of its
 * own, as what the tests before this one have left behind goes when it likes.
 */
class FlowMemoryTest {
    private static final long MIB = 1 << 20;
    private static final int FLOWS = 200;
    private static final int PAIRS = 10;

    @Test
    void oneMoreIdleFlowCostsLessThanHalfAMebibyte() throws Exception {
        assertThat(bytesPerFlow("idle")).isBetween(1_000L, MIB / 2);
    }

    @Test
    void oneMoreFlowOfTwoMegabitsAndASecondOfBufferCostsLessThanTwoMebibytes() throws Exception {
        assertThat(bytesPerFlow("live")).isBetween(100_000L, 2 * MIB);
    }

    private static long bytesPerFlow(String what) throws Exception {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp", ManagementFactory.getRuntimeMXBean().getClassPath(), FlowMemoryTest.class.getName(), what).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        System.out.printf("%s flow: %s bytes%n", what, said.strip());
        return said.lines().map(String::strip).filter(line -> line.matches("-?[0-9]+")).mapToLong(Long::parseLong).reduce((_, last) -> last).orElseThrow();
    }

    /** In a process of its own; the last line of its output is the answer. */
    public static void main(String[] args) throws InterruptedException {
        try (FlowRig rig = new FlowRig()) {
            System.out.println(args[0].equals("idle") ? idle(rig) : live(rig));
        }
        System.exit(0);
    }

    private static long idle(FlowRig rig) throws InterruptedException {
        start(rig, "warm", 10);
        long before = usedBytes();
        start(rig, "idle", FLOWS);
        return (usedBytes() - before) / FLOWS;
    }

    private static long live(FlowRig rig) throws InterruptedException {
        stream(rig, "warm", 3);
        Thread.sleep(3_500);
        long before = usedBytes();
        stream(rig, "live", PAIRS);
        // What a sender keeps for repetitions: 1.1 buffers and two of the longest round trips, then it is full
        Thread.sleep(3_500);
        return (usedBytes() - before) / (2 * PAIRS);
    }

    private static void start(FlowRig rig, String name, int flows) {
        for (int i = 0; i < flows; i++) rig.start(name + i, "rist://@127.0.0.1:" + FlowRig.freePort() + "?buffer=1000", "null:");
    }

    private static void stream(FlowRig rig, String name, int pairs) {
        for (int i = 0; i < pairs; i++) {
            int port = FlowRig.freePort();
            rig.start(name + "-receiver" + i, "rist://@127.0.0.1:" + port + "?buffer=1000", "null:");
            rig.start(name + "-sender" + i, "test:?mbps=2", "rist://127.0.0.1:" + port + "?buffer=1000");
        }
    }

    /** The least of a few looks, apart in time: direct buffers that were thrown away are freed a while after the collection that found them. */
    private static long usedBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            System.gc();
            Thread.sleep(50);
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct);
        }
        return least;
    }
}
