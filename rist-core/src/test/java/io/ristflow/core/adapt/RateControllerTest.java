package io.ristflow.core.adapt;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ristflow.core.packet.LinkQuality;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What one report may do. What many do to a path is {@link CapacityModelTest}'s. */
class RateControllerTest {
    private static final long PERIOD_NS = 200 * NS_PER_MS;

    private final RateController controller = new RateController(1_000_000, 10_000_000);
    /** A monotonic clock may count from anywhere. */
    private long nowNs = -50 * PERIOD_NS;
    private int sequence = 0xFFFF_FFF0;

    @Test
    void targetBeginsAtTheMaximum() {
        assertThat(controller.targetBps()).isEqualTo(10_000_000);
        assertThat(controller.capacityBps()).isZero();
    }

    @Test
    void cleanReportsChangeNothingAlsoWhereTheirNumbersWrap() {
        for (int i = 0; i < 100; i++) assertThat(report(190, 0, 10_000)).isFalse();
        assertThat(controller.targetBps()).isEqualTo(10_000_000);
    }

    @Test
    void heavyLossLowersTheTargetBelowWhatArrives() {
        for (int i = 0; i < 20; i++) report(190, 0, 10_000);
        boolean changed = false;
        for (int i = 0; i < 3; i++) changed |= report(95, 95, 5_000);
        assertThat(changed).isTrue();
        assertThat(controller.targetBps()).isBetween(3_500_000L, 5_000_000L);
        assertThat(controller.capacityBps()).isBetween(4_900_000L, 5_500_000L);
    }

    @Test
    void targetNeverFallsBelowTheMinimum() {
        for (int i = 0; i < 200; i++) {
            report(2, 190, 100);
            assertThat(controller.targetBps()).isBetween(1_000_000L, 10_000_000L);
        }
        assertThat(controller.targetBps()).isEqualTo(1_000_000);
    }

    /** Each of several legs carries the same report (TR-06-4 Part 1 §5.5). */
    @Test
    void repeatedAndOvertakenReportsAreSteppedOver() {
        for (int i = 0; i < 20; i++) report(190, 0, 10_000);
        LinkQuality heavy = LinkQualityMeterTest.quality(sequence - 1, 200, 1_000, 2, 0, 0, 0, 0, 0, 100, 0);
        heavy.originalLost = 10_000;
        assertThat(controller.onReport(nowNs, heavy, 1)).isFalse();
        heavy.sequence = sequence - 5;
        assertThat(controller.onReport(nowNs, heavy, 1)).isFalse();
        assertThat(controller.targetBps()).isEqualTo(10_000_000);
    }

    @Test
    void aReceiverThatBeginsAnewIsHeardAgain() {
        sequence = 50_000;
        for (int i = 0; i < 20; i++) report(190, 0, 10_000);
        sequence = 0;
        for (int i = 0; i < 3; i++) report(95, 95, 5_000);
        assertThat(controller.targetBps()).isLessThan(5_000_000);
    }

    /** Two legs that carry the same: the receiver counts both (§5.5.1). */
    @Test
    void whatIsSentTwiceOnPurposeCountsOnce() {
        for (int i = 0; i < 20; i++) report(380, 0, 20_000, 2);
        for (int i = 0; i < 3; i++) report(190, 95, 10_000, 2);
        assertThat(controller.capacityBps()).isBetween(4_900_000L, 5_500_000L);
    }

    @Test
    void aReportOfNoTimeIsIgnored() {
        assertThat(controller.onReport(nowNs, LinkQualityMeterTest.quality(1, 0, 1_000, 1, 1_000, 0, 0, 0, 0, 0, 0), 1)).isFalse();
    }

    @Test
    void whateverAPeerReportsTheTargetStaysWithinItsBounds() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            LinkQuality q = LinkQualityMeterTest.quality(random.nextInt(), word(random), word(random), word(random), word(random), word(random), word(random), word(random), word(random), word(random), word(random));
            if (random.nextInt(3) > 0) q.sequence = sequence++;
            nowNs += random.nextInt(4) == 0 ? random.nextLong(10_000_000_000L) : random.nextLong(300_000_000);
            if (random.nextBoolean()) controller.onRtt(nowNs, random.nextInt(5) == 0 ? random.nextLong() : random.nextLong(500_000_000));
            controller.onReport(nowNs, q, random.nextInt(3));
            assertThat(controller.targetBps()).isBetween(1_000_000L, 10_000_000L);
            assertThat(controller.capacityBps()).isBetween(0L, 10_000_000L);
        }
    }

    @Test
    void reportsAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        LinkQuality q = LinkQualityMeterTest.quality(0, 200, 1_000, 190, 0, 0, 0, 0, 0, 10_000, 0);
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) before = threads.getCurrentThreadAllocatedBytes();
            q.sequence = i;
            q.originalLost = i % 50 == 0 ? 90 : 0;
            nowNs += PERIOD_NS;
            controller.onRtt(nowNs, 40 * NS_PER_MS);
            controller.onReport(nowNs, q, 1);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    @Test
    void boundsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RateController(0, 1)).hasMessageContaining("minBps 0");
        assertThatThrownBy(() -> new RateController(2, 1)).hasMessageContaining("maxBps 1");
    }

    private boolean report(long came, long lost, long kbps) {
        return report(came, lost, kbps, 1);
    }

    private boolean report(long came, long lost, long kbps, double copies) {
        nowNs += PERIOD_NS;
        controller.onRtt(nowNs, 40 * NS_PER_MS);
        return controller.onReport(nowNs, LinkQualityMeterTest.quality(sequence++, 200, 1_000, came, lost, 0, 0, 0, 0, kbps, 0), copies);
    }

    /** 32 bits without a sign, small, or at a border. */
    private static long word(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt() & 0xFFFF_FFFFL;
            case 1 -> 0;
            case 2 -> 0xFFFF_FFFFL;
            default -> random.nextInt(10_000);
        };
    }
}
