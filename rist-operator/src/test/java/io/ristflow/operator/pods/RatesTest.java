package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final PodReport SAYS = Told.streaming(9_999_999);
    private final Rates rates = new Rates();

    private PodReport.Flow poll(long nowMs, Map<String, Long> bytes) {
        return rates.of(nowMs, new Sample(SAYS, bytes)).flow();
    }

    @Test
    void aRateIsWhatWasCountedSinceTheLastPoll() {
        poll(1000, Map.of("input main", 100L, "input main fibre 198.51.100.9:41210", 100L, "output playout", 50L));
        PodReport.Flow flow = poll(3000, Map.of("input main", 1_250_100L, "input main fibre 198.51.100.9:41210", 1_300_100L, "output playout", 1_200_050L));
        assertThat(flow.bitrateBps()).isEqualTo(5_000_000);
        assertThat(flow.inputs().getFirst().bitrateBps()).isEqualTo(5_000_000);
        assertThat(flow.inputs().getFirst().rist().paths().getFirst().bitrateBps()).isEqualTo(5_200_000);
        assertThat(flow.outputs().getFirst().bitrateBps()).isEqualTo(4_800_000);
    }

    @Test
    void withoutAnEarlierCountThePodsWordStands() {
        assertThat(poll(1000, Map.of("input main", 100L))).isEqualTo(SAYS.flow());
        assertThat(poll(3000, Map.of())).isEqualTo(SAYS.flow());
    }

    @Test
    void aCountThatBeganAnewIsNoRate() {
        poll(1000, Map.of("input main", 5_000_000L));
        assertThat(poll(3000, Map.of("input main", 1000L)).bitrateBps()).isEqualTo(9_999_999);
        assertThat(poll(5000, Map.of("input main", 251_000L)).bitrateBps()).isEqualTo(1_000_000);
    }

    @Test
    void ofTwoInputsThatAreMergedOnlyThePodKnowsTheSum() {
        PodReport merged = Told.report(Told.flow(List.of(Told.input("main", "Receiving", 1, null), Told.input("backup", "Receiving", 1, null)), List.of()), 1);
        rates.of(1000, new Sample(merged, Map.of("input main", 0L, "input backup", 0L)));
        PodReport.Flow flow = rates.of(2000, new Sample(merged, Map.of("input main", 125_000L, "input backup", 125_000L))).flow();
        assertThat(flow.bitrateBps()).isEqualTo(merged.flow().bitrateBps());
        assertThat(flow.inputs()).extracting(PodReport.End::bitrateBps).containsExactly(1_000_000L, 1_000_000L);
    }
}
