package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Which legs a packet goes out on. Legs are A, B, C, D = 0..3. */
class PathPickerTest {
    private final PathPicker picker = new PathPicker();

    @Test
    void legsOfWeightZeroTakeACopyOfEverything() {
        legs(0, 0);
        assertThat(picks(4)).isEqualTo("AB AB AB AB");
    }

    @Test
    void weightsAreKeptSmoothly() {
        legs(3, 1);
        assertThat(picks(8)).isEqualTo("A A B A A A B A");
    }

    @Test
    void copiesAndRotationAreThereAtOnce() {
        legs(0, 1, 1);
        assertThat(picks(4)).isEqualTo("AB AC AB AC");
    }

    @Test
    void closedLegTakesNothing() {
        legs(1, 1, 0);
        picker.open(1, false);
        picker.open(2, false);
        assertThat(picks(3)).isEqualTo("A A A");
        picker.open(0, false);
        assertThat(picker.pick(0)).isZero();
    }

    @Test
    void silentLegLosesItsPartAndTakesItBack() {
        legs(1, 1);
        picker.silent(1, true);
        assertThat(picks(3)).isEqualTo("A A A");
        picker.silent(1, false);
        assertThat(picks(4)).containsPattern("B");
    }

    @Test
    void silentLegOfCopiesGoesOn() {
        legs(0, 0);
        picker.silent(1, true);
        assertThat(picks(2)).isEqualTo("AB AB");
    }

    @Test
    void whereAllLegsOfTheRotationAreSilentItGoesOnOverThem() {
        legs(1, 1);
        picker.silent(0, true);
        picker.silent(1, true);
        assertThat(picks(4)).isEqualTo("A B A B");
    }

    @Test
    void silentCopiesAloneAreNotEnough() {
        legs(0, 1, 1);
        picker.silent(0, true);
        picker.silent(1, true);
        picker.muted(2, true, 0);
        assertThat(picks(2)).as("C is late but heard").isEqualTo("AC AC");
    }

    @Test
    void ofMutedLegsTheQuickestCarriesAndAHeardOneBeforeASilentOne() {
        legs(1, 1, 1);
        for (int leg = 0; leg < 3; leg++) picker.muted(leg, true, 0);
        picker.rtt(0, 300);
        picker.rtt(1, 100);
        assertThat(picks(2)).isEqualTo("B B");
        picker.silent(1, true);
        assertThat(picks(2)).isEqualTo("A A");
        picker.silent(0, true);
        picker.silent(2, true);
        assertThat(picks(1)).isEqualTo("B");
    }

    @Test
    void mutedLegIsTrickledWithEveryNthPacketAsACopy() {
        legs(1, 1);
        picker.muted(1, true, 3);
        assertThat(picks(7)).isEqualTo("A A AB A A AB A");
        picker.muted(1, true, 0);
        assertThat(picks(4)).isEqualTo("A A A A");
    }

    @Test
    void mutedLegOfCopiesIsTrickledToo() {
        legs(0, 0);
        picker.muted(1, true, 2);
        assertThat(picks(4)).isEqualTo("A AB A AB");
    }

    @Test
    void halfAShareIsHalfTheWeight() {
        legs(1, 1);
        picker.share(1, 500, 0);
        assertThat(share(1, 3_000)).isCloseTo(1.0 / 3, within(0.001));
    }

    @Test
    void legWithoutAShareIsProbedInItsInterval() {
        legs(1, 1);
        picker.share(1, 0, 50 * NS_PER_MS);
        int probes = 0;
        for (int i = 0; i < 1_000; i++) if (picker.pick(i * 2 * NS_PER_MS) == 2) probes++;
        assertThat(probes).as("40 in 2 s").isBetween(38, 41);
    }

    @Test
    void ofASlowFlowEveryFourthPacketAtMostIsAProbe() {
        legs(1, 1);
        picker.share(1, 0, 50 * NS_PER_MS);
        int probes = 0;
        for (int i = 0; i < 100; i++) if (picker.pick(i * 100 * NS_PER_MS) == 2) probes++;
        assertThat(probes).isBetween(23, 26);
    }

    @Test
    void whereNoLegHasAShareTheWeightsCount() {
        legs(3, 1);
        picker.share(0, 0, 0);
        picker.share(1, 0, 0);
        assertThat(picks(4)).isEqualTo("A A B A");
    }

    @Test
    void reweightedLegsAreNotOwedWhatTheyWereUnderOldWeights() {
        legs(10_000, 1);
        for (int i = 0; i < 5_000; i++) picker.pick(0);
        picker.weigh(0, 1);
        assertThat(share(0, 20)).isCloseTo(0.5, within(0.1));
    }

    @Test
    void weightBecomesZeroAndBack() {
        legs(1, 1);
        picker.weigh(1, 0);
        assertThat(picks(3)).isEqualTo("AB AB AB");
        picker.weigh(1, 1);
        assertThat(share(1, 10)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void legsComeAndGo() {
        legs(1, 1);
        picker.remove(0);
        assertThat(picks(2)).isEqualTo("B B");
        picker.add(3, 1);
        assertThat(picks(2)).as("D is not open yet").isEqualTo("B B");
        picker.open(3, true);
        assertThat(share(3, 100)).isCloseTo(0.5, within(0.02));
        assertThat(picker.has(0)).isFalse();
        assertThat(picker.legs()).isEqualTo(0b1010);
    }

    @Test
    void carrierIsTheOneThatAPacketDependsOn() {
        legs(0, 1, 1);
        picker.muted(2, true, 1);
        long picked = picker.pick(0);
        assertThat(picked).isEqualTo(0b111);
        assertThat(picker.carrier(picked)).as("A has a copy of all, C a trickle").isEqualTo(1);
        assertThat(picker.carrier(0b001)).isEqualTo(-1);
    }

    @Test
    void sixtyFourLegsAreTheLimit() {
        for (int leg = 0; leg < PathPicker.MAX_LEGS; leg++) {
            picker.add(leg, 1);
            picker.open(leg, true);
        }
        long seen = 0;
        for (int i = 0; i < PathPicker.MAX_LEGS; i++) seen |= picker.pick(0);
        assertThat(seen).isEqualTo(-1L);
        assertThatThrownBy(() -> picker.add(64, 1)).hasMessage("leg 64 is not in 0..63");
    }

    private void legs(int... weights) {
        for (int i = 0; i < weights.length; i++) {
            picker.add(i, weights[i]);
            picker.open(i, true);
        }
    }

    private double share(int leg, int packets) {
        int count = 0;
        for (int i = 0; i < packets; i++) if ((picker.pick(0) & 1L << leg) != 0) count++;
        return (double) count / packets;
    }

    private String picks(int packets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packets; i++) {
            long picked = picker.pick(0);
            for (int leg = 0; leg < 4; leg++) if ((picked & 1L << leg) != 0) text.append((char) ('A' + leg));
            text.append(' ');
        }
        return text.toString().trim();
    }
}
