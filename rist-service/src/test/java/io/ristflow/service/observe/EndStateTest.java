package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.service.media.MediaInput.InputStats;
import io.ristflow.service.media.MediaOutput.OutputStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.OutputView;
import io.ristflow.service.runtime.FlowSnapshot.RistReceiverView;
import io.ristflow.service.runtime.FlowSnapshot.RistSenderView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndStateTest {
    private static InputView rist(List<ReceiverStats.Flow> flows, PathStats.State path) {
        var paths = List.of(Snapshots.path("p", "192.0.2.1:1", Snapshots.received(0, path, 0, 0, 0)));
        return new InputView("main", "", new RistReceiverView("main", true, "", new ReceiverStats(0, "main", flows, List.of(), Map.of()), paths, List.of(), true, List.of()), null);
    }

    private static OutputView rist(PathStats.State state, long bitrateBps) {
        var paths = List.of(Snapshots.path("p", "192.0.2.1:1", Snapshots.received(0, state, 0, bitrateBps, 0)));
        var stats = new SenderStats(0, "main", 2, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), Map.of());
        return new OutputView("out", "", new RistSenderView("main", false, "", stats, paths, List.of(), true, List.of()), null);
    }

    private static FlowSnapshot flow(InputView input) {
        return new FlowSnapshot(1, "f", FlowSnapshot.State.RUNNING, Snapshots.START, null, List.of(), List.of(input), List.of());
    }

    private static InputView media(long bytes, String state) {
        return new InputView("main", "", null, new InputStats("", 1, bytes, 0, state));
    }

    @Test
    void ristInputWaitsForItsPeerThenForMedia() {
        assertThat(EndState.of(rist(List.of(), PathStats.State.HANDSHAKE), null)).isEqualTo(EndState.WAITING);
        assertThat(EndState.of(rist(List.of(), PathStats.State.CONNECTED), null)).isEqualTo(EndState.IDLE);
        assertThat(EndState.of(rist(List.of(Snapshots.receivedFlow(0)), PathStats.State.CONNECTED), null)).isEqualTo(EndState.RECEIVING);
    }

    @Test
    void plainInputReceivesWhatCameInTheLastSecond() {
        Sampler.Interval interval = new Sampler.Interval(flow(media(100, "open")), flow(media(1_416, "open")), 1_000_000_000L);
        assertThat(EndState.of(media(1_416, "open"), interval)).isEqualTo(EndState.RECEIVING);
        assertThat(EndState.of(media(1_416, "open"), null)).isEqualTo(EndState.IDLE);
        assertThat(EndState.of(media(1_416, "ended"), interval)).isEqualTo(EndState.ENDED);
        assertThat(EndState.of(media(1_416, "failed: no such file"), interval)).isEqualTo(EndState.FAILED);
    }

    @Test
    void ristOutputSendsOnceItsPathCarries() {
        assertThat(EndState.of(rist(PathStats.State.CONNECTING, 0))).isEqualTo(EndState.WAITING);
        assertThat(EndState.of(rist(PathStats.State.CONNECTED, 0))).isEqualTo(EndState.IDLE);
        assertThat(EndState.of(rist(PathStats.State.CONNECTED, 5_000_000))).isEqualTo(EndState.SENDING);
    }

    @Test
    void plainOutputSaysItItself() {
        for (Map.Entry<String, EndState> each : Map.of("sending", EndState.SENDING, "idle", EndState.IDLE, "failed: the disk is full", EndState.FAILED).entrySet()) {
            assertThat(EndState.of(new OutputView("out", "", null, new OutputStats("", 1, 1, 0, 0, each.getKey())))).isEqualTo(each.getValue());
        }
    }
}
