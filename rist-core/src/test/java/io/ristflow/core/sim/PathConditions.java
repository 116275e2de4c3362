package io.ristflow.core.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * What one direction of a path does to datagrams. Jitter alone keeps their order; reordering is asked for by its share.
 *
 * @param loss share of datagrams lost, 0..1
 * @param burst mean length of a run of losses (Gilbert's model); up to 1: each is lost by itself
 * @param reorder share of datagrams that come {@code reorderByNs} later than the others
 * @param duplicate share that arrives twice
 * @param jitterNs added to the delay, evenly from 0 to this
 * @param outages when nothing passes
 * @param rateBps what the narrowest link carries, 0: no limit; {@code queueBytes} wait in front of it, more is lost
 */
public record PathConditions(
        double loss, double burst, double reorder, long reorderByNs, double duplicate, long delayNs, long jitterNs, List<Outage> outages, long rateBps, int queueBytes) {

    /** From (inclusive) and until (exclusive), world time. */
    public record Outage(long fromNs, long untilNs) {}

    public static final PathConditions PERFECT = new PathConditions(0, 1, 0, 0, 0, 0, 0, List.of(), 0, 0);
    private static final long MS = 1_000_000L;

    public static PathConditions delayMs(double ms) {
        return new PathConditions(0, 1, 0, 0, 0, (long) (ms * MS), 0, List.of(), 0, 0);
    }

    public PathConditions withLoss(double share) {
        return withLoss(share, 1);
    }

    public PathConditions withLoss(double share, double burstLength) {
        return new PathConditions(share, burstLength, reorder, reorderByNs, duplicate, delayNs, jitterNs, outages, rateBps, queueBytes);
    }

    public PathConditions withReordering(double share, double byMs) {
        return new PathConditions(loss, burst, share, (long) (byMs * MS), duplicate, delayNs, jitterNs, outages, rateBps, queueBytes);
    }

    public PathConditions withDuplicates(double share) {
        return new PathConditions(loss, burst, reorder, reorderByNs, share, delayNs, jitterNs, outages, rateBps, queueBytes);
    }

    public PathConditions withJitterMs(double ms) {
        return new PathConditions(loss, burst, reorder, reorderByNs, duplicate, delayNs, (long) (ms * MS), outages, rateBps, queueBytes);
    }

    public PathConditions withOutageMs(long fromMs, long untilMs) {
        List<Outage> more = new ArrayList<>(outages);
        more.add(new Outage(fromMs * MS, untilMs * MS));
        return new PathConditions(loss, burst, reorder, reorderByNs, duplicate, delayNs, jitterNs, List.copyOf(more), rateBps, queueBytes);
    }

    public PathConditions withRate(long bps, int queue) {
        return new PathConditions(loss, burst, reorder, reorderByNs, duplicate, delayNs, jitterNs, outages, bps, queue);
    }

    /** The longest that a datagram can be under way. */
    public long worstDelayNs() {
        long queueNs = rateBps == 0 ? 0 : queueBytes * 8L * 1_000_000_000L / rateBps;
        return delayNs + jitterNs + (reorder > 0 ? reorderByNs : 0) + queueNs;
    }
}
