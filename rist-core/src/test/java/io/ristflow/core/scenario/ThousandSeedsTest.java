package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.core.config.ReceiverConfig.NackType;
import io.ristflow.core.config.Timing;
import io.ristflow.core.sim.Delivery;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import io.ristflow.core.sim.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand worlds drawn by chance, each with a path that the buffer can make good: nothing twice, in order, nothing past its deadline, and complete. To look at one,
 * run {@link #world} with the seed that the failure names.
 */
class ThousandSeedsTest {
    private static final int SEEDS = 1_000;
    private static final int PACKETS = 600;
    private static final int SECONDS_ALLOWED = 120;
    /** What is lost before the first arrival or after the last nobody can know of. */
    private static final int ENDS = 12;

    @Test
    void everyWorldKeepsTheFourInvariants() {
        long startNs = System.nanoTime();
        List<String> failures = new ArrayList<>();
        AtomicLong recovered = new AtomicLong();
        IntStream.range(0, SEEDS).parallel().forEach(seed -> {
            try {
                recovered.addAndGet(world(seed));
            } catch (AssertionError | RuntimeException e) {
                synchronized (failures) {
                    if (failures.size() < 5) failures.add("world(" + seed + "): " + e);
                }
            }
        });
        long seconds = (System.nanoTime() - startNs) / 1_000_000_000L;
        assertThat(failures).as("the first worlds that failed").isEmpty();
        assertThat(recovered.get()).as("packets that had to be asked for, in all worlds").isGreaterThan(15_000);
        assertThat(seconds).as("seconds for %d worlds", SEEDS).isLessThan(SECONDS_ALLOWED);
    }

    /** @return packets that were recovered */
    private static long world(long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        Pair pair = new Pair(seed);
        boolean main = r.nextBoolean();
        pair.profile(main ? Profile.MAIN : Profile.SIMPLE);
        if (r.nextBoolean()) pair.receiverCalls();
        if (main && r.nextBoolean()) pair.secret("the sea, the sea", r.nextBoolean() ? 128 : 256, r.nextBoolean() ? 200 : 0);
        if (r.nextInt(4) == 0) pair.nackType(NackType.BITMASK);
        if (r.nextInt(4) == 0) pair.timing(Timing.ARRIVAL);
        if (r.nextInt(3) == 0) pair.tickMs(1 + r.nextInt(5));
        if (r.nextInt(3) == 0) pair.senderClockPpm(r.nextInt(-100, 101));

        double delayMs = 1 + r.nextInt(20);
        double jitterMs = r.nextInt(2) * r.nextInt(6);
        double byMs = 1 + r.nextInt(8);
        // Fourteen round trips: with a tenth lost each way, all the tries for one of a hundred thousand packets fail once in a thousand years of these tests
        int bufferMs = (int) Math.max(250, 14 * (2 * (delayMs + jitterMs) + 12));
        pair.bufferMs(bufferMs);
        PathConditions path = PathConditions.delayMs(delayMs).withJitterMs(jitterMs);
        if (r.nextBoolean()) path = path.withReordering(r.nextDouble() * 0.1, byMs);
        if (r.nextBoolean()) path = path.withDuplicates(r.nextDouble() * 0.1);
        PathConditions there = r.nextInt(5) == 0 ? path : path.withLoss(r.nextDouble() * 0.1, r.nextBoolean() ? 1 : 1 + r.nextInt(5));
        PathConditions back = r.nextBoolean() ? path : path.withLoss(r.nextDouble() * 0.1, 1);
        pair.path(there, back);

        pair.connect();
        int packetsPerSecond = 200 + r.nextInt(301);
        Delivery delivery = pair.stream(Payloads.of(64 + r.nextInt(1_253)), packetsPerSecond, PACKETS);
        // A tenth of the worlds lose the path altogether for a while
        if (r.nextInt(10) == 0) {
            long fromMs = pair.world.nowMs() + 500;
            pair.forward.become(there.withOutageMs(fromMs, fromMs + bufferMs / 4));
        }
        pair.world.runMs(PACKETS * 1_000 / packetsPerSecond + bufferMs + 300);
        delivery.assertCompleteBut(ENDS, pair);
        assertThat(pair.receiver.unexpectedDeliveries).isZero();
        return pair.flow().recovered();
    }
}
