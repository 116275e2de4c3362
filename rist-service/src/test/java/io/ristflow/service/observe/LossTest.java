package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.ReceiverStats;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import io.ristflow.service.runtime.FlowSnapshot.RistReceiverView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final long SECOND = 1_000_000_000L;

    private static ReceiverStats.Flow flow(int id, boolean alive, long sent, long lost, long recovered) {
        return new ReceiverStats.Flow(id, 1, alive, sent, sent - lost, 0, 0, 0, 0, recovered, 0, 0, 0, 0, 0, lost, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static InputView input(ReceiverStats.Flow... flows) {
        return new InputView("main", "rist://@:5000", new RistReceiverView("main", true, "", new ReceiverStats(0, "main", List.of(flows), List.of(), Map.of()), List.of(), List.of(), true, List.of()), null);
    }

    @Test
    void windowForgetsWhatWasLostBeforeItAndTheTotalDoesNot() {
        Loss.Window window = new Loss.Window();
        Loss now = null;
        // 100 packets a second; a tenth is lost in the first ten seconds
        for (int s = 0; s <= 60; s++) now = window.look(s * SECOND, input(flow(2, true, s * 100L, Math.min(s, 10) * 10L, s)));
        assertThat(now.recent()).isEqualTo(new Loss.Count(3_000, 0, 30));
        assertThat(now.windowNs()).isEqualTo(30 * SECOND);
        assertThat(now.recent().lostPercent()).isZero();
        assertThat(now.total()).isEqualTo(new Loss.Count(6_000, 100, 60));
        assertThat(now.total().lostPercent()).isEqualTo(100.0 / 60);
    }

    @Test
    void firstLookIsAllThatThereIs() {
        Loss loss = new Loss.Window().look(SECOND, input(flow(2, true, 200, 10, 3)));
        assertThat(loss).isEqualTo(new Loss(0, new Loss.Count(200, 10, 3), new Loss.Count(200, 10, 3)));
        assertThat(loss).isEqualTo(Loss.sinceStart(input(flow(2, true, 200, 10, 3))));
        assertThat(loss.recent().lostPercent()).isEqualTo(5);
        assertThat(Loss.sinceStart(input()).recent().lostPercent()).isZero();
    }

    @Test
    void flowThatCameAnewCountsFromItsBeginningAndOneThatLeftNotAtAll() {
        Loss.Window window = new Loss.Window();
        window.look(0, input(flow(2, true, 1_000, 500, 0)));
        Loss loss = window.look(SECOND, input(flow(2, false, 1_000, 500, 0), flow(4, true, 50, 1, 2)));
        assertThat(loss.recent()).isEqualTo(new Loss.Count(50, 1, 2));
        assertThat(loss.total()).isEqualTo(new Loss.Count(50, 1, 2));
        // The same id once more, from its beginning
        assertThat(window.look(2 * SECOND, input(flow(4, true, 10, 0, 0))).total()).isEqualTo(new Loss.Count(10, 0, 0));
    }
}
