package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.bench.SearchTrial.Found;
import io.ristflow.service.bench.SearchTrial.Probe;
import org.junit.jupiter.api.Test;

class SearchTrialTest {
    /** Whole up to a rate. */
    private static SearchTrial.Prober wholeUpTo(double most) {
        return mbps -> new Probe(mbps, mbps <= most ? 0 : 17, false);
    }

    @Test
    void highestWholeRateIsFoundToSixPercent() throws Exception {
        Found found = SearchTrial.find(50, 2_000, wholeUpTo(470));
        assertThat(found.mbps()).isBetween(470 / 1.06 - 1, 470.0);
        assertThat(found.above().mbps()).isBetween(470.0, 470 * 1.06 + 1);
        assertThat(found.probes()).hasSizeLessThan(15);
        assertThat(found.probes().stream().filter(probe -> probe.mbps() == found.mbps())).as("found, and confirmed twice").hasSize(3);
    }

    @Test
    void rateBelowTheFirstOneIsFoundAsWell() throws Exception {
        assertThat(SearchTrial.find(50, 2_000, wholeUpTo(9)).mbps()).isEqualTo(9);
        assertThat(SearchTrial.find(50, 2_000, wholeUpTo(0.5)).mbps()).isZero();
    }

    @Test
    void nothingIsTriedAboveTheMost() throws Exception {
        Found found = SearchTrial.find(50, 120, wholeUpTo(1e9));
        assertThat(found.mbps()).isEqualTo(120);
        assertThat(found.above()).isNull();
        assertThat(found.probes()).extracting(Probe::mbps).containsExactly(50.0, 100.0, 120.0, 120.0, 120.0);
    }

    @Test
    void rateThatFailsWhenTriedAgainIsLeftForALowerOne() throws Exception {
        int[] tries = {0};
        Found found = SearchTrial.find(100, 100, mbps -> new Probe(mbps, mbps == 100 && ++tries[0] > 1 ? 3 : 0, false));
        assertThat(found.mbps()).isEqualTo(93);
        assertThat(found.above()).isEqualTo(new Probe(100, 3, false));
    }

    @Test
    void rateThatTheBenchCouldNotMakeIsNotWhole() {
        assertThat(new Probe(1_000, 0, true).whole()).isFalse();
        assertThat(new Probe(1_000, 0, false).whole()).isTrue();
        assertThat(new Probe(1_000, 1, false).whole()).isFalse();
    }
}
