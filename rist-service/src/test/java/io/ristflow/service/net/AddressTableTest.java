package io.ristflow.service.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {
    @Test
    void agreesWithAMapOverManyComingsAndGoings() {
        var table = new AddressTable(true);
        var map = new HashMap<InetSocketAddress, Integer>();
        var random = new Random(42);
        for (int i = 0; i < 100_000; i++) {
            int n = random.nextInt(1_500);
            var address = new InetSocketAddress(InetAddress.ofLiteral(n % 2 == 0 ? "10.1." + n % 7 + "." + n % 250 : "fd00::" + Integer.toHexString(n)), 1 + n);
            Integer known = map.get(address);
            if (known != null && random.nextInt(3) == 0) {
                table.release(known);
                map.remove(address);
                continue;
            }
            int number = table.intern(address);
            if (known != null) {
                assertThat(number).isEqualTo(known);
            } else if (map.size() == AddressTable.CAPACITY) {
                assertThat(number).isEqualTo(DatagramPort.NO_ADDRESS);
            } else {
                assertThat(map.values().contains(number)).isFalse();
                assertThat(table.address(number)).isEqualTo(address);
                map.put(address, number);
            }
            assertThat(table.size()).isEqualTo(map.size());
        }
        assertThat(map.size()).isGreaterThan(900);
    }

    @Test
    void kernelsAddressIsTheSameAsJavas() {
        var table = new AddressTable(false);
        // struct sockaddr_in by hand: family 2, port 5004 and 192.0.2.7 in network order.
        ByteBuffer raw = Syscalls.struct(32).putShort(0, (short) 2).put(2, (byte) 0x13).put(3, (byte) 0x8C).put(4, new byte[] {(byte) 192, 0, 2, 7});
        int number = table.intern(raw, 0);
        assertThat(table.address(number)).isEqualTo(new InetSocketAddress("192.0.2.7", 5_004));
        assertThat(table.intern(new InetSocketAddress("192.0.2.7", 5_004))).isEqualTo(number);
    }

    @Test
    void sourceWithPortZeroIsNobody() {
        ByteBuffer raw = Syscalls.struct(32).putShort(0, (short) 2).put(4, new byte[] {(byte) 192, 0, 2, 7});
        assertThat(new AddressTable(false).intern(raw, 0)).isEqualTo(DatagramPort.NO_ADDRESS);
    }

    @Test
    void releasedNumberStandsForNobody() {
        var table = new AddressTable(false);
        int number = table.intern(new InetSocketAddress("192.0.2.7", 5_004));
        table.release(number);
        assertThatThrownBy(() -> table.address(number)).hasMessageContaining("is not interned");
        assertThatThrownBy(() -> table.release(number)).hasMessageContaining("is not interned");
    }
}
