package io.ristflow.service.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups on the loopback interface, which every machine has. */
class MulticastPortTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static PortOptions hears(InetAddress bind, InetAddress group, InetAddress... sources) {
        return PortOptions.unicast(new InetSocketAddress(bind, 0)).withMulticast("lo", 0, group, List.of(sources));
    }

    private static PortOptions speaks(InetAddress bind, int ttl) {
        return PortOptions.unicast(new InetSocketAddress(bind, 0)).withMulticast("lo", ttl, null, List.of());
    }

    private static List<Integer> heard(Rig rig, DatagramPort port, int expected) {
        var got = new ArrayList<Integer>();
        DatagramPort.Handler handler = (from, datagram) -> got.add(datagram.getInt(datagram.position()));
        if (expected > 0) rig.receive(port, expected, handler);
        rig.receiveFor(port, 20, handler);
        return got;
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void memberHearsTheGroup(boolean batched) {
        InetAddress group = InetAddress.ofLiteral("239.77.1.1");
        try (Rig rig = new Rig(batched)) {
            DatagramPort member = rig.open(hears(group, group));
            DatagramPort sender = rig.open(speaks(LOOPBACK, 3));
            rig.send(sender, new InetSocketAddress(group, member.localAddress().getPort()), Rig.numbered(1, 100), Rig.numbered(2, 100), Rig.numbered(3, 100));
            assertThat(heard(rig, member, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void memberOnTheWildcardAddressHearsNoOtherGroup() {
        InetAddress group = InetAddress.ofLiteral("239.77.1.2");
        InetAddress other = InetAddress.ofLiteral("239.77.1.3");
        try (Rig rig = new Rig(true)) {
            DatagramPort member = rig.open(hears(InetAddress.ofLiteral("0.0.0.0"), group));
            int port = member.localAddress().getPort();
            DatagramPort elsewhere = rig.open(PortOptions.unicast(new InetSocketAddress(other, port)).withMulticast("lo", 0, null, List.of()));
            DatagramPort sender = rig.open(speaks(LOOPBACK, 0));
            rig.send(sender, new InetSocketAddress(other, port), Rig.numbered(1, 100));
            rig.send(sender, new InetSocketAddress(group, port), Rig.numbered(2, 100));
            assertThat(heard(rig, elsewhere, 1)).containsExactly(1);
            assertThat(heard(rig, member, 1)).containsExactly(2);
        }
    }

    @ParameterizedTest(name = "batched {0}")
    @ValueSource(booleans = {true, false})
    void memberOfASourceHearsThatSourceAlone(boolean batched) {
        InetAddress group = InetAddress.ofLiteral("232.77.1.1");
        try (Rig rig = new Rig(batched)) {
            DatagramPort ofLoopback = rig.open(hears(group, group, LOOPBACK));
            DatagramPort ofAnother = rig.open(hears(group, group, InetAddress.ofLiteral("127.0.0.9")));
            DatagramPort sender = rig.open(speaks(LOOPBACK, 0));
            rig.send(sender, new InetSocketAddress(group, ofLoopback.localAddress().getPort()), Rig.numbered(1, 100));
            rig.send(sender, new InetSocketAddress(group, ofAnother.localAddress().getPort()), Rig.numbered(2, 100));
            assertThat(heard(rig, ofLoopback, 1)).containsExactly(1);
            assertThat(heard(rig, ofAnother, 0)).isEmpty();
        }
    }

    @Test
    void ipv6GroupsAreJoinedOnTheNamedInterface() throws Exception {
        InetAddress group = InetAddress.ofLiteral("ff12::77:2");
        InetAddress sourced = InetAddress.ofLiteral("ff32::77:3");
        try (Rig rig = new Rig(true)) {
            DatagramPort member = rig.open(hears(InetAddress.ofLiteral("::"), group));
            rig.open(hears(InetAddress.ofLiteral("::"), sourced, InetAddress.ofLiteral("fd00::9")));
            assertThat(Files.readAllLines(Path.of("/proc/net/igmp6"))).anyMatch(line -> line.contains(" lo ") && line.contains("ff120000000000000000000000770002"));
            assertThat(Files.readAllLines(Path.of("/proc/net/mcfilter6")))
                    .anyMatch(line -> line.contains(" lo ") && line.contains("ff320000000000000000000000770003") && line.contains("fd000000000000000000000000000009"));
            rig.run(member::close);
            assertThat(Files.readAllLines(Path.of("/proc/net/igmp6"))).noneMatch(line -> line.contains("ff120000000000000000000000770002"));
        }
    }

    /** lo has no route for IPv6 groups: this wants a real interface with an IPv6 address, and where there is none, that the send is counted as refused. */
    @Test
    void ipv6GroupIsHeardWhereAnInterfaceCarriesIt() throws Exception {
        InetAddress group = InetAddress.ofLiteral("ff12::77:1");
        NetworkInterface via = NetworkInterface.networkInterfaces().filter(MulticastPortTest::carriesIpv6Multicast).findFirst().orElse(NetworkInterface.getByName("lo"));
        InetAddress any = InetAddress.ofLiteral("::");
        try (Rig rig = new Rig(true)) {
            DatagramPort member = rig.open(PortOptions.unicast(new InetSocketAddress(any, 0)).withMulticast(via.getName(), 0, group, List.of()));
            DatagramPort sender = rig.open(PortOptions.unicast(new InetSocketAddress(any, 0)).withMulticast(via.getName(), 2, null, List.of()));
            rig.send(sender, new InetSocketAddress(group, member.localAddress().getPort()), Rig.numbered(1, 100), Rig.numbered(2, 100));
            if (via.isLoopback()) {
                assertThat(rig.on(sender::stats).sendErrors()).isEqualTo(2);
            } else {
                assertThat(heard(rig, member, 2)).containsExactly(1, 2);
            }
        }
    }

    private static boolean carriesIpv6Multicast(NetworkInterface each) {
        try {
            return each.isUp() && each.supportsMulticast() && !each.isLoopback() && each.inetAddresses().anyMatch(Inet6Address.class::isInstance);
        } catch (SocketException e) {
            return false;
        }
    }

    /** Numbers are Linux' IP_MULTICAST_TTL, IP_MULTICAST_LOOP and their IPv6 kin. */
    @Test
    void ttlAndLoopbackReachTheSocket() {
        try (Rig rig = new Rig(true)) {
            var four = (EpollDatagramPort) rig.open(new PortOptions(new InetSocketAddress(LOOPBACK, 0), null, "lo", 7, List.of(), null, 0, 0, false));
            assertThat(Syscalls.getsockopt(four.fd(), Syscalls.IPPROTO_IP, 33)).isEqualTo(7);
            assertThat(Syscalls.getsockopt(four.fd(), Syscalls.IPPROTO_IP, 34)).isZero();
            var six = (EpollDatagramPort) rig.open(new PortOptions(new InetSocketAddress("::1", 0), null, "lo", 9, List.of(), null, 0, 0, true));
            assertThat(Syscalls.getsockopt(six.fd(), Syscalls.IPPROTO_IPV6, 18)).isEqualTo(9);
            assertThat(Syscalls.getsockopt(six.fd(), Syscalls.IPPROTO_IPV6, 19)).isEqualTo(1);
        }
    }

    @Test
    void mistakesAreNamed() {
        var any = PortOptions.unicast(new InetSocketAddress("0.0.0.0", 0));
        InetAddress group = InetAddress.ofLiteral("239.1.1.1");
        assertThatThrownBy(() -> any.withMulticast(null, 256, group, List.of())).hasMessage("ttl: 256 is not in 0..255; 0 leaves it to the system");
        assertThatThrownBy(() -> any.withMulticast(null, 0, LOOPBACK, List.of())).hasMessageStartingWith("address: 127.0.0.1 is no multicast group");
        assertThatThrownBy(() -> any.withMulticast(null, 0, null, List.of(LOOPBACK))).hasMessage("source: 127.0.0.1 needs a multicast group to listen to");
        assertThatThrownBy(() -> any.withMulticast(null, 0, group, List.of(InetAddress.ofLiteral("::1")))).hasMessageContaining("not of one family");
        assertThatThrownBy(() -> PortOptions.unicast(new InetSocketAddress("127.0.0.1", 0)).withConnect(new InetSocketAddress("::1", 9))).hasMessageContaining("not of one family");
        assertThatThrownBy(() -> any.withConnect(InetSocketAddress.createUnresolved("nowhere.invalid", 9))).hasMessage("address: nowhere.invalid is not known; check the name");
        assertThat(any.withConnect(new InetSocketAddress("::1", 9)).bind().getAddress()).isEqualTo(InetAddress.ofLiteral("::"));
    }
}
