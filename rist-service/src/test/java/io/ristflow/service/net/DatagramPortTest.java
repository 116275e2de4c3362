package io.ristflow.service.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every port does, batched or portable. */
class DatagramPortTest {
    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void datagramIsAnsweredToTheAddressItCameFrom(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            DatagramPort one = rig.open("127.0.0.1");
            DatagramPort two = rig.open("127.0.0.1");
            assertThat(one.batched()).isEqualTo(batched);
            rig.send(one, two.localAddress(), Rig.numbered(7, 100));
            assertThat(rig.receive(two, 1, (address, datagram) -> {
                assertThat(two.address(address)).isEqualTo(one.localAddress());
                two.send(address, datagram);
                two.flush();
            })).isEqualTo(1);
            var answers = new ArrayList<byte[]>();
            rig.receive(one, 1, (address, datagram) -> answers.add(Rig.bytes(datagram)));
            assertThat(answers).singleElement().isEqualTo(Rig.numbered(7, 100).array());
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void everySizeUpToTheLongestRistDatagramArrivesWholeAndInOrder(boolean batched) {
        int[] sizes = {1, 2, 3, 187, 188, 1_316, 1_328, 1_472, 1_473, 2_047, 2_048, 2_049, 4_096, 9_000, 9_972, 10_100, 10_200};
        try (Rig rig = new Rig(batched)) {
            DatagramPort one = rig.open("127.0.0.1");
            DatagramPort two = rig.open("127.0.0.1");
            var sent = new ArrayList<ByteBuffer>();
            for (int size : sizes) sent.add(Rig.numbered(size, size));
            var received = new ArrayList<ByteBuffer>();
            rig.send(one, two.localAddress(), sent.toArray(ByteBuffer[]::new));
            rig.receive(two, sizes.length, (address, datagram) -> received.add(ByteBuffer.wrap(Rig.bytes(datagram))));
            assertThat(received).isEqualTo(sent);
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void ipv6IsSpokenToo(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            DatagramPort one = rig.open("::1");
            DatagramPort two = rig.open("::1");
            rig.send(one, two.localAddress(), Rig.numbered(1, 50), Rig.numbered(2, 50));
            List<InetSocketAddress> from = new ArrayList<>();
            rig.receive(two, 2, (address, datagram) -> from.add(two.address(address)));
            assertThat(from).containsExactly(one.localAddress(), one.localAddress());
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void portInUseIsNamedInOneLine(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            int taken = rig.open("127.0.0.1").localAddress().getPort();
            assertThatThrownBy(() -> rig.open(PortOptions.unicast(new InetSocketAddress("127.0.0.1", taken)))).isInstanceOf(PortException.class)
                    .hasMessage("port: 127.0.0.1:" + taken + " is in use by another program; choose another port or stop it");
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void foreignAddressIsNamedWithThoseThatThereAre(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            assertThatThrownBy(() -> rig.open("203.0.113.77")).isInstanceOf(PortException.class)
                    .hasMessageStartingWith("address: 203.0.113.77 is not an address of this machine; it has ").hasMessageContaining("127.0.0.1");
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void unknownInterfaceIsNamedWithThoseThatThereAre(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            var options = PortOptions.unicast(new InetSocketAddress("0.0.0.0", 0)).withMulticast("eth9", 0, null, List.of());
            assertThatThrownBy(() -> rig.open(options)).isInstanceOf(PortException.class).hasMessageStartingWith("interface: eth9 is not there; this machine has ").hasMessageContaining("lo");
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void refusalsOfAConnectedPeerAreSurvived(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            DatagramPort peer = rig.open("127.0.0.1");
            InetSocketAddress address = peer.localAddress();
            rig.run(peer::close);
            DatagramPort port = rig.open(PortOptions.unicast(new InetSocketAddress("127.0.0.1", 0)).withConnect(address));
            for (int i = 0; i < 20; i++) {
                rig.send(port, address, Rig.numbered(i, 100), Rig.numbered(i, 101));
                rig.receiveFor(port, 2, (from, datagram) -> {});
            }
            if (batched) assertThat(rig.on(port::stats).sendErrors()).isPositive();
            DatagramPort back = reopened(rig, address);
            rig.send(port, address, Rig.numbered(99, 100));
            var got = new ArrayList<Integer>();
            rig.receive(back, 1, (from, datagram) -> {
                got.add(datagram.getInt(datagram.position()));
                back.send(from, datagram);
                back.flush();
            });
            assertThat(got).containsExactly(99);
            assertThat(rig.receive(port, 1, (from, datagram) -> assertThat(port.address(from)).isEqualTo(address))).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void connectedPortHearsItsPeerAlone(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            DatagramPort peer = rig.open("127.0.0.1");
            DatagramPort stranger = rig.open("127.0.0.1");
            DatagramPort port = rig.open(PortOptions.unicast(new InetSocketAddress("127.0.0.1", 0)).withConnect(peer.localAddress()));
            rig.send(stranger, port.localAddress(), Rig.numbered(1, 100));
            rig.send(peer, port.localAddress(), Rig.numbered(2, 100));
            var got = new ArrayList<Integer>();
            rig.receive(port, 1, (from, datagram) -> got.add(datagram.getInt(datagram.position())));
            rig.receiveFor(port, 20, (from, datagram) -> got.add(datagram.getInt(datagram.position())));
            assertThat(got).containsExactly(2);
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void strangersBeyondTheLimitAreCountedAndReleasedNumbersServeAgain(boolean batched) throws Exception {
        try (Rig rig = new Rig(batched)) {
            DatagramPort port = rig.open("127.0.0.1");
            DatagramPort stranger = rig.open("127.0.0.1");
            rig.run(() -> {
                for (int i = 0; i < AddressTable.CAPACITY; i++) assertThat(port.intern(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), i + 1))).isNotNegative();
                assertThat(port.intern(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 1))).isEqualTo(DatagramPort.NO_ADDRESS);
            });
            rig.send(stranger, port.localAddress(), Rig.numbered(1, 10));
            assertThat(rig.receiveFor(port, 50, (from, datagram) -> {})).isZero();
            assertThat(rig.on(port::stats).unknownSources()).isEqualTo(1);
            rig.run(() -> port.release(17));
            rig.send(stranger, port.localAddress(), Rig.numbered(2, 10));
            assertThat(rig.receive(port, 1, (from, datagram) -> assertThat(from).isEqualTo(17))).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void portOpensFromAThreadThatIsNotItsLoop(boolean batched) {
        try (Rig rig = new Rig(batched)) {
            DatagramPort port = DatagramPorts.open(rig.vertx, rig.context, PortOptions.unicast(new InetSocketAddress("127.0.0.1", 0)));
            assertThat(port.localAddress().getPort()).isPositive();
            assertThatThrownBy(() -> DatagramPorts.open(rig.vertx, rig.context, PortOptions.unicast(port.localAddress()))).isInstanceOf(PortException.class).hasMessageContaining("is in use");
            rig.run(port::close);
            assertThat(reopened(rig, port.localAddress()).localAddress()).isEqualTo(port.localAddress());
        }
    }

    /** The JDK's own channels (portable) free their number when the selector next turns, not at once. */
    private static DatagramPort reopened(Rig rig, InetSocketAddress address) {
        for (int tries = 0; ; tries++) {
            try {
                return rig.open(PortOptions.unicast(address));
            } catch (PortException e) {
                if (tries == 100) throw e;
                LockSupport.parkNanos(5_000_000);
            }
        }
    }
}
