package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.net.PortException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, failing, stopping: nothing half open, nobody else disturbed, nothing that came in lost. */
class LifecycleTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    Path folder;

    @Test
    void startThatFailsHalfwayLeavesNothingOpenAndTheNameFree() throws Exception {
        int taken = FlowRig.freePort();
        int free = FlowRig.freePort();
        Path recording = Files.writeString(folder.resolve("recording.ts"), "yesterday's");
        try (FlowRig rig = new FlowRig(); DatagramSocket other = new DatagramSocket(taken, LOOPBACK)) {
            rig.start("before", "test:", "null:");
            int files = FlowRig.openFiles();
            String[] outputs = {"udp://127.0.0.1:9", "rist://@127.0.0.1:" + free, "rist://@127.0.0.1:" + other.getLocalPort(), "file:" + recording};
            assertThatThrownBy(() -> rig.start("half", "rist://@127.0.0.1:" + (free + 1), outputs)).isInstanceOf(PortException.class).hasMessageContaining("in use");
            FlowRig.until("nothing left open", 5, () -> FlowRig.openFiles() <= files);
            assertThat(rig.flows.snapshots()).extracting(FlowSnapshot::name).containsExactly("before");
            assertThat(recording).as("an output file is not emptied by a flow that never ran").hasContent("yesterday's");
            rig.start("half", "rist://@127.0.0.1:" + (free + 1), "rist://@127.0.0.1:" + free);
            assertThat(rig.snapshot("half").state()).isEqualTo(FlowSnapshot.State.RUNNING);
        }
    }

    @Test
    void nameOfARunningFlowIsRefused() {
        try (FlowRig rig = new FlowRig()) {
            rig.start("one", "test:", "null:");
            assertThatThrownBy(() -> rig.start("one", "test:", "null:")).isInstanceOf(ConfigException.class).hasMessageContaining("one is the name of another flow");
        }
    }

    @Test
    void processIsNotCompleteBeforeItsLastFlowRuns() throws Exception {
        try (FlowRig rig = new FlowRig()) {
            assertThat(rig.flows.complete()).isFalse();
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch holding = new CountDownLatch(2);
            // Both loops are busy, so that the start waits for one
            for (int i = 0; i < 2; i++) io.ristflow.service.net.VertxInternals.execute(io.ristflow.service.net.VertxInternals.newEventLoopContext(rig.vertx), () -> {
                holding.countDown();
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            holding.await();
            CompletableFuture<Void> start = CompletableFuture.runAsync(() -> rig.flows.startAll(List.of(FlowRig.spec("one", "test:", "null:"))));
            FlowRig.until("listed", 5, () -> !rig.flows.snapshots().isEmpty());
            assertThat(rig.snapshot("one").state()).isEqualTo(FlowSnapshot.State.STARTING);
            assertThat(rig.flows.complete()).isFalse();
            held.countDown();
            start.join();
            assertThat(rig.flows.complete()).isTrue();
            assertThat(rig.snapshot("one").state()).isEqualTo(FlowSnapshot.State.RUNNING);
        }
    }

    @Test
    void drainPlaysOutWhatTheReceiverHoldsInItsOwnTimeThenSaysFarewell() throws Exception {
        int near = FlowRig.freePort();
        int far = FlowRig.freePort();
        Path file = folder.resolve("out.ts");
        try (FlowRig rig = new FlowRig(); DatagramSocket udp = new DatagramSocket(0, LOOPBACK)) {
            // The system's default buffer holds less than half of what the recovery buffer does
            udp.setReceiveBufferSize(212_992);
            rig.start("end", "rist://@127.0.0.1:" + far + "?buffer=500", "check:");
            rig.start("relay", "rist://@127.0.0.1:" + near + "?buffer=1000", "file:" + file, "udp://127.0.0.1:" + udp.getLocalPort(), "rist://127.0.0.1:" + far + "?buffer=500");
            rig.start("source", "test:?mbps=5", "rist://127.0.0.1:" + near + "?buffer=1000");
            CompletableFuture<Long> datagrams = CompletableFuture.supplyAsync(() -> count(udp));
            FlowRig.until("media", 10, () -> rig.report("end", 0).stamps() > 100);
            rig.flows.stopInput("source");
            long sent = rig.snapshot("source").inputs().getFirst().media().packets();
            rig.flows.drain("relay");
            assertThat(Files.size(file)).as("in the file").isEqualTo(sent * 1_316);
            assertThat(datagrams.join()).as("by UDP").isEqualTo(sent);
            FlowRig.until("all at the far end", 5, () -> rig.report("end", 0).stamps() == sent);
            CheckerReport report = rig.report("end", 0);
            assertThat(report.clean()).as("%s", report).isTrue();
            FlowRig.until("farewell", 2, () -> rig.told.stream().anyMatch(t -> t.flow().equals("end") && t.event() instanceof SessionEvent.PeerLost lost && lost.why().contains("farewell")));
            assertThat(rig.flows.snapshots()).extracting(FlowSnapshot::name).doesNotContain("relay");
        }
    }

    @Test
    void shutdownOfTheHostReturnsWhenTheDrainThatIsUnderWayIsDone() throws Exception {
        int port = FlowRig.freePort();
        Path file = folder.resolve("out.ts");
        try (FlowRig rig = new FlowRig(); FlowRig far = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=600", "file:" + file);
            far.start("out", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=600");
            FlowRig.until("media", 10, () -> rig.snapshot("in").outputs().getFirst().media().packets() > 100);
            far.flows.stopInput("out");
            long sent = far.snapshot("out").inputs().getFirst().media().packets();
            CompletableFuture<Void> first = CompletableFuture.runAsync(rig.flows::drainAll);
            FlowRig.until("draining", 5, () -> rig.flows.snapshot("in").map(f -> f.state() == FlowSnapshot.State.DRAINING).orElse(true));
            rig.flows.onShutdown(null);
            assertThat(rig.flows.snapshots()).isEmpty();
            assertThat(Files.size(file)).isEqualTo(sent * 1_316);
            first.join();
        }
    }

    private static long count(DatagramSocket socket) {
        byte[] bytes = new byte[2_048];
        long count = 0;
        try {
            socket.setSoTimeout(5_000);
            while (true) {
                socket.receive(new DatagramPacket(bytes, bytes.length));
                count++;
                socket.setSoTimeout(1_500);
            }
        } catch (SocketTimeoutException e) {
            return count;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void flowThatStopsLeavesOthersOfItsLoopAlone() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig(1)) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=500", "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=500");
            for (int i = 0; i < 5; i++) {
                rig.start("passer-by", "rist://@127.0.0.1:" + FlowRig.freePort(), "null:");
                rig.flows.drain("passer-by");
            }
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 300);
            rig.flows.drain("out");
            assertThat(rig.report("in", 0).clean()).isTrue();
        }
    }

    @Test
    void flowWhoseTickThrowsFailsAloneAndIsListed() {
        int port = FlowRig.freePort();
        int broken = FlowRig.freePort();
        try (FlowRig rig = new FlowRig(1)) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=500", "check:");
            rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=500");
            int files = FlowRig.openFiles();
            rig.defect = "broken";
            rig.start("broken", "rist://@127.0.0.1:" + broken, "udp://127.0.0.1:9", "null:");
            rig.start("caller", "test:?mbps=5", "rist://127.0.0.1:" + broken);
            FlowRig.until("failure", 5, () -> rig.snapshot("broken").state() == FlowSnapshot.State.FAILED);
            assertThat(rig.snapshot("broken").failure()).contains("a defect");
            rig.flows.drain("caller");
            FlowRig.until("sockets closed", 5, () -> FlowRig.openFiles() <= files);
            long stamps = rig.report("in", 0).stamps();
            FlowRig.until("the others run", 5, () -> rig.report("in", 0).stamps() > stamps + 100);
            assertThat(rig.report("in", 0).clean()).isTrue();
            assertThat(rig.flows.stalledMs()).isLessThan(2_000);
            rig.flows.drain("broken");
            assertThat(rig.flows.snapshot("broken")).isEmpty();
        }
    }

    @Test
    void callersOutsideTheAllowedNetworksAreNotHeard() {
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            Endpoint.RistInput open = (Endpoint.RistInput) FlowSpecs.input("rist://@127.0.0.1:" + port + "?buffer=500", Resolver.SYSTEM);
            for (String network : List.of("192.0.2.0/24", "127.0.0.0/8")) {
                Endpoint.RistInput some = new Endpoint.RistInput(open.url(), open.config(), open.paths(), List.of(network));
                rig.flows.start(new FlowSpec("in", List.of(new FlowSpec.Named("in", some)), FlowRig.spec("x", "test:", "check:").outputs()));
                rig.start("out", "test:?mbps=5", "rist://127.0.0.1:" + port + "?buffer=500");
                if (network.startsWith("127")) {
                    FlowRig.until("media", 5, () -> rig.report("in", 0).stamps() > 50);
                } else {
                    FlowRig.until("datagrams", 5, () -> rig.snapshot("in").inputs().getFirst().rist().ports().getFirst().receivedDatagrams() > 20);
                    assertThat(rig.snapshot("in").inputs().getFirst().rist().paths()).isEmpty();
                    assertThat(rig.heard(SessionEvent.PeerConnected.class, "out")).isFalse();
                }
                rig.flows.drain("out");
                rig.flows.drain("in");
            }
        }
    }

    @Test
    void twoFlowsUseTwoLoops() {
        try (FlowRig rig = new FlowRig(4)) {
            rig.start("one", "test:", "null:");
            // Somebody else of the process asks for loops as well
            for (int i = 0; i < 3; i++) io.ristflow.service.net.VertxInternals.newEventLoopContext(rig.vertx);
            rig.start("two", "test:", "null:");
            List<Thread> threads = new ArrayList<>();
            for (String name : List.of("one", "two")) threads.add(rig.flows.ofOutputs(name, outputs -> Thread.currentThread()).orElseThrow());
            assertThat(threads).doesNotHaveDuplicates();
        }
    }
}
