package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortStats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathAddressesTest {
    /** Numbers addresses, 1,024 at most, as a port does. */
    private static final class Numbers implements DatagramPort {
        private final InetSocketAddress[] taken = new InetSocketAddress[1_024];
        private final Map<InetSocketAddress, Integer> numbers = new HashMap<>();

        @Override
        public int intern(InetSocketAddress address) {
            Integer known = numbers.get(address);
            if (known != null) return known;
            for (int i = 0; i < taken.length; i++) {
                if (taken[i] != null) continue;
                taken[i] = address;
                numbers.put(address, i);
                return i;
            }
            return NO_ADDRESS;
        }

        @Override
        public InetSocketAddress address(int number) {
            return taken[number];
        }

        @Override
        public void release(int number) {
            assertThat(taken[number]).as("released once").isNotNull();
            numbers.remove(taken[number]);
            taken[number] = null;
        }

        @Override
        public int receive(Handler handler) {
            return 0;
        }

        @Override
        public void stampArrivals() {}

        @Override
        public long cameNs() {
            return 0;
        }

        @Override
        public void send(int address, ByteBuffer datagram) {}

        @Override
        public void flush() {}

        @Override
        public InetSocketAddress localAddress() {
            return null;
        }

        @Override
        public boolean batched() {
            return true;
        }

        @Override
        public PortStats stats() {
            return null;
        }

        @Override
        public void close() {}
    }

    private final Numbers media = new Numbers();
    private final Numbers control = new Numbers();
    private final PathAddresses simple = new PathAddresses(new DatagramPort[] {media, control}, source -> true, new PathNumbers(), path -> {});

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private int heard(Numbers port, InetSocketAddress from) {
        return simple.pathOf(port == media ? 0 : 1, port.intern(from));
    }

    @Test
    void portsOfAPairAreOnePathWhicheverComesFirst() {
        assertThat(heard(media, at("192.0.2.1", 4000))).isEqualTo(heard(control, at("192.0.2.1", 4001)));
        assertThat(heard(control, at("192.0.2.2", 4001))).isEqualTo(heard(media, at("192.0.2.2", 4000)));
        assertThat(heard(media, at("2001:db8::1", 4000))).isEqualTo(heard(control, at("2001:db8::1", 4001)));
    }

    @Test
    void tornPairIsTwoPathsAndItsRtcpIsAnsweredWhereItCameFrom() {
        int one = heard(media, at("192.0.2.1", 4000));
        int two = heard(control, at("192.0.2.1", 51_235));
        assertThat(two).isNotEqualTo(one);
        assertThat(control.address(simple.addressOf(two, 1))).isEqualTo(at("192.0.2.1", 51_235));
    }

    @Test
    void peerKnownByItsRtcpAloneIsSentMediaOnePortBelow() {
        int path = heard(control, at("192.0.2.1", 4001));
        assertThat(media.address(simple.addressOf(path, 0))).isEqualTo(at("192.0.2.1", 4000));
        assertThat(heard(media, at("192.0.2.1", 4000))).isEqualTo(path);
    }

    @Test
    void numbersAreGivenAgainAfterTheirReleaseAndTwoThousandPeersPassThrough() {
        for (int i = 0; i < 2_000; i++) {
            int path = heard(media, at("192.0.2.1", 2 * i + 2));
            assertThat(heard(control, at("192.0.2.1", 2 * i + 3))).isEqualTo(path);
            assertThat(simple.addressOf(path, 0)).isNotEqualTo(PathAddresses.UNKNOWN);
            simple.release(path);
            assertThat(simple.remote(path)).isNull();
        }
        assertThat(media.numbers).isEmpty();
        assertThat(control.numbers).isEmpty();
    }

    @Test
    void noMorePathsThanCoreHasAndNoNumberKeptForTheRest() {
        for (int i = 0; i < 512; i++) assertThat(heard(media, at("192.0.2.1", 2 * i + 2))).isEqualTo(i);
        assertThat(heard(media, at("192.0.2.2", 4000))).isEqualTo(PathAddresses.UNKNOWN);
        assertThat(media.numbers).hasSize(512);
        simple.release(7);
        assertThat(heard(media, at("192.0.2.2", 4000))).isEqualTo(7);
    }

    @Test
    void sourceThatIsNotAdmittedGetsNoNumberWhileThoseInsideGoOn() {
        boolean[] admitting = {true};
        var paths = new PathAddresses(new DatagramPort[] {media}, source -> admitting[0], new PathNumbers(), path -> {});
        int path = paths.pathOf(0, media.intern(at("192.0.2.1", 4000)));
        admitting[0] = false;
        assertThat(paths.pathOf(0, media.intern(at("192.0.2.1", 4002)))).isEqualTo(PathAddresses.UNKNOWN);
        assertThat(paths.pathOf(0, media.intern(at("192.0.2.1", 4000)))).isEqualTo(path);
        assertThat(media.numbers).hasSize(1);
    }

    @Test
    void callerTakesRepliesFromAnyPortOfItsPeersHostAndFromNoOther() {
        simple.configure(0, at("192.0.2.1", 5000));
        for (int i = 1; i < 5_000; i++) assertThat(simple.pathOfReply(1, control.intern(at("192.0.2.1", i)))).isZero();
        assertThat(simple.pathOfReply(0, media.intern(at("192.0.2.9", 5000)))).isEqualTo(PathAddresses.UNKNOWN);
        assertThat(control.numbers.size()).isLessThan(100);
        assertThat(control.address(simple.addressOf(0, 1))).isEqualTo(at("192.0.2.1", 5001));
        assertThat(media.address(simple.addressOf(0, 0))).isEqualTo(at("192.0.2.1", 5000));
    }

    @Test
    void callerOfAGroupTakesRepliesFromItsMembers() {
        simple.configure(0, at("239.1.1.1", 5000));
        assertThat(simple.pathOfReply(1, control.intern(at("192.0.2.9", 5001)))).isZero();
    }
}
