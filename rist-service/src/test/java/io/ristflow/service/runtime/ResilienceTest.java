package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.net.VertxInternals;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network and the machine misbehave; streams go on. */
class ResilienceTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** Forwards between whoever calls and one listener, a socket per caller as a NAT has; can swallow what comes from a caller's port for ever, as a stale conntrack entry does. */
    private static final class Nat implements AutoCloseable {
        private final DatagramSocket near = new DatagramSocket(0, LOOPBACK);
        private final InetSocketAddress target;
        private final Map<SocketAddress, DatagramSocket> callers = new HashMap<>();
        private volatile SocketAddress swallowed;
        private volatile SocketAddress latest;

        Nat(int port) throws IOException {
            target = new InetSocketAddress(LOOPBACK, port);
            Thread.ofPlatform().daemon().start(this::forward);
        }

        int port() {
            return near.getLocalPort();
        }

        void swallowCaller() {
            swallowed = latest;
        }

        private void forward() {
            byte[] bytes = new byte[2_048];
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                    near.receive(packet);
                    SocketAddress from = packet.getSocketAddress();
                    latest = from;
                    if (from.equals(swallowed)) continue;
                    DatagramSocket out = callers.get(from);
                    if (out == null) callers.put(from, out = open(from));
                    out.send(new DatagramPacket(bytes, packet.getLength(), target));
                }
            } catch (IOException e) {
                callers.values().forEach(DatagramSocket::close);
            }
        }

        private DatagramSocket open(SocketAddress caller) throws IOException {
            DatagramSocket out = new DatagramSocket(0, LOOPBACK);
            Thread.ofPlatform().daemon().start(() -> {
                byte[] bytes = new byte[2_048];
                try {
                    while (true) {
                        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                        out.receive(packet);
                        if (!caller.equals(swallowed)) near.send(new DatagramPacket(bytes, packet.getLength(), caller));
                    }
                } catch (IOException e) {
                    out.close();
                }
            });
            return out;
        }

        @Override
        public void close() {
            near.close();
        }
    }

    @ParameterizedTest(name = "the caller is the {0}")
    @ValueSource(strings = {"sender", "receiver"})
    void callerWhosePortIsBlackHoledTakesAnother(String caller) throws Exception {
        int port = FlowRig.freePort();
        String settings = "?buffer=100&session-timeout=400";
        try (FlowRig rig = new FlowRig(); Nat nat = new Nat(port)) {
            String listen = "rist://@127.0.0.1:" + port + settings;
            String call = "rist://127.0.0.1:" + nat.port() + settings;
            rig.start("in", caller.equals("sender") ? listen : call, "check:");
            rig.start("out", "test:?mbps=5", caller.equals("sender") ? call : listen);
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 50);
            nat.swallowCaller();
            FlowRig.until("re-bind", 10, () -> rig.heard(SessionEvent.RebindWanted.class, caller.equals("sender") ? "out" : "in"));
            long stamps = rig.report("in", 0).stamps();
            FlowRig.until("media again", 10, () -> rig.report("in", 0).stamps() > stamps + 100);
        }
    }

    @Test
    void twoHundredRebindsLeakNoSocket() {
        try (FlowRig rig = new FlowRig(1)) {
            int silent = FlowRig.freePort();
            rig.start("out", "test:?mbps=1", "rist://127.0.0.1:" + silent + "?profile=simple");
            int files = FlowRig.openFiles();
            for (int i = 0; i < 200; i++) rig.flows.rebind("out");
            // Sockets of the tests before may still be closing; a leak would be hundreds.
            assertThat(FlowRig.openFiles()).isLessThan(files + 20);
            rig.start("in", "rist://@127.0.0.1:" + silent + "?profile=simple&buffer=100", "check:");
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 50);
        }
    }

    @Test
    void stallOfHalfASecondLosesNothing() throws Exception {
        int port = FlowRig.freePort();
        try (FlowRig sending = new FlowRig(); FlowRig receiving = new FlowRig(1)) {
            receiving.start("in", "rist://@127.0.0.1:" + port + "?buffer=1000", "check:");
            sending.start("out", "test:?mbps=10", "rist://127.0.0.1:" + port + "?buffer=1000");
            FlowRig.until("media", 10, () -> receiving.report("in", 0).stamps() > 100);
            VertxInternals.execute(VertxInternals.newEventLoopContext(receiving.vertx), () -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(500);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            long stamps = receiving.report("in", 0).stamps();
            FlowRig.until("media after it", 10, () -> receiving.report("in", 0).stamps() > stamps + 1_500);
            CheckerReport report = receiving.report("in", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
            assertThat(receiving.snapshot("in").inputs().getFirst().rist().ports().getFirst().kernelDrops()).isZero();
        }
    }

    @Test
    void deadOutputsHoldUpNobody() throws Exception {
        int gone = FlowRig.freePort();
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig(1)) {
            rig.start("vanishes", "rist://@127.0.0.1:" + gone + "?buffer=100", "null:");
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=500", "check:");
            rig.start("out", "test:?mbps=20", "udp://127.0.0.1:9", "rist://127.0.0.1:" + gone + "?session-timeout=400&buffer=100", "rist://127.0.0.1:" + gone + "?profile=simple", "rist://127.0.0.1:" + port + "?buffer=500", "check:");
            FlowRig.until("all peers", 10, () -> rig.report("in", 0).stamps() > 100 && rig.heard(SessionEvent.PeerConnected.class, "vanishes"));
            rig.flows.drain("vanishes");
            FlowRig.until("the peer is missed", 10, () -> rig.told.stream().anyMatch(t -> t.flow().equals("out") && t.event() instanceof SessionEvent.PeerLost));
            long stamps = rig.report("in", 0).stamps();
            FlowRig.until("media after it", 10, () -> rig.report("in", 0).stamps() > stamps + 2_000);
            assertThat(rig.report("in", 0).clean()).isTrue();
            assertThat(rig.report("out", 1).clean()).isTrue();
            assertThat(rig.snapshot("out").degraded()).anyMatch(text -> text.startsWith("output out1: the peer is gone")).anyMatch(text -> text.startsWith("output out2: no peer yet"));
        }
    }

    @Test
    void senderThatRestartsUnderAnotherFlowIdIsCarriedAtOnce() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=300", "udp://127.0.0.1:9", "check:");
            rig.start("first", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=300&flow-id=100");
            FlowRig.until("media", 10, () -> rig.report("in", 1).stamps() > 100);
            rig.flows.drain("first");
            long restarts = rig.report("in", 1).restarts();
            rig.start("second", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=300&flow-id=200");
            long beganNs = System.nanoTime();
            FlowRig.until("the new one", 10, () -> rig.report("in", 1).restarts() > restarts);
            // Its buffer and 250 ms of silence, not the session timeout of its predecessor (2,000 ms)
            assertThat(System.nanoTime() - beganNs).isLessThan(1_500_000_000L);
            FlowRig.until("more of it", 10, () -> rig.snapshot("in").inputs().getFirst().rist().stats().flows().stream().anyMatch(f -> f.flowId() == 200 && f.delivered() > 200));
            long lost = rig.snapshot("in").inputs().getFirst().rist().stats().flows().stream().filter(f -> f.flowId() == 200).findFirst().orElseThrow().lost();
            assertThat(lost).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"simple", "main"})
    void outputsSelectAmongTwoSendersOfOnePort(String profile) throws Exception {
        int port = FlowRig.freePort();
        String settings = "?buffer=500&profile=" + profile;
        try (FlowRig rig = new FlowRig(); DatagramSocket one = new DatagramSocket(0, LOOPBACK); DatagramSocket two = new DatagramSocket(0, LOOPBACK)) {
            // Which of the two each datagram is of shows in the checker: a mixture would be nothing but restarts
            rig.start("in", "rist://@127.0.0.1:" + port + settings, "check:", "udp://127.0.0.1:" + one.getLocalPort() + "?flow-id=200", "udp://127.0.0.1:" + two.getLocalPort() + "?flow-id=100");
            rig.start("a", "test:?mbps=5", "rist://127.0.0.1:" + port + settings + "&flow-id=100");
            FlowRig.until("the first", 10, () -> rig.report("in", 0).stamps() > 50);
            rig.start("b", "test:?mbps=2", "rist://127.0.0.1:" + port + settings + "&flow-id=200");
            FlowRig.until("both flows", 10, () -> rig.snapshot("in").inputs().getFirst().rist().stats().flows().stream().filter(f -> f.delivered() > 200).count() == 2);
            CheckerReport report = rig.report("in", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
            assertThat(report.restarts()).isZero();
            Map<String, Long> packets = new HashMap<>();
            for (FlowSnapshot.OutputView out : rig.snapshot("in").outputs()) packets.put(out.name(), out.media().packets());
            long first = delivered(rig, 100);
            long second = delivered(rig, 200);
            assertThat((double) packets.get("out1")).isBetween(second * 0.8, second * 1.2);
            assertThat((double) packets.get("out2")).isBetween(first * 0.8, first * 1.2);
        }
    }

    private static long delivered(FlowRig rig, int flowId) {
        return rig.snapshot("in").inputs().getFirst().rist().stats().flows().stream().filter(f -> f.flowId() == flowId).findFirst().orElseThrow().delivered();
    }

    @Test
    void refusedCallersFaultIsStillSeenWhenItHasGivenUp() throws Exception {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?secret=abcdefgh&aes-type=256", "null:");
            rig.start("out", "test:?mbps=1", "rist://127.0.0.1:" + port + "?secret=abcdefgh&aes-type=128");
            FlowRig.until("refusal", 3, () -> rig.snapshot("in").inputs().getFirst().rist().activeFaults().stream().anyMatch(FlowSnapshot.FaultView::active));
            rig.flows.drain("out");
            FlowRig.until("the stranger is forgotten", 12, () -> rig.snapshot("in").inputs().getFirst().rist().paths().isEmpty());
            assertThat(rig.snapshot("in").inputs().getFirst().rist().activeFaults()).anyMatch(f -> f.fault() == Fault.AES_SIZE_MISMATCH && !f.active());
            assertThat(rig.snapshot("in").degraded()).anyMatch(text -> text.contains("AesSizeMismatch from 127.0.0.1:"));
        }
    }

    @Test
    void twoHundredIdleFlowsRunAndStopSideBySide() throws Exception {
        try (FlowRig rig = new FlowRig()) {
            for (int i = 0; i < 200; i++) rig.start("idle-" + i, "udp://@127.0.0.1:" + FlowRig.freePort(), "rist://127.0.0.1:9");
            assertThat(rig.flows.snapshots()).hasSize(200).allMatch(f -> f.state() == FlowSnapshot.State.RUNNING);
            CountDownLatch answered = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) VertxInternals.execute(VertxInternals.newEventLoopContext(rig.vertx), answered::countDown);
            assertThat(answered.await(2, TimeUnit.SECONDS)).isTrue();
            rig.flows.drainAll();
            assertThat(rig.flows.snapshots()).isEmpty();
        }
    }
}
