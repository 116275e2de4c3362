package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.PathStats.State;
import io.ristflow.service.runtime.FlowSnapshot.PathView;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregatesTest {
    private static PathView path(State state, int rttMs, long bitrateBps) {
        return Snapshots.path("p", "192.0.2.1:1", Snapshots.received(0, state, rttMs * 1_000_000L, bitrateBps, 0));
    }

    @Test
    void rttIsWeightedByTraffic() {
        // (20 ms × 3 + 100 ms × 1) / 4
        assertThat(Aggregates.rttSeconds(List.of(path(State.CONNECTED, 20, 3_000_000), path(State.CONNECTED, 100, 1_000_000)))).hasValue(0.040);
    }

    @Test
    void deadPathsCountNeitherInRttNorAsLive() {
        List<PathView> paths = List.of(path(State.CONNECTED, 20, 1), path(State.SILENT, 900, 9), path(State.CONNECTING, 0, 0), path(State.HANDSHAKE, 5, 0));
        assertThat(Aggregates.rttSeconds(paths)).hasValue(0.020);
        assertThat(Aggregates.livePaths(paths)).isEqualTo(1);
    }

    @Test
    void idlePathsShareTheirRttEvenly() {
        assertThat(Aggregates.rttSeconds(List.of(path(State.CONNECTED, 20, 0), path(State.CONNECTED, 40, 0)))).hasValue(0.030);
    }

    @Test
    void withoutALivePathThereIsNoRtt() {
        assertThat(Aggregates.rttSeconds(List.of(path(State.SILENT, 20, 5)))).isEmpty();
        assertThat(Aggregates.rttSeconds(List.of())).isEmpty();
    }
}
