package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A packet, a request and a review of the bond allocate nothing. */
class BondAllocatesNothingTest {
    @Test
    void aPacketARequestAndAReviewAllocateNothing() {
        SenderBond bond = new SenderBond(1_000 * NS_PER_MS);
        FeedbackRouter router = new FeedbackRouter();
        for (int leg = 0; leg < 4; leg++) {
            bond.addLeg(0, leg, leg, RttMuting.Settings.OFF);
            bond.open(leg, true);
        }
        work(bond, router, 0, 200_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(thread);
        work(bond, router, 200_000, 400_000);
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(1_000);
    }

    private static void work(SenderBond bond, FeedbackRouter router, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            long now = sequence * NS_PER_MS;
            bond.pick(now, sequence);
            bond.onHeard(now, (int) (sequence & 3));
            bond.onRtt((int) (sequence & 3), 20 * NS_PER_MS, 20 * NS_PER_MS);
            if (sequence % 7 == 0) bond.early(now, sequence - 50, 1);
            bond.answerLeg(2);
            bond.onTime(now);
            router.begin(now);
            for (int path = 0; path < 4; path++) router.offer(path, path, 0, 20 * NS_PER_MS, now);
            int path = router.choose();
            router.onAsked(now, path, 20 * NS_PER_MS);
            router.onAnswer(path);
        }
    }
}
