package io.ristflow.core.bond;

import java.util.Arrays;

/**
 * Says for each packet which legs it goes out on: every leg of weight 0, and one of the others in smooth weighted rotation (each gains its weight with every packet, the richest is taken and pays the sum: 3:1
 * becomes A A B A and not A A A B). A set of legs is a {@code long}, one bit a leg.
 *
 * <p>What a leg may do is told by its owner ({@link SenderBond}); here nothing is measured. A leg that is closed takes nothing. One that is silent or muted takes its part only if all others are so
 * too. A share below 1,000 is that part of the weight; 0 lets a probe through now and then, so that it shows when the leg delivers again.
 */
public final class PathPicker {
    public static final int MAX_LEGS = 64;
    /** The share of a leg that takes all its weight. */
    public static final int FULL_SHARE = 1_000;
    /** One packet of so many at most is a probe, however slow the flow. */
    private static final int PACKETS_PER_PROBE = 4;

    private final int[] weight = new int[MAX_LEGS];
    private final int[] share = new int[MAX_LEGS];
    private final long[] credit = new long[MAX_LEGS];
    private final long[] rttNs = new long[MAX_LEGS];
    private final long[] probeIntervalNs = new long[MAX_LEGS];
    private final long[] nextProbeNs = new long[MAX_LEGS];
    private final int[] trickle = new int[MAX_LEGS];
    private final int[] sinceTrickle = new int[MAX_LEGS];
    private long present;
    private long weighted;
    private long open;
    private long silent;
    private long muted;
    private int sinceProbe;

    public PathPicker() {
        Arrays.fill(share, FULL_SHARE);
    }

    // ---- the legs ----------------------------------------------------------------------------------------------------------------

    /** A new leg, closed until {@link #open}. @param legWeight 0: a copy of every packet */
    public void add(int leg, int legWeight) {
        if (leg < 0 || leg >= MAX_LEGS) throw new IllegalArgumentException("leg " + leg + " is not in 0.." + (MAX_LEGS - 1));
        remove(leg);
        present |= bit(leg);
        weigh(leg, legWeight);
    }

    public void remove(int leg) {
        long others = ~bit(leg);
        present &= others;
        weighted &= others;
        open &= others;
        silent &= others;
        muted &= others;
        credit[leg] = 0;
        share[leg] = FULL_SHARE;
        rttNs[leg] = 0;
        trickle[leg] = 0;
        nextProbeNs[leg] = Long.MIN_VALUE;
    }

    public void weigh(int leg, int legWeight) {
        if (legWeight < 0) throw new IllegalArgumentException("weight " + legWeight + " is negative");
        weight[leg] = legWeight;
        weighted = set(weighted, leg, legWeight > 0);
    }

    /** Whether anybody is there to send to. */
    public void open(int leg, boolean is) {
        open = set(open, leg, is);
    }

    public void silent(int leg, boolean is) {
        silent = set(silent, leg, is);
    }

    /** @param everyNth of so many packets one is sent here as well, in vain for the receiver but not for the measurement; 0: none */
    public void muted(int leg, boolean is, int everyNth) {
        muted = set(muted, leg, is);
        trickle[leg] = everyNth;
    }

    /** @param thousandths of the weight, 0..1,000; {@code probeEveryNs} how often a packet goes here where it is 0 */
    public void share(int leg, int thousandths, long probeEveryNs) {
        share[leg] = thousandths;
        probeIntervalNs[leg] = probeEveryNs;
    }

    /** For the choice among bad legs. 0: not known. */
    public void rtt(int leg, long ns) {
        rttNs[leg] = ns;
    }

    public boolean has(int leg) {
        return (present & bit(leg)) != 0;
    }

    public int weight(int leg) {
        return weight[leg];
    }

    public int share(int leg) {
        return share[leg];
    }

    public boolean isOpen(int leg) {
        return (open & bit(leg)) != 0;
    }

    public boolean isSilent(int leg) {
        return (silent & bit(leg)) != 0;
    }

    public boolean isMuted(int leg) {
        return (muted & bit(leg)) != 0;
    }

    public long legs() {
        return present;
    }

    // ---- a packet ----------------------------------------------------------------------------------------------------------------

    /** The legs of the next packet. 0 only where no leg is open. */
    public long pick(long nowNs) {
        long there = present & open;
        // A leg of copies that is silent goes on: redundancy is what it is for, and only its way back may be dead
        long legs = there & ~weighted & ~muted;
        long rotation = there & weighted & ~silent & ~muted;
        if (rotation != 0) {
            legs |= bit(next(nowNs, rotation));
        } else if ((legs & ~silent) == 0) {
            legs |= leastBad(nowNs, there);
        }
        long quiet = there & muted & ~legs;
        return quiet == 0 ? legs : legs | trickled(quiet);
    }

    /** All legs that may take anything: where a packet must not depend on one. */
    public long all() {
        return present & open & ~muted;
    }

    /** The leg of those picked that carries the packet alone, as far as the rotation goes; -1 if only copies were made. */
    public int carrier(long picked) {
        long one = picked & weighted & ~muted;
        return one != 0 ? Long.numberOfTrailingZeros(one) : -1;
    }

    private int next(long nowNs, long rotation) {
        long total = 0;
        int probe = -1;
        for (long rest = rotation; rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            total += part(leg);
            if (share[leg] == 0 && nowNs >= nextProbeNs[leg]) probe = leg;
        }
        boolean none = total == 0;
        if (none) for (long rest = rotation; rest != 0; rest &= rest - 1) total += weight[Long.numberOfTrailingZeros(rest)];
        sinceProbe++;
        if (probe >= 0 && sinceProbe >= PACKETS_PER_PROBE && !none) {
            sinceProbe = 0;
            nextProbeNs[probe] = nowNs + probeIntervalNs[probe];
            return probe;
        }
        int richest = -1;
        for (long rest = rotation; rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            long gain = none ? weight[leg] : part(leg);
            if (gain == 0) continue;
            // Weights change while the flow runs: what was saved or owed under the old ones counts for one packet at most
            credit[leg] = Math.clamp(credit[leg], -total, total) + gain;
            if (richest < 0 || credit[leg] > credit[richest]) richest = leg;
        }
        credit[richest] -= total;
        return richest;
    }

    private long part(int leg) {
        return (long) weight[leg] * share[leg];
    }

    /** All are silent or muted. Late is better than perhaps never: a muted leg that is heard, the quickest; else the rotation goes on over the silent ones, for of those none is better. */
    private long leastBad(long nowNs, long there) {
        long late = there & muted & ~silent;
        if (late != 0) return bit(quickest(late));
        long rotation = there & weighted & ~muted;
        if (rotation != 0) return bit(next(nowNs, rotation));
        return there == 0 || (there & ~muted) != 0 ? 0 : bit(quickest(there));
    }

    private int quickest(long legs) {
        int best = -1;
        for (long rest = legs; rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (best < 0 || known(leg) < known(best)) best = leg;
        }
        return best;
    }

    private long known(int leg) {
        return rttNs[leg] == 0 ? Long.MAX_VALUE : rttNs[leg];
    }

    private long trickled(long quiet) {
        long legs = 0;
        for (long rest = quiet; rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (trickle[leg] == 0 || ++sinceTrickle[leg] < trickle[leg]) continue;
            sinceTrickle[leg] = 0;
            legs |= bit(leg);
        }
        return legs;
    }

    static long bit(int leg) {
        return 1L << leg;
    }

    private static long set(long legs, int leg, boolean is) {
        return is ? legs | bit(leg) : legs & ~bit(leg);
    }
}
