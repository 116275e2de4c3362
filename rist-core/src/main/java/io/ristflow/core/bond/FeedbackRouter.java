package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import java.util.Arrays;

/**
 * A receiver's choice of the path that requests go out on (TR-06-1 §5.4: any connection of the flow). Of those that are heard: the highest recovery priority, then the shortest last round trip, as librist. Three
 * request cycles without an answer, and another path is asked for a while.
 *
 * <p>A decision is {@link #begin}, {@link #offer} for every path with a known return address, {@link #choose}. Paths are numbers below {@value #MAX_PATHS}; nothing is allocated.
 */
public final class FeedbackRouter {
    public static final int MAX_PATHS = 512;
    public static final int NONE = -1;

    /** Of two paths of one leg the one heard so much later is where the peer is now: the other's address is dead. */
    private static final long MOVED_NS = 60 * NS_PER_MS;
    /** Of two legs: a leg that carries nothing of the flow now is heard every 100 ms by its RTCP. */
    private static final long SILENT_NS = 300 * NS_PER_MS;
    private static final int PATIENCE_CYCLES = 3;
    private static final long LEAST_PATIENCE_NS = 100 * NS_PER_MS;
    private static final long LEAST_REST_NS = 200 * NS_PER_MS;
    private static final long MOST_REST_NS = 5 * NS_PER_SECOND;

    private final int[] path = new int[MAX_PATHS];
    private final int[] leg = new int[MAX_PATHS];
    private final int[] priority = new int[MAX_PATHS];
    private final long[] rttNs = new long[MAX_PATHS];
    private final long[] heardNs = new long[MAX_PATHS];
    private int offers;
    private long nowNs;

    /** By path number: since when it is asked without an answer; until when it rests; how long its next rest is. */
    private final long[] waitingSinceNs = new long[MAX_PATHS];
    private final long[] restsUntilNs = new long[MAX_PATHS];
    private final long[] restNs = new long[MAX_PATHS];
    private int askedLast = NONE;

    public FeedbackRouter() {
        Arrays.fill(waitingSinceNs, NEVER);
        Arrays.fill(restsUntilNs, Long.MIN_VALUE);
        Arrays.fill(restNs, LEAST_REST_NS);
    }

    public void begin(long now) {
        nowNs = now;
        offers = 0;
    }

    /**
     * A path that requests could go out on.
     *
     * @param lastRttNs 0: not known
     * @param lastHeardNs when anything came on it last
     */
    public void offer(int number, int legNumber, int recoveryPriority, long lastRttNs, long lastHeardNs) {
        path[offers] = number;
        leg[offers] = legNumber;
        priority[offers] = recoveryPriority;
        rttNs[offers] = lastRttNs;
        heardNs[offers++] = lastHeardNs;
    }

    /** The path to ask on; {@link #NONE} if none was offered. */
    public int choose() {
        if (offers == 0) return NONE;
        int newest = 0;
        for (int i = 1; i < offers; i++) if (heardNs[i] > heardNs[newest]) newest = i;
        int best = newest;
        for (int i = 0; i < offers; i++) {
            long behindNs = heardNs[newest] - heardNs[i];
            if (behindNs > (leg[i] == leg[newest] ? MOVED_NS : SILENT_NS)) continue;
            if (better(i, best)) best = i;
        }
        return path[best];
    }

    private boolean better(int a, int b) {
        boolean aRests = nowNs < restsUntilNs[path[a]];
        boolean bRests = nowNs < restsUntilNs[path[b]];
        if (aRests != bRests) return bRests;
        if (aRests && restsUntilNs[path[a]] != restsUntilNs[path[b]]) return restsUntilNs[path[a]] < restsUntilNs[path[b]];
        if (priority[a] != priority[b]) return priority[a] > priority[b];
        if (rttNs[a] != rttNs[b]) return rttNs[a] != 0 && (rttNs[b] == 0 || rttNs[a] < rttNs[b]);
        return path[a] < path[b];
    }

    /** Requests go out on a path. @param lastRttNs its last round trip */
    public void onAsked(long now, int number, long lastRttNs) {
        askedLast = number;
        if (waitingSinceNs[number] == NEVER) {
            waitingSinceNs[number] = now;
            return;
        }
        // A cycle of requests is 1.1 round trips
        long patienceNs = Math.max(LEAST_PATIENCE_NS, PATIENCE_CYCLES * lastRttNs * 11 / 10);
        if (now - waitingSinceNs[number] <= patienceNs) return;
        waitingSinceNs[number] = NEVER;
        restsUntilNs[number] = now + restNs[number];
        restNs[number] = Math.min(MOST_REST_NS, 2 * restNs[number]);
    }

    /** A packet that was asked for came, on this path: it answers, and so most likely does the one that was asked. */
    public void onAnswer(int number) {
        waitingSinceNs[number] = NEVER;
        if (number == askedLast) restNs[number] = LEAST_REST_NS;
        if (askedLast != NONE) waitingSinceNs[askedLast] = NEVER;
    }

    /** The number may be another address's. */
    public void forget(int number) {
        if (number < 0 || number >= MAX_PATHS) return;
        waitingSinceNs[number] = NEVER;
        restsUntilNs[number] = Long.MIN_VALUE;
        restNs[number] = LEAST_REST_NS;
        if (askedLast == number) askedLast = NONE;
    }
}
