package io.ristflow.service.runtime;

/** When a flow is looked after next: as seldom as its {@link Tempo} bears, more often where its packets would make a burst, and every 20 ms while nothing comes. */
final class Turn {
    private static final long MIN_NS = 1_000_000;
    /** Nothing came for a second: the first datagram of a stream may wait this long once, the kernel holds it. */
    private static final long IDLE_NS = 20_000_000;
    private static final long IDLE_AFTER_NS = 1_000_000_000;
    /** Datagrams that one turn should find at most: they go out as one train, which sockets and switches on the way have to hold. */
    private static final long MOST_DATAGRAMS = 32;
    /** A turn that finds fewer came for little more than itself, so such a flow's are a third longer: 5 ms, as librist's, for what a receiver plays out at 2 Mb/s. */
    private static final long FEW_DATAGRAMS = 2;
    /** Turns shorter than this are so for the sake of a short recovery buffer, which is not to be taken from. */
    private static final long STRETCHED_FROM_NS = 3_000_000;

    final FlowLoop flow;
    private long takenNs;
    private long busyNs;
    private double datagramsPerNs;
    private long dueNs;

    Turn(FlowLoop flow, long nowNs) {
        this.flow = flow;
        takenNs = busyNs = dueNs = nowNs;
    }

    /**
     * Whether it is due, or so nearly that a wake-up of its own would cost more than coming early. Three fifths: about half, so that flows that began at different moments soon wake together, and not
     * so little that a sender (10 ms) comes with every turn of a receiver (5 ms).
     */
    boolean wanted(long nowNs) {
        return nowNs - takenNs >= (dueNs - takenNs) * 3 / 5;
    }

    long dueNs() {
        return dueNs;
    }

    /** @param datagrams that were handled */
    void taken(long nowNs, int datagrams) {
        long elapsed = Math.max(1, nowNs - takenNs);
        takenNs = nowNs;
        if (datagrams > 0) busyNs = nowNs;
        datagramsPerNs += ((double) datagrams / elapsed - datagramsPerNs) / 8;
        dueNs = nowNs + intervalNs(nowNs);
    }

    private long intervalNs(long nowNs) {
        return nowNs - busyNs > IDLE_AFTER_NS ? IDLE_NS : intervalNs(flow.tempo(), datagramsPerNs);
    }

    /** To the next turn of a flow that lives. */
    static long intervalNs(Tempo tempo, double datagramsPerNs) {
        long longest = Math.max(MIN_NS, tempo.longestTickNs());
        double datagrams = datagramsPerNs * longest;
        if (datagrams > MOST_DATAGRAMS) return Math.max(MIN_NS, (long) (MOST_DATAGRAMS / datagramsPerNs));
        return datagrams < FEW_DATAGRAMS && longest >= STRETCHED_FROM_NS ? longest + longest / 3 : longest;
    }
}
