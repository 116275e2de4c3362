package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What one more flow costs in memory: heap that is in use after a collection, and direct buffers. Counted inside the process, as its resident size says more of the JVM than of flows. */
class FlowMemoryTest {
    private static final long MIB = 1 << 20;
    private static final int FLOWS = 200;
    private static final int PAIRS = 10;

    @Test
    void oneMoreIdleFlowCostsLessThanHalfAMebibyte() throws InterruptedException {
        try (FlowRig rig = new FlowRig()) {
            start(rig, "warm", 10);
            long before = settledBytes();
            start(rig, "idle", FLOWS);
            long perFlow = (usedBytes() - before) / FLOWS;
            System.out.printf("an idle flow: %,d bytes%n", perFlow);
            assertThat(perFlow).isBetween(1_000L, MIB / 2);
        }
    }

    @Test
    void oneMoreFlowOfTwoMegabitsAndASecondOfBufferCostsLessThanTwoMebibytes() throws InterruptedException {
        try (FlowRig rig = new FlowRig()) {
            stream(rig, "warm", 3);
            Thread.sleep(3_500);
            long before = settledBytes();
            stream(rig, "live", PAIRS);
            // What a sender keeps for repetitions: 1.1 buffers and two of the longest round trips, then it is full
            Thread.sleep(3_500);
            long perFlow = (usedBytes() - before) / (2 * PAIRS);
            System.out.printf("a flow of 2 Mb/s: %,d bytes%n", perFlow);
            assertThat(perFlow).isBetween(100_000L, 2 * MIB);
        }
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

    /** Once what tests before this one left behind in the process is gone: what goes later would count as this one's. */
    private static long settledBytes() throws InterruptedException {
        long before = usedBytes();
        for (int quiet = 0; quiet < 3; ) {
            Thread.sleep(300);
            long now = usedBytes();
            quiet = before - now < MIB / 4 ? quiet + 1 : 0;
            before = now;
        }
        return before;
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
