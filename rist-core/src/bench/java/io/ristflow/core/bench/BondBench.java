package io.ristflow.core.bench;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

import io.ristflow.core.bond.RttMuting;
import io.ristflow.core.bond.SenderBond;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Which legs of a bond a packet takes; what the receiver does with the copies is in {@link ReceiverBench}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BondBench {
    private final SenderBond duplicating = bond(0), sharing = bond(5);
    private long sequence;

    private static SenderBond bond(int weight) {
        SenderBond bond = new SenderBond(1_000 * NS_PER_MS);
        for (int leg = 0; leg < 2; leg++) {
            bond.addLeg(0, leg, weight, RttMuting.Settings.OFF);
            bond.open(leg, true);
        }
        return bond;
    }

    /** Both of two. */
    @Benchmark
    public long duplicate() {
        sequence++;
        return pick(duplicating);
    }

    /** One of two, by weight. */
    @Benchmark
    public long share() {
        sequence++;
        return pick(sharing);
    }

    private long pick(SenderBond bond) {
        bond.onHeard(sequence * NS_PER_MS / 10, (int) (sequence & 1));
        return bond.pick(sequence * NS_PER_MS / 10, sequence);
    }
}
