package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes beside the media of two flows of ours: datagrams out of band, both ways, and an encoder's target to its webhook. */
class SideChannelTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static void send(DatagramSocket from, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, port));
    }

    private static String receive(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        at.setSoTimeout(5_000);
        at.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static FlowSnapshot.RistSenderView sender(FlowRig rig) {
        return rig.snapshot("out").outputs().getFirst().rist();
    }

    private static boolean connected(FlowRig rig) {
        return rig.heard(io.ristflow.core.api.SessionEvent.PeerConnected.class, "in") && rig.heard(io.ristflow.core.api.SessionEvent.PeerConnected.class, "out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&secret=abcdefgh&aes-type=256"})
    void datagramsCrossTheTunnelBothWays(String key) throws IOException {
        int port = FlowRig.freePort();
        int toPeer = FlowRig.freePort();
        int back = FlowRig.freePort();
        try (FlowRig rig = new FlowRig(); DatagramSocket near = new DatagramSocket(0, LOOPBACK); DatagramSocket far = new DatagramSocket(0, LOOPBACK)) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=300&oob-to=127.0.0.1:" + far.getLocalPort() + "&oob-from=" + back + key, "check:");
            rig.start("out", "test:?mbps=2", "rist://127.0.0.1:" + port + "?buffer=300&oob-from=" + toPeer + "&oob-to=127.0.0.1:" + near.getLocalPort() + key);
            FlowRig.until("a peer", 10, () -> connected(rig));
            // Under a key a datagram that overtakes the first media is not believed yet
            FlowRig.until("media", 10, () -> rig.report("in", 0).stamps() > 50);
            send(near, toPeer, "there");
            assertThat(receive(far)).isEqualTo("there");
            send(far, back, "and back");
            assertThat(receive(near)).isEqualTo("and back");
            FlowRig.until("counted", 5, () -> sender(rig).outOfBand().received() == 1 && sender(rig).outOfBand().sent() == 1);
            var counted = new FlowSnapshot.OutOfBandView("127.0.0.1:" + far.getLocalPort(), "127.0.0.1:" + back, 0x0800, 1, 5, 1, 8, 0);
            FlowRig.until("counted there", 5, () -> counted.equals(rig.snapshot("in").inputs().getFirst().rist().outOfBand()));
            assertThat(rig.report("in", 0).clean()).isTrue();
        }
    }

    @Test
    void datagramsOfAnotherTypeAndThoseWithoutAPeerAreCountedAsDropped() throws IOException {
        int port = FlowRig.freePort();
        int toPeer = FlowRig.freePort();
        try (FlowRig rig = new FlowRig(); DatagramSocket near = new DatagramSocket(0, LOOPBACK); DatagramSocket far = new DatagramSocket(0, LOOPBACK)) {
            rig.start("out", "test:?mbps=2", "rist://127.0.0.1:" + port + "?buffer=300&oob-type=0x86dd&oob-from=" + toPeer);
            send(near, toPeer, "too early");
            FlowRig.until("dropped", 5, () -> sender(rig).outOfBand().dropped() == 1);
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=300&oob-to=127.0.0.1:" + far.getLocalPort(), "check:");
            FlowRig.until("a peer", 10, () -> connected(rig));
            send(near, toPeer, "of another type");
            FlowRig.until("dropped there", 5, () -> rig.snapshot("in").inputs().getFirst().rist().outOfBand().dropped() == 1);
            assertThat(sender(rig).outOfBand().sent()).isEqualTo(1);
        }
    }

    @Test
    void encoderIsToldItsTargetOnceTheReceiverReports() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        int port = FlowRig.freePort();
        try (FlowRig rig = new FlowRig()) {
            rig.start("in", "rist://@127.0.0.1:" + port + "?buffer=300&adaptation=1", "check:");
            rig.start("out", "test:?mbps=2", "rist://127.0.0.1:" + port + "?buffer=300&adapt-max=2200&adapt-webhook=http://127.0.0.1:" + server.getAddress().getPort() + "/rate");
            FlowRig.until("told", 10, () -> !told.isEmpty());
            assertThat(told.getFirst()).isEqualTo("{\"flow\":\"out\",\"output\":\"out0\",\"targetBitrateBps\":2200000}");
            FlowRig.until("shown", 5, () -> sender(rig).webhook().state().equals("told"));
            assertThat(sender(rig).stats().targetBitrateBps()).isEqualTo(2_200_000);
        } finally {
            server.stop(0);
        }
    }
}
