package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.demo.BadPath;
import io.ristflow.service.inputs.Merge;
import io.ristflow.service.media.CheckerReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One signal over two ways into one flow. The signal is at 5 Mb/s: 475 packets a second. */
class TwoInputsTest {
    private static final double PACKETS_PER_SECOND = 5e6 / 8 / 1_316;

    private final int first = FlowRig.freePort();
    private final int second = FlowRig.freePort();

    private static BadPath path(int port, double loss, double delayMs) {
        return new BadPath(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1, new BadPath.Manners(loss, 1, delayMs, port));
    }

    private static void untilStamps(FlowRig rig, long more) {
        long stamps = rig.report("in", 0).stamps();
        FlowRig.until(more + " packets more", 20, () -> rig.report("in", 0).stamps() >= stamps + more);
    }

    private static boolean active(FlowRig rig, int input) {
        return rig.snapshot("in").inputs().get(input).active();
    }

    private static Merge.Stats merge(FlowRig rig) {
        return rig.snapshot("in").join().merge();
    }

    @Test
    void backupTakesOverWithinTheSilenceAndThePreferredInputComesBack() {
        try (FlowRig rig = new FlowRig(); BadPath path = path(first, 0, 1)) {
            rig.start("in", "failover,preferred=first,return-after-ms=1000", List.of("udp://@127.0.0.1:" + first, "udp://@127.0.0.1:" + second), "check:");
            rig.start("out", "test:?mbps=5", "udp://127.0.0.1:" + path.port(), "udp://127.0.0.1:" + second);
            untilStamps(rig, 500);
            assertThat(rig.report("in", 0).clean()).isTrue();
            assertThat(active(rig, 0)).isTrue();
            path.outage(true);
            FlowRig.until("the backup", 5, () -> active(rig, 1));
            untilStamps(rig, 100);
            CheckerReport report = rig.report("in", 0);
            assertThat(report.lost() / PACKETS_PER_SECOND).as("seconds without media").isBetween(0.45, 0.8);
            assertThat(report.restarts()).isZero();
            path.outage(false);
            FlowRig.until("the preferred input", 5, () -> active(rig, 0));
            untilStamps(rig, 100);
            assertThat(rig.report("in", 0).lost() - report.lost()).isLessThan(10);
            assertThat(rig.snapshot("in").join().switches()).isEqualTo(2);
            assertThat(rig.toldOfInputs).extracting(t -> t.input() + " " + t.event().active() + " " + t.event().why()).containsExactly(
                    "first false second took over", "second true first is silent", "first true preferred and well", "second false first took over");
        }
    }

    @Test
    void ristInputWhoseSenderDiesIsLeftWhenItsBufferRunsDry() {
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "failover,preferred=first", List.of("rist://@127.0.0.1:" + first + "?buffer=1000", "rist://@127.0.0.1:" + second + "?buffer=1000"), "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + second + "?buffer=1000", "rist://127.0.0.1:" + first + "?buffer=1000");
            untilStamps(rig, 500);
            long before = rig.report("in", 0).lost();
            assertThat(rig.flows.removeOutput("out", "out1")).isTrue();
            FlowRig.until("the backup", 5, () -> active(rig, 1));
            untilStamps(rig, 100);
            assertThat((rig.report("in", 0).lost() - before) / PACKETS_PER_SECOND).as("seconds without media, though the silence is half a second").isLessThan(0.3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"rtp,''", "rist,?buffer=100&profile=main", "rist,?buffer=100&profile=simple"})
    void everythingArrivesOnceAndInOrderWhicheverWayDies(String scheme, String settings) {
        boolean rist = scheme.equals("rist");
        String listen = scheme + "://@127.0.0.1:";
        String call = scheme + "://127.0.0.1:";
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "merge", List.of(listen + first + settings, listen + second + settings), "check:");
            // The second way begins later, so that a RIST sender numbers otherwise
            rig.start("out", "test:?mbps=5", call + first + settings, "null:");
            untilStamps(rig, 50);
            rig.flows.addOutput("out", FlowRig.output("second", call + second + settings));
            FlowRig.until("both", 5, () -> merge(rig).aligned());
            untilStamps(rig, 400);
            assertThat(rig.flows.removeOutput("out", "out0")).isTrue();
            untilStamps(rig, 400);
            FlowRig.until("one", 5, () -> !active(rig, 0) && active(rig, 1));
            rig.flows.addOutput("out", FlowRig.output("again", call + first + settings));
            FlowRig.until("both again", 10, () -> active(rig, 0));
            untilStamps(rig, 100);
            assertThat(rig.flows.removeOutput("out", "second")).isTrue();
            untilStamps(rig, 400);
            CheckerReport report = rig.report("in", 0);
            assertThat(report.clean()).as("%s %s", report, merge(rig)).isTrue();
            assertThat(report.restarts()).isZero();
            if (rist) assertThat(merge(rig).second().duplicates()).isPositive();
        }
    }

    @Test
    void lossesOfOneWayAreFilledFromAnotherThatIsSlower() {
        try (FlowRig rig = new FlowRig(); BadPath lossy = path(first, 0.2, 5); BadPath slow = path(second, 0, 60)) {
            rig.start("in", "merge,skew-ms=500", List.of("rtp://@127.0.0.1:" + first, "rtp://@127.0.0.1:" + second), "check:");
            rig.start("out", "test:?mbps=5", "rtp://127.0.0.1:" + lossy.port(), "rtp://127.0.0.1:" + slow.port());
            FlowRig.until("both", 5, () -> rig.snapshot("in").join() != null && merge(rig).aligned());
            untilStamps(rig, 200);
            CheckerReport before = rig.report("in", 0);
            untilStamps(rig, 1_500);
            CheckerReport report = rig.report("in", 0);
            // On a busy machine the slow way may be slower than ever before, once; that nothing is lost otherwise shows MergeTest
            assertThat(report.lost() - before.lost()).as("%s", merge(rig)).isLessThan(15);
            assertThat(report.outOfOrder() + report.duplicated() + report.corrupted()).isEqualTo(before.outOfOrder() + before.duplicated() + before.corrupted());
            assertThat(merge(rig).first().missing()).isGreaterThan(150);
            assertThat(merge(rig).second().used()).isGreaterThan(150);
        }
    }

    @Test
    void inputsThatDoNotMatchAreToldAndOnlyOneIsUsed() throws Exception {
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "merge", List.of("rtp://@127.0.0.1:" + first, "rtp://@127.0.0.1:" + second), "check:");
            rig.start("one", "test:?mbps=5", "rtp://127.0.0.1:" + first);
            rig.start("other", "test:?mbps=5", "rtp://127.0.0.1:" + second);
            FlowRig.until("told", 10, () -> rig.snapshot("in").degraded().contains("inputs: they do not carry the same packets, so only one of them is used"));
            assertThat(rig.report("in", 0).clean()).isTrue();
            rig.flows.drain("one");
            rig.flows.drain("other");
            TimeUnit.MILLISECONDS.sleep(800);
            assertThat(rig.snapshot("in").degraded()).containsExactly("input first: silent", "input second: silent");
        }
    }
}
