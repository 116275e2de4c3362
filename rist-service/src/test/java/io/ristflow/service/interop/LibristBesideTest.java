package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.demo.BadPath;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes beside the media, with librist's tools: the message that they send out of band to whoever connects ("auth,…" behind an IPv4 header of their own making), what they print of one like it, and
 * reports of the link (TR-06-4 Part 1), which they do not know and must not stumble over.
 */
@Tag("interop")
@EnabledIfPeers
class LibristBesideTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int PACKETS = 1_000;

    private static Program librist(String tool, String profile, String input, String output) {
        return new Program(List.of(Peers.SID.tool(tool), "-p", profile.equals("simple") ? "0" : profile.equals("main") ? "1" : "2", "-v", "6", "-S", "0", "-i", input, "-o", output));
    }

    /** The next datagram that holds this text; null if none came. */
    private static String await(DatagramSocket at, String text, int timeoutMs) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        at.setSoTimeout(timeoutMs);
        try {
            while (true) {
                at.receive(packet);
                String bytes = new String(Arrays.copyOf(packet.getData(), packet.getLength()), StandardCharsets.ISO_8859_1);
                if (bytes.contains(text)) return bytes;
            }
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({"main, ''", "main, &secret=the-same&aes-type=256", "advanced, ''", "advanced, &secret=the-same&aes-type=256"})
    void datagramsCrossBothWays(String profile, String key) throws Exception {
        int listen = Ports.evenPair();
        int side = Ports.evenPair();
        try (DatagramSocket near = new DatagramSocket(0, LOOPBACK);
                Program receiver = librist("ristreceiver", profile, "rist://@127.0.0.1:" + listen + "?buffer=500" + key, "udp://127.0.0.1:" + Ports.evenPair());
                OurEnd ours = OurEnd.start("test:?mbps=2", "rist://127.0.0.1:" + listen + "?buffer=500&profile=" + profile + "&oob-to=127.0.0.1:" + near.getLocalPort() + "&oob-from=" + side + key)) {
            String greeting = await(near, "auth,127.0.0.1:", 8_000);
            assertThat(greeting).as(receiver.output() + ours.log()).isNotNull();
            byte[] answer = greeting.replace("auth,127.0.0.1:", "auth,127.0.0.9:").getBytes(StandardCharsets.ISO_8859_1);
            near.send(new DatagramPacket(answer, answer.length, LOOPBACK, side));
            assertThat(receiver.awaitOutput("Out-of-band api data received: auth,127.0.0.9:", 5_000)).as(receiver.output() + ours.log()).isTrue();
        }
    }

    /** Receiver reports of 76 bytes instead of 32, amid requests for every tenth packet. */
    @ParameterizedTest
    @CsvSource({"simple", "main", "advanced"})
    void reportsOfTheLinkDoNotDisturbLibristsSender(String profile) throws Exception {
        boolean simple = profile.equals("simple");
        int listen = Ports.evenPair();
        int input = Ports.evenPair();
        BadPath.Manners lossy = new BadPath.Manners(0.10, 1, 20, 601);
        try (StreamCheck check = new StreamCheck(0);
                BadPath path = new BadPath(new InetSocketAddress(LOOPBACK, listen), simple ? 2 : 1, lossy);
                OurEnd ours = OurEnd.start("rist://@127.0.0.1:" + listen + "?buffer=500&adaptation=1&profile=" + profile, "udp://127.0.0.1:" + check.port());
                Program sender = librist("ristsender", profile, "udp://@127.0.0.1:" + input, "rist://127.0.0.1:" + path.port() + "?buffer=500")) {
            Thread.sleep(2_000);
            StreamSource.send(input, PACKETS, 500, 0);
            check.awaitReceived(PACKETS, 2_500);
            String story = check.result() + sender.output() + ours.log();
            assertThat(check.result().corrupt()).as(story).isZero();
            assertThat(check.result().received()).as(story).isBetween(PACKETS - 60, PACKETS);
            assertThat(sender.output()).doesNotContain("alformed");
        }
    }

    /** A receiver that reports nothing leaves the target untold. */
    @ParameterizedTest
    @CsvSource({"simple", "main", "advanced"})
    void adaptationWithLibristsReceiverTellsNothing(String profile) throws Exception {
        int listen = Ports.evenPair();
        try (StreamCheck check = new StreamCheck(0);
                Program receiver = librist("ristreceiver", profile, "rist://@127.0.0.1:" + listen + "?buffer=500", "udp://127.0.0.1:" + check.port())) {
            int input = Ports.evenPair();
            try (OurEnd ours = OurEnd.start("udp://@127.0.0.1:" + input, "rist://127.0.0.1:" + listen + "?buffer=500&adapt-max=8000&profile=" + profile)) {
                Thread.sleep(2_000);
                StreamSource.send(input, PACKETS, 500, 0);
                check.awaitReceived(PACKETS, 2_500);
                assertThat(check.result().received()).as(receiver.output() + ours.log()).isGreaterThanOrEqualTo(PACKETS - 2);
                assertThat(ours.log()).doesNotContain("TargetBitrate[");
            }
        }
    }
}
