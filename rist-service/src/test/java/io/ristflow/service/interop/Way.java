package io.ristflow.service.interop;

/** The paths between the ends, all of a kind. */
enum Way {
    CLEAN(1, 0, 0, 500, 1_960),
    LOSSY(1, 0.10, 20, 500, 1_960),
    /** From the first datagram on, where logins otherwise are made on a path without losses. librist does not always log in to itself here. */
    LOSSY_LOGIN(1, 0.10, 20, 500, 0),
    /**
     * Keep-alives do not come through before the middle of the stream, so that it begins in Main framing and goes on in Advanced. librist's receiver then throws its buffer away, 250 packets (seen in
     * 0.2.20).
     */
    UPGRADED(1, 0, 20, 500, 1_700),
    UPGRADED_LOSSY(1, 0.10, 20, 500, 1_700),
    /** Every packet on both paths (SMPTE ST 2022-7). */
    DUPLICATED(2, 0.30, 20, 500, 1_900),
    /** The same, to one port of the listener. */
    DUPLICATED_TO_ONE_PORT(2, 0.30, 20, 500, 1_900),
    /** Half of the packets on each path. */
    SHARED(2, 0, 20, 500, 1_960),
    SHARED_LOSSY(2, 0.10, 20, 500, 1_960),
    /** Half of the packets on each path, of which the second goes silent in the middle of the stream. Nothing may be lost, though librist to itself loses up to 500 here. */
    SHARED_DYING(2, 0, 20, 1_000, 0, 1_000, -1),
    /** The second is silent for longer than the session timeout, and comes back. */
    SHARED_RETURNING(2, 0, 20, 1_000, 0, 250, 1_500);

    final int legs;
    final double lossShare;
    final double delayMs;
    final int bufferMs;
    /** What librist delivers to itself at the least, or nothing can be compared with it; 0: it is not compared. */
    final int leastOfLibrist;
    /** The packets of the stream between which the last leg is silent, -1: never. */
    final int silentFrom;
    final int silentTo;

    Way(int legs, double lossShare, double delayMs, int bufferMs, int leastOfLibrist) {
        this(legs, lossShare, delayMs, bufferMs, leastOfLibrist, -1, -1);
    }

    Way(int legs, double lossShare, double delayMs, int bufferMs, int leastOfLibrist, int silentFrom, int silentTo) {
        this.legs = legs;
        this.lossShare = lossShare;
        this.delayMs = delayMs;
        this.bufferMs = bufferMs;
        this.leastOfLibrist = leastOfLibrist;
        this.silentFrom = silentFrom;
        this.silentTo = silentTo;
    }

    boolean upgraded() {
        return this == UPGRADED || this == UPGRADED_LOSSY;
    }

    /** Whether the bar is what librist delivers to itself, not a figure of its own. */
    boolean comparable() {
        return leastOfLibrist > 0;
    }

    /** Until the ends have met: retransmissions of the login have half a second between them. */
    long settleMs() {
        return this == LOSSY_LOGIN ? 6_000 : 2_000;
    }

    boolean onePort() {
        return this == DUPLICATED_TO_ONE_PORT;
    }

    boolean shared() {
        return this == SHARED || this == SHARED_LOSSY || dying();
    }

    boolean dying() {
        return silentFrom >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
