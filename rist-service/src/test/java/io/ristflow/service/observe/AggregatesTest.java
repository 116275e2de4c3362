package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.PathStats.State;
import io.ristflow.service.media.MediaInput.InputStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
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
    void ofTwoInputsOnlyTheActiveOnesCountAndTheSamePayloadOnce() {
        // 1,316 bytes more on the active input, and many more on the other: 8 * 1,316 bits in a second.
        Sampler.Interval interval = new Sampler.Interval(Snapshots.merged(0), moved(Snapshots.merged(0), 1_316, 9_999_999), 1_000_000_000L);
        assertThat(Aggregates.payloadBitrateBps(interval.current(), interval)).isEqualTo(8 * 1_316);
    }

    private static FlowSnapshot moved(FlowSnapshot flow, long first, long second) {
        var inputs = List.of(more(flow.inputs().get(0), first), more(flow.inputs().get(1), second));
        return new FlowSnapshot(flow.id(), flow.name(), flow.state(), flow.startedAt(), null, List.of(), inputs, flow.outputs(), flow.join());
    }

    private static InputView more(InputView input, long bytes) {
        var m = input.media();
        return new InputView(input.name(), input.url(), null, new InputStats(m.url(), m.packets(), m.bytes() + bytes, 0, m.state()), input.active());
    }

    @Test
    void withoutALivePathThereIsNoRtt() {
        assertThat(Aggregates.rttSeconds(List.of(path(State.SILENT, 20, 5)))).isEmpty();
        assertThat(Aggregates.rttSeconds(List.of())).isEmpty();
    }
}
