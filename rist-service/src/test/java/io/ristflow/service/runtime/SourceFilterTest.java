package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.ConfigException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilterTest {
    @Test
    void withoutNetworksEverybodyIsTaken() {
        assertThat(new SourceFilter(List.of()).allows(InetAddress.ofLiteral("203.0.113.9"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.0/24, 198.51.100.255, true", "198.51.100.0/24, 198.51.101.0, false", "10.0.0.0/9, 10.127.1.1, true", "10.0.0.0/9, 10.128.0.0, false",
        "192.0.2.7, 192.0.2.7, true", "192.0.2.7, 192.0.2.8, false", "0.0.0.0/0, 192.0.2.8, true", "0.0.0.0/0, ::1, false", "2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void networksHoldTheirAddressesAndNoOthers(String network, String source, boolean allowed) {
        assertThat(new SourceFilter(List.of(network)).allows(InetAddress.ofLiteral(source))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.0/33", "198.51.100.0/-1", "example.org/8", "", "2001:db8::/129", "10.0.0.0/x"})
    void whatIsNoNetworkIsRefusedByName(String network) {
        assertThatThrownBy(() -> new SourceFilter(List.of(network))).isInstanceOf(ConfigException.class).hasMessageContaining("allowedSources").hasMessageContaining(network);
    }
}
