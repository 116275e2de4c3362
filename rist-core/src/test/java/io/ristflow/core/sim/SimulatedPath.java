package io.ristflow.core.sim;

import java.util.SplittableRandom;

/** One direction of a path: decides, from its seed, when each datagram arrives, if at all and how often. Knows no bytes; allocates nothing per datagram. */
public final class SimulatedPath {
    /** Room that {@link #send} needs for instants. */
    public static final int MAX_COPIES = 2;

    private final SplittableRandom random;
    private PathConditions conditions;
    private boolean inBurst;
    private long lastArrivalNs = Long.MIN_VALUE;
    private long linkFreeNs = Long.MIN_VALUE;

    /** What was handed in, and what became of it. */
    public long sent;
    public long sentBytes;
    public long lost;
    public long duplicated;
    public long reordered;

    public SimulatedPath(long seed, PathConditions conditions) {
        random = new SplittableRandom(seed);
        this.conditions = conditions;
    }

    public PathConditions conditions() {
        return conditions;
    }

    /** The path changes while it is in use. */
    public void become(PathConditions now) {
        conditions = now;
    }

    /** Takes a datagram; returns how many copies arrive (0, 1, 2), their instants in {@code arrivalsNs}. */
    public int send(long nowNs, int bytes, long[] arrivalsNs) {
        sent++;
        sentBytes += bytes;
        PathConditions c = conditions;
        long leavesNs = leaves(nowNs, bytes);
        if (leavesNs < 0 | lossStrikes() | outage(nowNs)) {
            lost++;
            return 0;
        }
        long arrivalNs = leavesNs + c.delayNs() + (c.jitterNs() > 0 ? random.nextLong(c.jitterNs() + 1) : 0);
        if (c.reorder() > 0 && random.nextDouble() < c.reorder()) {
            reordered++;
            arrivalsNs[0] = arrivalNs + c.reorderByNs();
        } else {
            lastArrivalNs = Math.max(arrivalNs, lastArrivalNs);
            arrivalsNs[0] = lastArrivalNs;
        }
        if (c.duplicate() > 0 && random.nextDouble() < c.duplicate()) {
            duplicated++;
            arrivalsNs[1] = arrivalsNs[0] + 1 + random.nextLong(1_000_000);
            return 2;
        }
        return 1;
    }

    /** Gilbert: a good and a bad state; in the bad one everything is lost. Mean stay there: {@code burst} datagrams. */
    private boolean lossStrikes() {
        double p = conditions.loss();
        if (p <= 0) return false;
        if (p >= 1) return true;
        if (conditions.burst() <= 1) return random.nextDouble() < p;
        double leave = 1 / conditions.burst();
        inBurst = inBurst ? random.nextDouble() >= leave : random.nextDouble() < p * leave / (1 - p);
        return inBurst;
    }

    private boolean outage(long nowNs) {
        for (int i = 0; i < conditions.outages().size(); i++) {
            PathConditions.Outage o = conditions.outages().get(i);
            if (nowNs >= o.fromNs() && nowNs < o.untilNs()) return true;
        }
        return false;
    }

    /** When it has passed the narrowest link; negative if the queue is full. */
    private long leaves(long nowNs, int bytes) {
        if (conditions.rateBps() == 0) return nowNs;
        long startNs = Math.max(nowNs, linkFreeNs);
        long waitingBytes = (startNs - nowNs) / 1_000 * conditions.rateBps() / 8_000_000;
        if (waitingBytes + bytes > conditions.queueBytes()) return -1;
        linkFreeNs = startNs + bytes * 8_000_000_000L / conditions.rateBps();
        return linkFreeNs;
    }
}
