package io.ristflow.service.runtime;

import java.util.BitSet;

/** The path numbers of one end, 0 to {@value PathAddresses#MAX_PATHS} - 1: of a listener with several ports every caller has one, whichever port it calls. */
final class PathNumbers {
    private final BitSet used = new BitSet(PathAddresses.MAX_PATHS);

    /** The lowest that is free, taken; {@link PathAddresses#UNKNOWN} if none is. */
    int take() {
        int free = used.nextClearBit(0);
        if (free >= PathAddresses.MAX_PATHS) return PathAddresses.UNKNOWN;
        used.set(free);
        return free;
    }

    /** A number of the caller's configuration. */
    void take(int number) {
        used.set(number);
    }

    void release(int number) {
        used.clear(number);
    }
}
