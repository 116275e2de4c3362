package io.ristflow.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.core.sim.Node;
import io.ristflow.core.sim.Pair;
import io.ristflow.core.sim.PathConditions;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An encoder that follows what the sender tells it, through real sessions, over a narrow path (TR-06-4 Part 1). */
class SourceAdaptationTest {
    private static final long CAPACITY = 6_000_000;
    /** Pushes at the rate told last, which it takes 200 ms to reach. */
    private static final class Encoder {
        private final Pair pair;
        private final ByteBuffer payload = ByteBuffer.allocate(1_316);
        private int told;
        private long bps;

        Encoder(Pair pair, long bps) {
            this.pair = pair;
            this.bps = bps;
            push();
        }

        private void push() {
            List<SessionEvent.TargetBitrate> targets = pair.sender.events(SessionEvent.TargetBitrate.class);
            for (; told < targets.size(); told++) {
                long next = targets.get(told).bps();
                pair.world.at(pair.world.nowNs() + 200 * Ticks.NS_PER_MS, () -> bps = next);
            }
            pair.sender.sender().push(pair.sender.clockNs(), payload.clear(), pair.sender);
            pair.world.at(pair.world.nowNs() + (1_316 + 12) * 8 * Ticks.NS_PER_SECOND / bps, this::push);
        }
    }

    private static PathConditions narrow(long bps) {
        return PathConditions.delayMs(20).withRate(bps, (int) (bps / 8 * 150 / 1_000)).withLoss(0.01);
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN", "ADVANCED"})
    void halvedPathIsFoundWithin5SecondsHeldAndItsReturnFoundWithin20(Profile profile) {
        Pair pair = new Pair(401).profile(profile).adaptation(500, 5_000).bufferMs(1_000).tickMs(5).path(narrow(CAPACITY), PathConditions.delayMs(20)).connect();
        new Encoder(pair, 5_000_000);
        pair.world.runMs(20_000);
        assertThat(target(pair, 0)).as("what fits is left alone: %s", history(pair)).isEqualTo(5_000_000);
        long halvedMs = pair.world.nowMs();
        pair.forward.become(narrow(CAPACITY / 2));
        pair.world.runMs(6_000);
        long lost = pair.flow().lost();
        pair.world.runMs(24_000);
        double carries = CAPACITY / 2.0;
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long ms = halvedMs + 5_000; ms < halvedMs + 30_000; ms += 50) {
            low = Math.min(low, target(pair, ms));
            high = Math.max(high, target(pair, ms));
        }
        assertThat(low).as("%s", history(pair)).isGreaterThan((long) (0.8 * carries));
        assertThat(high).as("%s", history(pair)).isLessThan((long) (1.1 * carries));
        assertThat((double) high / low).as("± 10 %%: %s", history(pair)).isLessThanOrEqualTo(1.1 / 0.9);
        assertThat(pair.flow().lost() - lost).as("lost while the narrow path is held").isLessThan(10);

        pair.forward.become(narrow(CAPACITY));
        pair.world.runMs(20_000);
        assertThat(pair.senderStats().targetBitrateBps()).as("%s", history(pair)).isEqualTo(5_000_000);
    }

    /** Encrypted, the roles reversed, and the path interrupted for half a second: that is nothing to do with its width. */
    @Test
    void interruptionIsForgottenWithinSixSeconds() {
        Pair pair = new Pair(402).receiverCalls().adaptation(500, 5_000).secret("hush", 256, 0).bufferMs(1_000).path(narrow(CAPACITY), PathConditions.delayMs(20)).connect();
        new Encoder(pair, 5_000_000);
        pair.world.runMs(10_000);
        pair.forward.become(narrow(CAPACITY).withLoss(1));
        pair.world.runMs(500);
        pair.forward.become(narrow(CAPACITY));
        pair.world.runMs(6_000);
        assertThat(pair.senderStats().targetBitrateBps()).as("%s", history(pair)).isEqualTo(5_000_000);
    }

    /** Two narrow legs that carry the same, or half each (weights): the reports are about both together, so the target is what both together give. Coarser than on one path: shares that follow delivery move under the controller. */
    @ParameterizedTest
    @CsvSource({"0, 0, 3000000", "5, 5, 6000000"})
    void bondIsSteeredByWhatItsLegsCarryTogether(int first, int second, long carries) {
        Pair pair = new Pair(404).bond(first, second).adaptation(500, 8_000).bufferMs(1_000).tickMs(5).path(narrow(CAPACITY / 2), PathConditions.delayMs(20)).connect();
        new Encoder(pair, 8_000_000);
        pair.world.runMs(60_000);
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long ms = 20_000; ms < 60_000; ms += 50) {
            low = Math.min(low, target(pair, ms));
            high = Math.max(high, target(pair, ms));
        }
        assertThat(low).as("%s", history(pair)).isGreaterThan((long) (0.5 * carries));
        assertThat(high).as("%s", history(pair)).isLessThan((long) (1.15 * carries));
    }

    @Test
    void senderWithoutAdaptationTellsNothing() {
        Pair pair = new Pair(403).connect();
        pair.streamToTheEnd(300, 600);
        assertThat(pair.sender.events(SessionEvent.TargetBitrate.class)).isEmpty();
        assertThat(pair.senderStats().targetBitrateBps()).isZero();
    }

    private static long target(Pair pair, long atMs) {
        long bps = 5_000_000;
        for (Node.Told told : pair.sender.events()) {
            if (told.event() instanceof SessionEvent.TargetBitrate t && (atMs == 0 || told.atNs() <= atMs * Ticks.NS_PER_MS)) bps = t.bps();
        }
        return bps;
    }

    private static String history(Pair pair) {
        StringBuilder text = new StringBuilder();
        for (Node.Told told : pair.sender.events()) {
            if (told.event() instanceof SessionEvent.TargetBitrate t) text.append(" %.1fs:%.2f".formatted(told.atNs() / 1e9, t.bps() / 1e6));
        }
        return text.toString();
    }
}
