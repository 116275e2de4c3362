package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a flow's ticks may be. */
class TempoTest {
    @ParameterizedTest
    @CsvSource({
        "udp://@127.0.0.1:5004, rist://127.0.0.1:5000, 10000, a sender whose media bear stamps",
        "udp://@127.0.0.1:5004, rist://127.0.0.1:5000?buffer=500, 2500, a short buffer",
        "udp://@127.0.0.1:5004, rist://127.0.0.1:5000?buffer=200, 1000, a shorter one",
        "test:, rist://127.0.0.1:5000, 3750, a signal that is made on the tick",
        "udp://@127.0.0.1:5004, udp://127.0.0.1:5006, 3750, no RIST",
        "rist://@127.0.0.1:5000, udp://127.0.0.1:5006, 3750, a receiver",
        "rist://@127.0.0.1:5000?buffer=200, udp://127.0.0.1:5006, 1000, a receiver with a short buffer",
        "rist://@127.0.0.1:5000, rist://127.0.0.1:5002, 3750, a relay"
    })
    void longestTickIsWhatTheEndsBear(String input, String output, long us, String what) {
        assertThat(Tempo.of(FlowRig.spec("flow", input, output)).longestTickNs()).as(what).isEqualTo(us * 1_000);
    }

    @ParameterizedTest
    @CsvSource({"udp://127.0.0.1:5006", "rist://127.0.0.1:5002?buffer=200"})
    void oneOutputThatBearsLessDecidesForAll(String other) {
        assertThat(Tempo.of(FlowRig.spec("flow", "udp://@127.0.0.1:5004", "rist://127.0.0.1:5000", other)).longestTickNs()).isLessThanOrEqualTo(3_750_000);
    }
}
