package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.AdvancedConfig;
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
import java.util.function.LongUnaryOperator;
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
    /** Nobody can know of what is lost before the first arrival or after the last, so the first and last packets are spared. */
    private static final long SPARED_MS = 25;
    /** How much sooner than a whole buffer after its push a packet may be played: the caution with which clocks are compared. */
    private static final int EARLY_MS = 5;

    @Test
    void everyWorldKeepsTheFourInvariants() {
        keepTheInvariants(ThousandSeedsTest::world);
    }

    @Test
    void everyBondedWorldKeepsThemToo() {
        keepTheInvariants(ThousandSeedsTest::bondedWorld);
    }

    private static void keepTheInvariants(LongUnaryOperator world) {
        long startNs = System.nanoTime();
        List<String> failures = new ArrayList<>();
        AtomicLong recovered = new AtomicLong();
        IntStream.range(0, SEEDS).parallel().forEach(seed -> {
            try {
                recovered.addAndGet(world.applyAsLong(seed));
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
        Profile profile = Profile.values()[r.nextInt(3)];
        boolean simple = profile == Profile.SIMPLE;
        boolean receiverCalls = r.nextBoolean();
        // An Advanced end and one of Main only speak Main
        boolean mixed = profile == Profile.ADVANCED && r.nextInt(4) == 0;
        boolean mainSends = r.nextBoolean();
        pair.profiles(mixed && mainSends ? Profile.MAIN : profile, mixed && !mainSends ? Profile.MAIN : profile);
        if (profile == Profile.ADVANCED) pair.advanced(new AdvancedConfig(r.nextBoolean(), r.nextInt(4) == 0));
        if (receiverCalls) pair.receiverCalls();
        if (!simple && r.nextBoolean()) pair.secret("the sea, the sea", r.nextBoolean() ? 128 : 256, r.nextBoolean() ? 200 : 0);
        if (simple && !receiverCalls && r.nextInt(4) == 0) pair.tornPair();
        if (r.nextInt(4) == 0) pair.nackType(NackType.BITMASK);
        pair.timing(r.nextInt(2) == 0 ? Timing.SOURCE : r.nextInt(3) == 0 ? Timing.RTC : Timing.ARRIVAL);
        if (r.nextInt(3) == 0) pair.tickMs(1 + r.nextInt(5));
        if (r.nextInt(3) == 0) pair.senderClockPpm(r.nextInt(-100, 101));
        boolean nullPackets = r.nextInt(4) == 0;
        if (nullPackets && profile != Profile.ADVANCED) pair.nullPacketDeletion();

        int bufferMs = drawPaths(r, pair);
        pair.connect();
        int packetsPerSecond = 200 + r.nextInt(301);
        Payloads payloads = nullPackets ? Payloads.withNullPackets(2 + r.nextInt(4)) : Payloads.of(64 + r.nextInt(1_253));
        Delivery delivery = pair.stream(payloads, packetsPerSecond, PACKETS);
        long lengthMs = PACKETS * 1_000L / packetsPerSecond;
        long middleMs = pair.world.nowMs() + lengthMs * 4 / 10;
        PathConditions lossy = pair.forward.conditions();
        pair.forward.become(lossy.withLoss(0));
        pair.world.atMs(pair.world.nowMs() + SPARED_MS, () -> pair.forward.become(lossy));
        pair.world.atMs(pair.world.nowMs() + lengthMs - SPARED_MS, () -> pair.forward.become(lossy.withLoss(0)));
        // A tenth of the worlds lose the path altogether for a while, in another the caller's address changes
        int mishap = r.nextInt(10);
        if (mishap == 0) pair.world.atMs(middleMs, () -> pair.forward.become(lossy.withOutageMs(middleMs, middleMs + bufferMs / 4)));
        if (mishap == 1) pair.world.atMs(middleMs, () -> (receiverCalls ? pair.receiver : pair.sender).rebind());

        pair.world.runMs(lengthMs + bufferMs + 300);
        delivery.assertComplete(pair);
        assertThat(delivery.leastLatencyNs()).as("%s: least latency", pair).isGreaterThan((bufferMs - EARLY_MS) * 1_000_000L);
        assertThat(pair.receiver.unexpectedDeliveries).isZero();
        return pair.flow().recovered();
    }

    /**
     * Two or three legs that differ in length and loss, with copies, weights or both, to ports of their own or to one; in half of the worlds one leg dies for good in the middle.
     *
     * @return packets that were recovered
     */
    private static long bondedWorld(long seed) {
        SplittableRandom r = new SplittableRandom(seed ^ 0xB0BDL);
        Pair pair = new Pair(seed);
        boolean main = r.nextBoolean();
        pair.profile(main ? Profile.MAIN : Profile.SIMPLE);
        if (r.nextBoolean()) pair.receiverCalls();
        if (main && r.nextBoolean()) pair.secret("the sea, the sea", r.nextBoolean() ? 128 : 256, r.nextBoolean() ? 200 : 0);
        if (r.nextInt(4) == 0) pair.nackType(NackType.BITMASK);
        if (r.nextInt(3) == 0) pair.tickMs(1 + r.nextInt(5));
        if (r.nextInt(4) == 0) pair.onePort();
        int[] weights = new int[2 + r.nextInt(2)];
        for (int i = 0; i < weights.length; i++) weights[i] = r.nextInt(3) == 0 ? 0 : 1 + r.nextInt(5);
        pair.bond(weights);
        int delayMs = 1 + r.nextInt(20);
        // A leg that dies is missed by its silence, 300 ms; what it swallowed until then is asked for on the others
        int bufferMs = 1_000 + 14 * 2 * 3 * delayMs;
        pair.bufferMs(bufferMs).path(PathConditions.delayMs(delayMs));
        pair.connect();
        List<PathConditions> conditions = new ArrayList<>();
        for (int leg = 0; leg < weights.length; leg++) {
            double itsDelayMs = delayMs * (1 + 2 * r.nextDouble());
            conditions.add(PathConditions.delayMs(itsDelayMs).withJitterMs(r.nextInt(4)).withLoss(r.nextDouble() * (r.nextInt(4) == 0 ? 0.3 : 0.05), 1 + r.nextInt(3)));
            pair.there.get(leg).become(conditions.get(leg).withLoss(0));
            pair.back.get(leg).become(conditions.get(leg));
        }
        pair.world.runMs(300);
        int packetsPerSecond = 200 + r.nextInt(301);
        Delivery delivery = pair.stream(packetsPerSecond, PACKETS).within(1L << 62);
        long startMs = pair.world.nowMs();
        long lengthMs = PACKETS * 1_000L / packetsPerSecond;
        boolean dies = r.nextBoolean();
        for (int i = 0; i < weights.length; i++) {
            int leg = i;
            pair.world.atMs(startMs + SPARED_MS, () -> pair.there.get(leg).become(conditions.get(leg)));
            boolean dead = dies && leg == 1;
            if (dead) {
                pair.world.atMs(startMs + lengthMs / 3, () -> {
                    pair.there.get(leg).become(conditions.get(leg).withLoss(1));
                    pair.back.get(leg).become(conditions.get(leg).withLoss(1));
                });
            }
            if (!dead) pair.world.atMs(startMs + lengthMs - 2 * SPARED_MS, () -> pair.there.get(leg).become(conditions.get(leg).withLoss(0)));
        }
        pair.world.runMs(lengthMs + bufferMs + 300);
        delivery.assertComplete(pair);
        assertThat(pair.receiver.unexpectedDeliveries).isZero();
        return pair.flow().recovered();
    }

    /** @return the buffer that makes such paths good, milliseconds */
    private static int drawPaths(SplittableRandom r, Pair pair) {
        double delayMs = 1 + r.nextInt(20);
        double jitterMs = r.nextInt(2) * r.nextInt(6);
        // Fourteen round trips: with a tenth lost each way, that all tries for one packet fail is not to be expected in a million worlds
        int bufferMs = (int) Math.max(250, 14 * (2 * (delayMs + jitterMs) + 12));
        pair.bufferMs(bufferMs);
        PathConditions path = PathConditions.delayMs(delayMs).withJitterMs(jitterMs);
        if (r.nextBoolean()) path = path.withReordering(r.nextDouble() * 0.1, 1 + r.nextInt(8));
        if (r.nextBoolean()) path = path.withDuplicates(r.nextDouble() * 0.1);
        if (r.nextInt(5) == 0) path = path.withRate(20_000_000, 60_000);
        PathConditions there = r.nextInt(5) == 0 ? path : path.withLoss(r.nextDouble() * 0.1, r.nextBoolean() ? 1 : 1 + r.nextInt(5));
        PathConditions back = r.nextBoolean() ? path : path.withLoss(r.nextDouble() * 0.1, 1);
        pair.path(there, back);
        return bufferMs;
    }
}
