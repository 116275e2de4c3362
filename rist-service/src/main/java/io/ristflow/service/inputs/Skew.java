package io.ristflow.service.inputs;

import java.util.Arrays;

/**
 * How long the packets of each of two inputs are held, so that the other's copy of what one of them lacks comes in time, and that the stream goes on evenly whichever of the two supplies it: the
 * input that is ahead is held by the other's lag, at its greatest of late. More is held at once; less is held little by little, so that the stream runs at most a hundredth too fast.
 */
final class Skew {
    /** Sockets are read on a tick of up to 5 ms. */
    static final long MARGIN_NS = 6_000_000;
    private static final long EPOCH_NS = 5_000_000_000L;
    private static final int SHRINK = 100;

    private final long windowNs;
    private final long[] holdNs = new long[2];
    private boolean sampled;
    private long least, greatest, leastBefore, greatestBefore;
    private long epochEndNs;
    private long sampledNs;
    private long lastNs;

    Skew(long windowNs) {
        this.windowNs = windowNs;
    }

    /** @param laterByNs by how much the second input's copy of a packet came after the first input's; negative if before */
    void sample(long nowNs, long laterByNs) {
        if (Math.abs(laterByNs) > windowNs) return;
        lastNs = laterByNs;
        if (!sampled || nowNs >= epochEndNs) {
            leastBefore = sampled ? least : laterByNs;
            greatestBefore = sampled ? greatest : laterByNs;
            least = greatest = laterByNs;
            epochEndNs = nowNs + EPOCH_NS;
            if (!sampled) sampledNs = nowNs;
            sampled = true;
        }
        least = Math.min(least, laterByNs);
        greatest = Math.max(greatest, laterByNs);
        follow(nowNs);
    }

    private void follow(long nowNs) {
        long min = Math.min(least, leastBefore);
        long max = Math.max(greatest, greatestBefore);
        long middle = (min + max) / 2;
        // What has varied so much may vary more
        long margin = MARGIN_NS + (max - min) / 2;
        long first = Math.max(0, max) + margin;
        long second = Math.max(0, -min) + margin;
        second = Math.max(second, first - middle);
        first = Math.max(first, second + middle);
        long shrink = (nowNs - sampledNs) / SHRINK;
        sampledNs = nowNs;
        holdNs[0] = Math.min(windowNs, Math.max(first, holdNs[0] - shrink));
        holdNs[1] = Math.min(windowNs, Math.max(second, holdNs[1] - shrink));
    }

    /** Nothing is held until the two are compared anew. */
    void reset() {
        sampled = false;
        lastNs = 0;
        Arrays.fill(holdNs, 0);
    }

    long holdNs(int input) {
        return holdNs[input];
    }

    /** As last sampled; 0 if never. */
    long laterByNs() {
        return lastNs;
    }
}
