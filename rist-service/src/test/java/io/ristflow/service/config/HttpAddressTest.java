package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class HttpAddressTest {
    @Test
    void portAloneIsOnLoopbackAndAHostMayBeGiven() {
        assertThat(HttpAddress.parse("9000")).isEqualTo(new HttpAddress("127.0.0.1", 9000, true)).hasToString("127.0.0.1:9000");
        assertThat(HttpAddress.parse("0.0.0.0:0")).isEqualTo(new HttpAddress("0.0.0.0", 0, true));
        assertThat(HttpAddress.parse("[::1]:9000")).isEqualTo(new HttpAddress("::1", 9000, true)).hasToString("[::1]:9000");
        assertThat(HttpAddress.parse("localhost:9000").host()).isEqualTo("localhost");
    }

    @Test
    void defaultThatIsTakenGivesWayToAFreePortButAnExplicitAddressDoesNot() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            HttpAddress taken = new HttpAddress("127.0.0.1", other.getLocalPort(), false);
            HttpAddress found = taken.available();
            assertThat(found.port()).isNotEqualTo(other.getLocalPort()).isPositive();
            try (ServerSocket proof = new ServerSocket()) {
                proof.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), found.port()));
            }
            HttpAddress asked = new HttpAddress("127.0.0.1", other.getLocalPort(), true);
            assertThat(asked.available()).isEqualTo(asked);
        }
    }

    @Test
    void defaultThatIsFreeIsKept() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0)) {
            free = probe.getLocalPort();
        }
        HttpAddress address = new HttpAddress("127.0.0.1", free, false);
        assertThat(address.available()).isEqualTo(address);
    }
}
