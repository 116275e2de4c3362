package io.ristflow.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FlowMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FlowMeters meters = new FlowMeters(registry);

    private double count(String phase) {
        return registry.get("ristflow.operator.flows").tag("phase", phase).gauge().value();
    }

    @Test
    void everyPhaseIsThereFromTheBeginning() {
        for (Phase phase : Phase.values()) assertThat(count(phase.name())).isZero();
    }

    @Test
    void aFlowIsCountedInThePhaseThatItIsInUntilItIsGone() {
        meters.phase("live", "studio-a", "Waiting");
        meters.phase("live", "studio-b", "Waiting");
        assertThat(count("Waiting")).isEqualTo(2);
        meters.phase("live", "studio-a", "Streaming");
        assertThat(count("Waiting")).isEqualTo(1);
        assertThat(count("Streaming")).isEqualTo(1);
        meters.gone("live", "studio-a");
        meters.phase("live", "studio-b", null);
        assertThat(count("Waiting") + count("Streaming")).isZero();
    }
}
