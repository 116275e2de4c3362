package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a loop's thread uses: next to nothing while nothing comes, no garbage per packet while much does. */
class TickCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long loopThread(FlowRig rig, String flow) {
        return rig.flows.ofOutputs(flow, outputs -> Thread.currentThread().threadId()).orElseThrow();
    }

    /** As of now: the first answer may be a second old, and asks for the next. */
    private static long ticks(FlowRig rig, String flow) {
        FlowSnapshot old = rig.snapshot(flow);
        while (rig.snapshot(flow) == old) LockSupport.parkNanos(1_000_000);
        return rig.snapshot(flow).inputs().getFirst().rist().ports().getFirst().receiveCalls();
    }

    @Test
    void idleListenerLooksFiftyTimesASecondAndABusyOneAtLeastTwoHundredTimes() throws Exception {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig(); FlowRig far = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=100", "check:");
            long thread = loopThread(rig, "in");
            FlowRig.until("idle", 5, () -> ticks(rig, "in") > 100);
            TimeUnit.MILLISECONDS.sleep(1_200);
            long before = ticks(rig, "in");
            long cpu = THREADS.getThreadCpuTime(thread);
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(2);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double share = (THREADS.getThreadCpuTime(thread) - cpu) / 1e9 / seconds;
            System.err.printf("idle listener: %.3f %% of a core, %.0f looks/s%n", share * 100, (ticks(rig, "in") - before) / seconds);
            assertThat((ticks(rig, "in") - before) / seconds).isBetween(20.0, 65.0);
            assertThat(share).isLessThan(0.02);
            far.start("out", "test:?mbps=0.5", "rist://127.0.0.1:" + port + "?buffer=100");
            FlowRig.until("media", 5, () -> rig.report("in", 0).stamps() > 10);
            before = ticks(rig, "in");
            begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(1);
            seconds = (System.nanoTime() - begin) / 1e9;
            assertThat((ticks(rig, "in") - before) / seconds).as("looks a second").isGreaterThan(120);
        }
    }

    @Test
    void noGarbagePerPacket() throws Exception {
        int near = FlowRig.freePort();
        int far = FlowRig.freePort();
        // 20,000 packets a second of 188 bytes each way through a relay: UDP in, session out, session in, UDP out
        try (FlowRig rig = new FlowRig(1); FlowRig source = new FlowRig(1)) {
            rig.start("receive", "rist://@127.0.0.1:" + far + "?buffer=100", "udp://127.0.0.1:9", "null:");
            rig.start("send", "udp://@127.0.0.1:" + near, "rist://127.0.0.1:" + far + "?buffer=100", "null:");
            source.flows.start(new io.ristflow.service.config.FlowSpec("source",
                    List.of(new io.ristflow.service.config.FlowSpec.Named("in", new io.ristflow.service.config.Endpoint.TestSignal("test:", 30, 188, 0))),
                    FlowRig.spec("x", "test:", "udp://127.0.0.1:" + near).outputs()));
            long thread = loopThread(rig, "receive");
            FlowRig.until("warm", 20, () -> packets(rig) > 60_000);
            double least = Double.MAX_VALUE;
            for (int round = 0; round < 3; round++) {
                long packets = packets(rig);
                long bytes = THREADS.getThreadAllocatedBytes(thread);
                TimeUnit.MILLISECONDS.sleep(1_000);
                least = Math.min(least, (double) (THREADS.getThreadAllocatedBytes(thread) - bytes) / (packets(rig) - packets));
            }
            System.err.printf("%.1f bytes a packet through both flows%n", least);
            assertThat(least).as("bytes allocated per packet through both flows, ticks and snapshots included").isLessThan(30);
        }
    }

    private static long packets(FlowRig rig) {
        return rig.flows.ofOutputs("receive", outputs -> outputs.get(1).stats().packets()).orElseThrow();
    }
}
