package io.ristflow.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeded mutation of the golden messages: always run, in contrast to the coverage-guided {@link CodecFuzzTest}. */
class MutationFuzzTest {
    private static final long SEED = 20_261_123L;
    private static final int MUTANTS = 50_000;

    @ParameterizedTest
    @EnumSource(Decoder.class)
    void mutatedMessagesNeitherThrowNorLeadOutside(Decoder decoder) {
        List<byte[]> seeds = Arrays.stream(Golden.values()).filter(g -> g.decoder == decoder).map(Golden::bytes).toList();
        assertThat(seeds).as("golden messages of %s", decoder).isNotEmpty();
        SplittableRandom random = new SplittableRandom(SEED + decoder.ordinal());
        byte[] mutant = new byte[2_048];
        for (int i = 0; i < MUTANTS; i++) {
            int length = mutate(seeds.get(random.nextInt(seeds.size())), mutant, random);
            try {
                Promise.check(decoder, mutant, length);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + SEED + ", mutant " + i + ": " + Arrays.toString(Arrays.copyOf(mutant, length)), e);
            }
        }
    }

    /** Flips bits, sets bytes to border values, cuts or lengthens. */
    private static int mutate(byte[] seed, byte[] out, SplittableRandom random) {
        int length = seed.length;
        System.arraycopy(seed, 0, out, 0, length);
        switch (random.nextInt(4)) {
            case 0 -> length = random.nextInt(length + 1);
            case 1 -> {
                int more = random.nextInt(40);
                for (int i = 0; i < more; i++) out[length + i] = (byte) random.nextInt();
                length += more;
            }
            default -> { }
        }
        if (length == 0) return 0;
        for (int n = random.nextInt(4); n >= 0; n--) {
            // Headers are at the beginning: half of the mutations go there.
            int at = random.nextInt(random.nextBoolean() ? length : Math.min(length, 16));
            switch (random.nextInt(4)) {
                case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> out[at] = 0;
                case 2 -> out[at] = (byte) 0xFF;
                default -> out[at] = (byte) random.nextInt();
            }
        }
        return length;
    }

    /** What comes once a second is a record or text. */
    private static final Set<Decoder> RARE = Set.of(Decoder.KEEP_ALIVE, Decoder.CONTROL_KEEP_ALIVE, Decoder.FLOW_ATTRIBUTES, Decoder.EAPOL);

    /** Nothing allocates per packet. */
    @Test
    void readersAllocateNothing() {
        List<Golden> perPacket = Arrays.stream(Golden.values()).filter(g -> !RARE.contains(g.decoder)).toList();
        Decoder[] decoders = perPacket.stream().map(g -> g.decoder).toArray(Decoder[]::new);
        ByteBuffer[] messages = perPacket.stream().map(g -> ByteBuffer.wrap(g.bytes())).toArray(ByteBuffer[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 5_000;
        long sum = readAll(decoders, messages, rounds);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += readAll(decoders, messages, rounds);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sum).isNotZero();
        // The measurement itself takes a little; one byte per message would be 150,000.
        assertThat(allocated).as("bytes allocated in %d reads", rounds * decoders.length).isLessThan(50_000);
    }

    private static long readAll(Decoder[] decoders, ByteBuffer[] messages, int rounds) {
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < decoders.length; i++) sum += decoders[i].read(messages[i], 0, messages[i].limit());
        }
        return sum;
    }
}
