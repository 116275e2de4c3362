package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bond in its model: legs that die, lose, lengthen, come and go. 500 packets a second. */
class SenderBondTest {
    private static final int RATE = 500;
    private final BondModel model = new BondModel(1);

    @Test
    void weightsThreeToOneAreHonoured() {
        model.leg(3, 10);
        model.leg(1, 10);
        model.run(10_000, RATE);
        assertThat(model.legs.get(0).carried / 5_000.0).isCloseTo(0.75, within(0.0375));
        assertThat(model.residual(0)).isLessThan(10);
    }

    @Test
    void weightsAreHonouredUnderMildLossAndUnequalDelays() {
        model.leg(3, 10);
        model.leg(1, 80);
        for (BondModel.Leg leg : model.legs) leg.loss = 0.03;
        model.run(20_000, RATE);
        assertThat(model.legs.get(0).carried / 10_000.0).isCloseTo(0.75, within(0.0375));
        assertThat(model.residual(1_000)).isZero();
    }

    @Test
    void dyingLegLosesItsShareWithinFourHundredMillisecondsAndNothingIsLost() {
        model.leg(1, 20);
        model.leg(1, 20);
        model.run(2_000, RATE);
        model.legs.get(1).dead = true;
        int before = model.legs.get(1).carried;
        model.run(400, RATE);
        int until = model.legs.get(1).carried;
        model.run(5_000, RATE);
        assertThat(model.legs.get(1).carried).isEqualTo(until);
        assertThat(until - before).isLessThan(100);
        assertThat(model.residual(500)).isZero();
        assertThat(model.bond.silent(1)).isTrue();
    }

    @Test
    void whatASilentLegCarriedSinceItWasHeardIsRescuedOnce() {
        SenderBond bond = new SenderBond(1_000 * NS_PER_MS);
        for (int leg = 0; leg < 2; leg++) {
            bond.addLeg(0, leg, 1, RttMuting.Settings.OFF);
            bond.open(leg, true);
            bond.onRtt(leg, 40 * NS_PER_MS, 40 * NS_PER_MS);
        }
        for (int ms = 0; ms <= 1_000; ms += 10) {
            if (ms % 100 == 0) bond.onHeard(ms * NS_PER_MS, 0);
            if (ms % 100 == 0 && ms <= 500) bond.onHeard(ms * NS_PER_MS, 1);
            bond.onTime(ms * NS_PER_MS);
            if (bond.rescues()) break;
            bond.pick(ms * NS_PER_MS, ms / 10);
        }
        assertThat(bond.silent(1)).isTrue();
        assertThat(bond.rescueLeg()).isZero();
        List<Long> rescued = new ArrayList<>();
        for (long sequence = bond.nextRescue(); sequence >= 0; sequence = bond.nextRescue()) rescued.add(sequence);
        assertThat(rescued).as("heard at 500 ms; a round trip and 20 ms before that is 440").first().isEqualTo(45L);
        assertThat(rescued).allMatch(s -> s % 2 == 1).hasSizeBetween(19, 22);
        assertThat(bond.rescues()).isFalse();
    }

    @Test
    void legThatComesBackTakesItsShareUpAgain() {
        model.leg(1, 20);
        model.leg(1, 20);
        model.run(2_000, RATE);
        model.legs.get(1).dead = true;
        model.run(3_000, RATE);
        model.legs.get(1).dead = false;
        model.run(5_000, RATE);
        assertThat(model.bond.share(1)).isEqualTo(1_000);
        assertThat(model.carried(1, 8)).isCloseTo(250, within(13));
        assertThat(model.residual(500)).isZero();
    }

    @Test
    void legThatLosesFortyPercentLosesItsShareWithinTwoSecondsAndRegainsIt() {
        model.leg(1, 20);
        model.leg(1, 20);
        model.run(3_000, RATE);
        model.legs.get(1).loss = 0.4;
        model.run(5_000, RATE);
        model.legs.get(1).loss = 0;
        model.run(6_000, RATE);
        for (int second = 5; second < 8; second++) assertThat(model.carried(1, second)).as("second " + second).isLessThan(40);
        for (int second = 11; second < 14; second++) assertThat(model.carried(1, second)).as("second " + second).isCloseTo(250, within(13));
        assertThat(model.residual(500)).isZero();
    }

    @Test
    void legWhoseWayForwardAloneIsDeadLosesItsShare() {
        model.leg(1, 20);
        model.leg(1, 20);
        model.run(2_000, RATE);
        model.legs.get(1).loss = 1;
        model.run(2_000, RATE);
        assertThat(model.bond.silent(1)).as("its reports come").isFalse();
        assertThat(model.bond.share(1)).isZero();
        assertThat(model.carried(1, 3)).isLessThan(30);
        assertThat(model.residual(500)).isZero();
    }

    @Test
    void legsThatLoseAlikeKeepTheirShares() {
        model.leg(1, 20);
        model.leg(1, 20);
        for (BondModel.Leg leg : model.legs) leg.loss = 0.4;
        model.run(20_000, RATE);
        assertThat(model.legs.get(0).carried / 10_000.0).isCloseTo(0.5, within(0.1));
        assertThat(model.residual(2_000)).isZero();
    }

