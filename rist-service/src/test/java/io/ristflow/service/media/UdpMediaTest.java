package io.ristflow.service.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpMediaTest {
    private static final long MS = 1_000_000;
    private final FakePorts ports = new FakePorts();
    private final MediaFactory factory = new MediaFactory(ports);
    private final Collected collected = new Collected();

    @AfterEach
    void close() {
        ports.opened.stream().filter(p -> !p.closed).forEach(FakePorts.Port::close);
    }

    private static Endpoint.Udp udp(InetSocketAddress address, boolean rtp) {
        return new Endpoint.Udp((rtp ? "rtp" : "udp") + "://" + address, address, Endpoint.Network.DEFAULT, rtp, 33, 0);
    }

    private UdpInput input(boolean rtp) {
        return (UdpInput) factory.openInput(udp(new InetSocketAddress("127.0.0.1", 0), rtp));
    }

    private static void send(UdpInput to, byte[]... datagrams) throws Exception {
        try (var socket = new DatagramSocket()) {
            for (byte[] datagram : datagrams) socket.send(new DatagramPacket(datagram, datagram.length, to.localAddress()));
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(int... values) {
        byte[] b = new byte[values.length];
        for (int i = 0; i < b.length; i++) b[i] = (byte) values[i];
        return b;
    }

    @Test
    void eachDatagramIsOnePayloadWhateverItsSize() throws Exception {
        UdpInput input = input(false);
        byte[][] sent = {random(1), random(188), random(1_316), random(1_500), random(9_972)};
        send(input, sent);
        collected.pollUntil(input, 0, () -> collected.payloads.size() == sent.length);
        assertThat(collected.payloads).containsExactly(sent);
        assertThat(input.stats().packets()).isEqualTo(5);
        assertThat(input.stats().bytes()).isEqualTo(1 + 188 + 1_316 + 1_500 + 9_972);
        assertThat(input.stats().state()).isEqualTo("open");
    }

    @Test
    void datagramsThatRistCannotCarryAreCountedAsInvalid() throws Exception {
        UdpInput input = input(false);
        send(input, new byte[9_973], new byte[0], random(100));
        collected.pollUntil(input, 0, () -> collected.payloads.size() == 1);
        assertThat(input.stats().invalid()).isEqualTo(2);
        assertThat(input.stats().packets()).isEqualTo(1);
    }

    @Test
    void rtpHeaderIsTakenOffWithContributorsExtensionAndPadding() throws Exception {
        UdpInput input = input(true);
        byte[] plain = bytes(0x80, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'a', 'b');
        byte[] contributors = bytes(0x82, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 9, 9, 9, 8, 8, 8, 8, 'c');
        byte[] extension = bytes(0x90, 0xA1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'R', 'I', 0, 1, 7, 7, 7, 7, 'd', 'e');
        byte[] padding = bytes(0xA0, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'f', 0, 0, 3);
        byte[] all = bytes(0xB1, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 9, 9, 9, 'R', 'I', 0, 0, 'g', 1);
        send(input, plain, contributors, extension, padding, all);
        collected.pollUntil(input, 0, () -> collected.payloads.size() == 5);
        assertThat(collected.payloads.stream().map(String::new)).containsExactly("ab", "c", "de", "f", "g");
        assertThat(input.stats().invalid()).isZero();
    }

    @Test
    void whatIsNoRtpIsCountedAsInvalid() throws Exception {
        UdpInput input = input(true);
        byte[] good = bytes(0x80, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'z');
        List<byte[]> bad = List.of(
                Arrays.copyOf(bytes(0x47), 1_316), // transport packets on their own
                bytes(0x80, 33, 0, 1), // cut short
                bytes(0x80, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3), // no payload
                bytes(0x80, 200, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1), // RTCP sender report
                bytes(0x8F, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3), // fifteen contributors that are not there
                bytes(0x90, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'R', 'I', 0, 9, 1), // an extension longer than the packet
                bytes(0x90, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'R', 'I'), // half an extension header
                bytes(0xA0, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 9), // more padding than payload
                bytes(0xA0, 33, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 0)); // padding of nothing
        for (byte[] datagram : bad) send(input, datagram);
        send(input, good);
        collected.pollUntil(input, 0, () -> collected.payloads.size() == 1);
        assertThat(input.stats().invalid()).isEqualTo(bad.size());
        assertThat(collected.payloads.getFirst()).isEqualTo(bytes('z'));
    }

    @Test
    void multicastIsBoundToItsGroupAndJoinedWithItsSources() throws Exception {
        InetAddress group = InetAddress.getByName("232.1.2.3");
        var network = new Endpoint.Network("lo", 4, List.of(InetAddress.getByName("10.0.0.7")));
        factory.openInput(new Endpoint.Udp("udp://@232.1.2.3:5000", new InetSocketAddress(group, 5_000), network, false, 33, 0));
        FakePorts.Port port = ports.opened.getFirst();
        assertThat(port.group).isEqualTo(group);
        assertThat(port.network).isEqualTo(network);
        assertThat(port.bind).isEqualTo(new InetSocketAddress(group, 5_000));
        assertThat(port.connect).isNull();
    }

    @Test
    void sendersThatComeFromEverNewPortsAreStillHeard() throws Exception {
        UdpInput input = input(false);
        for (int i = 0; i < 1_200; i++) {
            send(input, bytes(i));
            if (i % 50 == 49) {
                int wanted = i + 1;
                collected.pollUntil(input, 0, () -> collected.payloads.size() == wanted);
            }
        }
        assertThat(ports.opened.getFirst().released).isGreaterThan(500);
    }

    @Test
    void outputSendsEachPayloadAsOneDatagramAtTheEndOfTheTick() throws Exception {
        UdpInput receiver = input(false);
        MediaOutput output = factory.openOutput(udp(receiver.localAddress(), false));
        assertThat(ports.opened.getLast().connect).as("unicast is connected, so that refusals show").isEqualTo(receiver.localAddress());
        output.write(2, 0, 0, ByteBuffer.wrap(random(1_316)));
        output.write(2, 1, 0, ByteBuffer.wrap(random(700)));
        Thread.sleep(20);
        assertThat(receiver.poll(0, collected)).isZero();
        output.flush(MS);
        collected.pollUntil(receiver, 0, () -> collected.payloads.size() == 2);
        assertThat(collected.payloads).containsExactly(random(1_316), random(700));
        assertThat(output.stats()).isEqualTo(new MediaOutput.OutputStats(output.stats().url(), 2, 2_016, 0, 0, "sending"));
        output.flush(3_000 * MS);
        assertThat(output.stats().state()).isEqualTo("idle");
    }

    @Test
    void rtpOutputCountsFromZeroAndTakesItsTimeFromTheSource() throws Exception {
        UdpInput receiver = input(false);
        MediaOutput output = factory.openOutput(udp(receiver.localAddress(), true));
        ByteBuffer payload = ByteBuffer.wrap(random(188));
        output.write(2, 77, 1_000_000_000L, payload);
        assertThat(payload.remaining()).as("left as it was for the next output").isEqualTo(188);
        output.write(2, 78, 1_040_000_000L, payload);
        output.flush(0);
        collected.pollUntil(receiver, 0, () -> collected.payloads.size() == 2);
        ByteBuffer first = ByteBuffer.wrap(collected.payloads.get(0));
        ByteBuffer second = ByteBuffer.wrap(collected.payloads.get(1));
        assertThat(first.getInt(0)).isEqualTo(0x80210000);
        assertThat(second.getInt(0)).isEqualTo(0x80210001);
        assertThat(first.getInt(4)).isEqualTo(90_000);
        assertThat(second.getInt(4)).isEqualTo(93_600);
        assertThat(first.getInt(8)).isEqualTo(second.getInt(8));
        assertThat(Arrays.copyOfRange(collected.payloads.get(1), 12, 200)).isEqualTo(random(188));
        assertThat(output.stats().bytes()).as("of payload").isEqualTo(376);
    }

    @Test
    void rtpOutAndInGivesTheSameBytes() throws Exception {
        UdpInput receiver = input(true);
        MediaOutput output = factory.openOutput(udp(receiver.localAddress(), true));
        for (int i = 0; i < 100; i++) output.write(2, i, i, ByteBuffer.wrap(random(1 + i * 13)));
        output.drainAndClose(100);
        collected.pollUntil(receiver, 0, () -> collected.payloads.size() == 100);
        for (int i = 0; i < 100; i++) assertThat(collected.payloads.get(i)).isEqualTo(random(1 + i * 13));
        assertThat(receiver.stats().invalid()).isZero();
    }

    @Test
    void whatCannotBeAnInputOrAnOutputIsSaid() {
        assertThatThrownBy(() -> factory.openInput(new Endpoint.Null("null:"))).isInstanceOf(ConfigException.class).hasMessageContaining("gives nothing");
        assertThatThrownBy(() -> factory.openOutput(new Endpoint.TestSignal("test:", 1, 1_316, 0))).isInstanceOf(ConfigException.class).hasMessageContaining("is an input only");
    }

    @Test
    void nullOutputCounts() {
        MediaOutput output = factory.openOutput(new Endpoint.Null("null:"));
        output.write(2, 0, 0, ByteBuffer.allocate(10));
        output.write(4, 0, 0, ByteBuffer.allocate(20));
        assertThat(output.stats().packets()).isEqualTo(2);
        assertThat(output.stats().bytes()).isEqualTo(30);
    }
}
