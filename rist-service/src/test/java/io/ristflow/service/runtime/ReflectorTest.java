package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.PathStats;
import io.ristflow.service.demo.BadPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One input, many callers of one output. */
class ReflectorTest {
    private static final int CALLERS = 20;
    private static final String FAST = "?buffer=500";

    private static List<FlowSnapshot.PathView> callers(FlowRig rig) {
        return rig.snapshot("reflector").outputs().getFirst().rist().paths();
    }

    private static long connected(FlowRig rig) {
        return callers(rig).stream().filter(path -> path.stats().state() == PathStats.State.CONNECTED).count();
    }

    @Test
    void twentyCallersGetEverythingAndEachHasItsOwnStatistics() {
        int in = FlowRig.freePort();
        int out = FlowRig.freePort();
        InetSocketAddress reflector = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), out);
        try (FlowRig rig = new FlowRig(); BadPath lossy = new BadPath(reflector, 1, new BadPath.Manners(0.1, 1, 5, 1))) {
            rig.start("reflector", "rist://@127.0.0.1:" + in + FAST, "rist://@127.0.0.1:" + out + FAST + "&reflector=1");
            rig.start("source", "test:?mbps=2", "rist://127.0.0.1:" + in + FAST);
            FlowRig.until("media", 10, () -> rig.snapshot("reflector").outputs().getFirst().rist().stats().pushed() > 300);
            // The first caller has a bad path, the others a clean one
            for (int i = 0; i < CALLERS; i++) rig.start("caller" + i, "rist://127.0.0.1:" + (i == 0 ? lossy.port() : out) + FAST, "check:");
            FlowRig.until("everybody", 10, () -> connected(rig) == CALLERS);
            long[] since = new long[CALLERS];
            for (int i = 0; i < CALLERS; i++) since[i] = rig.report("caller" + i, 0).stamps();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                FlowRig.until("media at caller " + i, 10, () -> rig.report("caller" + caller, 0).stamps() > since[caller] + 400);
                assertThat(rig.report("caller" + i, 0).clean()).as("caller %d: %s", i, rig.report("caller" + i, 0)).isTrue();
            }
            FlowRig.until("repeats in the snapshot", 5, () -> callers(rig).stream().anyMatch(path -> path.stats().retransmitted() > 20));
            List<FlowSnapshot.PathView> paths = callers(rig);
            assertThat(paths).extracting(FlowSnapshot.PathView::remote).doesNotHaveDuplicates().hasSize(CALLERS);
            assertThat(paths).allSatisfy(path -> assertThat(path.stats().sentPackets()).isGreaterThan(400));
            assertThat(paths.stream().filter(path -> path.stats().retransmitted() > 20)).as("only the caller on the bad path").hasSize(1);
            // Nothing was kept for them: who comes late begins with the live picture
            assertThat(paths).allSatisfy(path -> assertThat(path.stats().sentPackets()).isLessThan(rig.snapshot("reflector").outputs().getFirst().rist().stats().pushed() - 250));
            for (int i = 5; i < CALLERS; i++) rig.flows.drain("caller" + i);
            FlowRig.until("those who stay", 10, () -> connected(rig) == 5 && callers(rig).size() == 5);
            assertThat(rig.report("caller1", 0).clean()).isTrue();
        }
    }
}
