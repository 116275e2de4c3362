package io.ristflow.service.inputs;

import java.util.Arrays;

/**
 * Which number an input's recent payloads had, by their {@link Fingerprint}: of those that share a place the newest, as a missing one costs nothing but a little time. A payload that comes again under
 * another number tells nothing.
 */
final class RecentPrints {
    static final long NONE = Long.MIN_VALUE;
    private static final int PLACES = 1 << 15;

    private final long windowNs;
    private final long[] prints = new long[PLACES];
    private final long[] numbers = new long[PLACES];
    private final long[] arrivalsNs = new long[PLACES];

    /** @param windowNs what is older is not found any more */
    RecentPrints(long windowNs) {
        this.windowNs = windowNs;
    }

    void note(long nowNs, long print, long number) {
        if (print == Fingerprint.PLAIN) return;
        int place = place(print);
        boolean again = prints[place] == print && numbers[place] != number && nowNs - arrivalsNs[place] <= windowNs;
        prints[place] = print;
        numbers[place] = again ? NONE : number;
        arrivalsNs[place] = nowNs;
    }

    /** The number under which this payload came, or {@link #NONE}. */
    long find(long nowNs, long print) {
        if (print == Fingerprint.PLAIN) return NONE;
        int place = place(print);
        return prints[place] == print && nowNs - arrivalsNs[place] <= windowNs ? numbers[place] : NONE;
    }

    /** When the payload that {@link #find} found had come. */
    long arrivalNs(long print) {
        return arrivalsNs[place(print)];
    }

    void clear() {
        Arrays.fill(prints, Fingerprint.PLAIN);
    }

    private static int place(long print) {
        return (int) (print >>> 17) & PLACES - 1;
    }
}
