package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader itself: what judges the chart's queries must be able to say no. */
class PromQlTest {
    @Test
    void itTellsWhatAQueryAsksOfEachMetric() {
        assertThat(PromQl.read("sum by (a, b) (rate(x_total{c=\"1\",d=~\"2|}\"}[5m])) / on (a) group_left (b) max by (a) (y) > 0.1 # hint")).containsExactlyInAnyOrder(
                new PromQl.Use("x_total", Set.of("c", "d"), Set.of("a", "b"), "rate"), new PromQl.Use("y", Set.of(), Set.of("a"), "max"));
        assertThat(PromQl.read("absent(up{job=\"j\"} == 1)")).containsExactly(new PromQl.Use("up", Set.of("job"), Set.of(), "absent"));
        assertThat(PromQl.read("max_over_time(x[1h:1m] offset 5m) or vector(0)")).containsExactly(new PromQl.Use("x", Set.of(), Set.of(), "max_over_time"));
        assertThat(PromQl.read("-1.5e3 + 2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(x", "sum(x))", "x{a=\"b\"", "x{a=b}", "x[5m]", "rate(x)", "rate(x[5])", "max(x[5m])", "x and 1", "x +", "rte(x[5m])", "x y", "x{a=\"b\" c=\"d\"}", "rate(sum(x)[5m])", "\"a\" + 1", "x[5m",
            "x / on (a) max by (b) (y)", "x §"})
    void itRefusesWhatPrometheusWould(String query) {
        assertThatThrownBy(() -> PromQl.read(query)).isInstanceOf(IllegalArgumentException.class);
    }
}
