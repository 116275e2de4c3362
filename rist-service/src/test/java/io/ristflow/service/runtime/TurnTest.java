package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTest {
    /** Datagrams of 1,316 bytes: 2, 10, 50, 100, 300 and 1,000 Mb/s. */
    @ParameterizedTest(name = "{0} us at the most, {1} datagrams/s")
    @CsvSource({
        "3750, 190, 5000",
        "3750, 950, 3750",
        "3750, 4750, 3750",
        "3750, 9500, 3368",
        "3750, 28500, 1122",
        "3750, 95000, 1000",
        "10000, 190, 13333",
        "10000, 950, 10000",
        "10000, 4750, 6736",
        "1000, 950, 1000",
        "2500, 190, 2500",
    })
    void aTurnIsAsSeldomAsTheFlowBearsAndItsBurstsAllow(long longestUs, double datagramsPerSecond, long us) {
        assertThat(Turn.intervalNs(new Tempo(longestUs * 1_000), datagramsPerSecond / 1e9) / 1_000).isEqualTo(us);
    }
}
