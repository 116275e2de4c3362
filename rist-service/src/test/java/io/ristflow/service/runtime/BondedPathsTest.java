package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.api.PathStats;
import io.ristflow.service.demo.BadPath;
import io.ristflow.service.demo.BadPath.Manners;
import io.ristflow.service.media.CheckerReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One flow over two paths, each with sockets of its own at either end. */
class BondedPathsTest {
    @ParameterizedTest(name = "{0}, the {1} calls, weights {2}")
    @CsvSource({"main, sender, 1", "main, receiver, 1", "simple, sender, 1", "simple, receiver, 1", "auto, sender, 0", "main, sender, 0"})
    void mediaCrossesOnBothPaths(String profile, String caller, int weight) {
        int a = FlowRig.freePort();
        int b = FlowRig.freePort();
        String spoken = profile.equals("auto") ? "simple" : profile;
        String listen = "rist://@127.0.0.1:" + a + "?buffer=500&weight=" + weight + "&profile=" + profile + ",rist://@127.0.0.1:" + b + "?weight=" + weight + "&profile=" + profile;
        String call = "rist://127.0.0.1:" + a + "?buffer=500&weight=" + weight + "&profile=" + spoken + ",rist://127.0.0.1:" + b + "?weight=" + weight + "&profile=" + spoken;
        try (FlowRig rig = new FlowRig()) {
            boolean senderCalls = caller.equals("sender");
            rig.start("in", senderCalls ? listen : call, "check:");
            rig.start("out", "test:?mbps=5", senderCalls ? call : listen);
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 500);
            List<FlowSnapshot.PathView> paths = rig.snapshot("out").outputs().getFirst().rist().paths();
            assertThat(paths).hasSize(2);
            long first = paths.get(0).stats().sentPackets();
            long second = paths.get(1).stats().sentPackets();
            assertThat(second).as("of the other path's %d", first).isBetween(first * 9 / 10 - 20, first * 11 / 10 + 20);
            assertThat(rig.snapshot("in").inputs().getFirst().rist().paths()).hasSize(2);
            assertThat(rig.snapshot("in").inputs().getFirst().rist().stats().flows()).hasSize(1);
            rig.flows.drain("out");
            CheckerReport report = rig.report("in", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
        }
    }

    @Test
    void aPathThatDiesLosesNothing() throws Exception {
        int a = FlowRig.freePort();
        int b = FlowRig.freePort();
        try (FlowRig rig = new FlowRig();
                BadPath first = new BadPath(loopback(a), 1, new Manners(0, 1, 10, 1));
                BadPath second = new BadPath(loopback(b), 1, new Manners(0, 1, 10, 2))) {
            rig.start("in", "rist://@127.0.0.1:" + a + "?buffer=1000,rist://@127.0.0.1:" + b, "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + first.port() + "?buffer=1000&weight=5,rist://127.0.0.1:" + second.port() + "?weight=5");
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 500);
            second.outage(true);
            FlowRig.until("the dead path carries nothing", 5, () -> bonding(rig, 1).silent());
            Thread.sleep(1_500);
            rig.flows.drain("out");
            CheckerReport report = rig.report("in", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
        }
    }

    @Test
    void pathsComeGoAndAreWeighedWhileMediaFlows() throws Exception {
        int a = FlowRig.freePort();
        int b = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + a + "?buffer=500", "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + a + "?buffer=500&weight=1");
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 200);
            rig.flows.addPath("in", "in", "second", "rist://@127.0.0.1:" + b);
            rig.flows.addPath("out", "out0", "second", "rist://127.0.0.1:" + b + "?weight=1");
            FlowRig.until("both carry", 5, () -> sent(rig, "second") > 200);
            assertThat(rig.flows.weigh("out", "out0", "second", 9)).isTrue();
            assertThat(rig.flows.weigh("out", "out0", "third", 9)).isFalse();
            assertThatThrownBy(() -> rig.flows.addPath("out", "out0", "second", "rist://127.0.0.1:" + b)).hasMessage("path: second is there already; choose another name");
            assertThatThrownBy(() -> rig.flows.addPath("out", "out0", "third", "rist://@127.0.0.1:" + b)).hasMessage("path third: the other paths call; write the host without @");
            assertThatThrownBy(() -> rig.flows.addPath("out", "nowhere", "third", "rist://127.0.0.1:" + b)).hasMessage("flow out: no RIST input or output is named nowhere");
            assertThat(rig.flows.removePath("out", "out0", "path-1")).isTrue();
            assertThat(rig.flows.removePath("in", "in", "path-1")).isTrue();
            assertThatThrownBy(() -> rig.flows.removePath("out", "out0", "second")).hasMessageContaining("second is the only path");
            long before = sent(rig, "second");
            FlowRig.until("the new path carries all", 5, () -> sent(rig, "second") > before + 500);
            assertThat(rig.snapshot("out").outputs().getFirst().rist().paths()).hasSize(1);
            rig.flows.drain("out");
            CheckerReport report = rig.report("in", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
        }
    }

    private static long sent(FlowRig rig, String path) {
        return rig.snapshot("out").outputs().getFirst().rist().paths().stream().filter(p -> p.name().equals(path)).mapToLong(p -> p.stats().sentPackets()).sum();
    }

    private static PathStats.Bonding bonding(FlowRig rig, int leg) {
        return rig.snapshot("out").outputs().getFirst().rist().paths().stream().map(p -> p.stats().bonding()).filter(b -> b.leg() == leg).findFirst().orElseThrow();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
