package io.ristflow.core.base;

/**
 * Widens a wrapping counter of 16 or 32 bits into a {@code long} that never wraps. The first value is placed one cycle above zero, so that
 * packets from before it still have a positive number.
 */
public final class SequenceUnwrapper {
    private final long modulus;
    private long highest;
    private boolean started;

    /** @param bits 16 for RTP sequence numbers, 32 for RTP timestamps and Advanced sequence numbers */
    public SequenceUnwrapper(int bits) {
        if (bits != 16 && bits != 32) throw new IllegalArgumentException("bits " + bits + " is not 16 or 32");
        modulus = 1L << bits;
    }

    /** The wide form of {@code value} that lies nearest to the highest seen so far, which it moves up to it. */
    public long unwrap(long value) {
        long low = value & (modulus - 1);
        if (!started) {
            started = true;
            highest = modulus + low;
            return highest;
        }
        long wide = near(low, highest, modulus);
        if (wide > highest) highest = wide;
        return wide;
    }

    /** As {@link #unwrap}, without moving. Before the first value: one cycle above zero. */
    public long peek(long value) {
        long low = value & (modulus - 1);
        return started ? near(low, highest, modulus) : modulus + low;
    }

    public boolean started() {
        return started;
    }

    /** The highest wide value so far; 0 before the first. */
    public long highest() {
        return highest;
    }

    /** Forgets everything: the next value starts anew. */
    public void reset() {
        started = false;
        highest = 0;
    }

    /** The value congruent to {@code low} modulo {@code modulus} that is nearest to {@code reference}. */
    public static long near(long low, long reference, long modulus) {
        long delta = (low - reference) & (modulus - 1);
        return delta >= modulus / 2 ? reference + delta - modulus : reference + delta;
    }

    /** The greatest value congruent to {@code low} that is not above {@code limit}: how a request for an old packet is widened. */
    public static long atMost(long low, long limit, long modulus) {
        return limit - ((limit - low) & (modulus - 1));
    }
}