    @Test
    void aLongLegThatLosesNothingKeepsItsShareAndIsNotAnsweredInVain() {
        model.leg(1, 10);
        model.leg(1, 80);
        model.run(5_000, RATE);
        assertThat(model.early).as("requests for what was on its way").isPositive();
        assertThat(model.legs.get(0).answers + model.legs.get(1).answers).isLessThan(100);
        assertThat(model.bond.share(1)).isEqualTo(1_000);
    }

    @Test
    void aLongLegThatLosesHeavilyIsFoundOut() {
        model.leg(1, 10);
        model.leg(1, 80);
        model.run(2_000, RATE);
        model.legs.get(1).loss = 0.4;
        model.run(4_000, RATE);
        assertThat(model.carried(1, 5)).isLessThan(60);
        assertThat(model.residual(1_000)).isZero();
    }

    @Test
    void legAboveItsRttCeilingIsMutedTrickledAndRestored() {
        RttMuting.Settings settings = new RttMuting.Settings(300 * NS_PER_MS, 0, 1_000 * NS_PER_MS, 100);
        model.leg(1, 20, settings);
        model.leg(1, 20, settings);
        model.run(2_000, RATE);
        model.legs.get(1).delayNs = 200 * NS_PER_MS;
        model.run(4_000, RATE);
        assertThat(model.bond.muted(1)).isTrue();
        assertThat(model.bond.muteEvents(1)).isEqualTo(1);
        assertThat(model.carried(1, 5)).as("one in a hundred").isEqualTo(5);
        model.legs.get(1).delayNs = 20 * NS_PER_MS;
        model.run(6_000, RATE);
        assertThat(model.bond.muted(1)).isFalse();
        assertThat(model.carried(1, 8)).as("two settles to come back, two to ramp up").isBetween(1, 200);
        assertThat(model.carried(1, 11)).isCloseTo(250, within(13));
        assertThat(model.residual(1_000)).isZero();
    }

    @Test
    void trickleEndsWhereItWouldComeTooLate() {
        RttMuting.Settings settings = new RttMuting.Settings(300 * NS_PER_MS, 0, 1_000 * NS_PER_MS, 100);
        model.leg(1, 20, settings);
        model.leg(1, 20, settings);
        model.run(1_000, RATE);
        model.legs.get(1).delayNs = 1_001 * NS_PER_MS;
        model.run(5_000, RATE);
        assertThat(model.carried(1, 5)).isZero();
    }

    @Test
    void whereAllAreToBeMutedOneCarriesOnAndStaysTheOne() {
        RttMuting.Settings settings = new RttMuting.Settings(100 * NS_PER_MS, 0, 500 * NS_PER_MS, 0);
        model.leg(1, 200, settings);
        model.leg(1, 190, settings);
        model.run(2_000, RATE);
        assertThat(model.bond.muted(0)).isTrue();
        assertThat(model.bond.muted(1)).isFalse();
        model.legs.get(0).delayNs = 120 * NS_PER_MS;
        model.run(3_000, RATE);
        assertThat(model.bond.muted(1)).as("not twice as good").isFalse();
        model.legs.get(0).delayNs = 90 * NS_PER_MS;
        model.run(2_000, RATE);
        assertThat(model.bond.muted(0)).isFalse();
        assertThat(model.bond.muted(1)).isTrue();
    }

    @Test
    void answersLeaveALossyLegEveryOtherTime() {
        model.leg(1, 20);
        model.leg(1, 20);
        model.legs.get(1).loss = 0.5;
        model.run(3_000, RATE);
        assertThat(model.bond.answerLeg(0)).isZero();
        assertThat(new int[] {model.bond.answerLeg(1), model.bond.answerLeg(1)}).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void legsAreAddedRemovedAndReweightedWithoutLoss() {
        model.leg(1, 20);
        model.run(1_000, RATE);
        model.leg(1, 30);
        model.run(2_000, RATE);
        assertThat(model.carried(1, 2)).isCloseTo(250, within(13));
        model.bond.weigh(1, 3);
        model.run(2_000, RATE);
        assertThat(model.carried(1, 4)).isCloseTo(375, within(19));
        model.bond.weigh(1, 0);
        model.run(1_000, RATE);
        assertThat(model.carried(0, 5)).isEqualTo(500);
        assertThat(model.carried(1, 5)).isEqualTo(500);
        model.bond.removeLeg(0);
        model.run(2_000, RATE);
        assertThat(model.carried(0, 7)).isZero();
        assertThat(model.carried(1, 7)).isEqualTo(500);
        assertThat(model.residual(500)).isZero();
    }

    @Test
    void aSingleLegIsNoBondAndCostsNoReview() {
        model.leg(1, 20);
        assertThat(model.bond.bonded()).isFalse();
        assertThat(model.bond.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
        model.legs.get(0).loss = 0.5;
        model.run(3_000, RATE);
        assertThat(model.legs.get(0).carried).isEqualTo(1_500);
        assertThat(model.bond.early(0, 5, 0)).isFalse();
    }

    @Test
    void slowFlowIsJudgedToo() {
        model.leg(1, 20);
        model.leg(1, 20);
        model.run(2_000, 100);
        model.legs.get(1).loss = 0.5;
        model.run(4_000, 100);
        assertThat(model.carried(1, 4) + model.carried(1, 5)).as("of 200").isLessThan(70);
        model.legs.get(1).loss = 0;
        model.run(5_000, 100);
        assertThat(model.carried(1, 10)).isCloseTo(50, within(5));
        assertThat(model.residual(500)).isZero();
    }
}
