package io.ristflow.operator.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortPoolsTest {
    @Test
    void poolsAreRangesBothEndsIncluded() {
        PortPools pools = PortPools.of(Map.of("default", "31000-31999", "studio", " 5000 - 5000 "), "30000-32767");
        assertThat(pools.pool("default")).isEqualTo(new PortRange(31000, 31999));
        assertThat(pools.pool("studio")).isEqualTo(new PortRange(5000, 5000));
        assertThat(pools.pool("other")).isNull();
        assertThat(pools.names()).isEqualTo("default, studio");
    }

    @Test
    void withoutADefaultPoolItIsWhatTheClusterGivesToNodePorts() {
        assertThat(PortPools.of(Map.of("studio", "5000-5010"), "30000-32767").pool("default")).isEqualTo(new PortRange(30000, 32767));
    }

    @Test
    void aWrongRangeIsToldBySettingValueAndForm() {
        for (String wrong : List.of("31000", "31999-31000", "0-10", "65000-65536", "a-b", "", "31000-31010-31020", "-5-10", "99999-99999")) {
            assertThatThrownBy(() -> PortPools.of(Map.of("studio", wrong), "30000-32767")).as(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ristflow.operator.port-pools.studio").hasMessageContaining(wrong).hasMessageContaining("FIRST-LAST");
        }
        assertThatThrownBy(() -> PortPools.of(Map.of(), "30000")).hasMessageContaining("ristflow.operator.node-port-range");
    }
}
