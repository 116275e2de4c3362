package io.ristflow.core.bond;

import static io.ristflow.core.base.Ticks.NEVER;
import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.bond.PathPicker.FULL_SHARE;
import static io.ristflow.core.bond.PathPicker.MAX_LEGS;
import static io.ristflow.core.bond.PathPicker.bit;

/**
 * A sender's legs: measures each, and tells {@link PathPicker} what it may do.
 *
 * <p><b>Share.</b> What a leg delivers is held against the best: at nine tenths of that and more it keeps its weight, at seven tenths it has none left, between them in proportion. If all lose alike all keep
 * theirs, for recovery mends what the bond cannot. Down it goes at once, up in a second. A leg without a share is probed with packets that it carries alone: a copy would tell nothing, as nobody asks for
 * what came another way.
 *
 * <p><b>Rescue.</b> When a leg falls silent, what it carried alone since it was heard is repeated on another unasked: a receiver may be sending its requests into the dead leg (librist's does, as that one's last round
 * trip may be the shortest).
 *
 * <p><b>Requests.</b> One that comes before the packet could have arrived and been missed (legs differ in length) is early: it is neither a loss nor answered, as the receiver asks again for what is really lost.
 */
public final class SenderBond {
    private static final long REVIEW_NS = 50 * NS_PER_MS;
    /** Thousandths of the best leg's delivery: with so much a leg keeps its share, with so little it has none. */
    private static final int GOOD = 900;
    private static final int BAD = 700;
    /** A smaller share would be no measure of the leg: then it is probed. */
    private static final int LEAST_SHARE = 100;
    /** What a share may grow by from one review to the next. */
    private static final int GROWTH = 50;
    /** A leg that comes back after silence. */
    private static final int COMEBACK_SHARE = 250;
    private static final long PROBE_NS = 50 * NS_PER_MS;
    /** Where nearly nothing arrives a probe is nearly a loss. */
    private static final long PROBE_DEAD_NS = 200 * NS_PER_MS;
    private static final int DEAD = 250;
    /** What the carrier is asked to be worse by, where all are to be muted, before another takes its place. */
    private static final int HANDOVER_MARGIN = 2;
    /** Requests are answered where they came in if the leg has so much of its share. */
    private static final int GOOD_ANSWER_SHARE = 500;
    /** Legs fall silent for no reason where much is lost on the way back: not more often than this for each. */
    private static final long RESCUE_SPACING_NS = 2_000 * NS_PER_MS;
    private static final long RESCUE_MARGIN_NS = 20 * NS_PER_MS;
    private static final long LEAST_MARGIN_NS = 5 * NS_PER_MS;

    private final long bufferNs;
    private final PathPicker picker = new PathPicker();
    private final PathHealth[] health = new PathHealth[MAX_LEGS];
    private final RttMuting[] muting = new RttMuting[MAX_LEGS];
    private final int[] target = new int[MAX_LEGS];
    private final int[] share = new int[MAX_LEGS];
    private final int[] delivered = new int[MAX_LEGS];
    private final long[] muteEvents = new long[MAX_LEGS];
    private final boolean[] opened = new boolean[MAX_LEGS];
    private final boolean[] elsewhere = new boolean[MAX_LEGS];
    private CarrierLog carriers;
    private long nextReviewNs = NEVER;
    private int soleCarrier = -1;
    private long soleSinceNs;
    private final long[] rescuedNs = new long[MAX_LEGS];
    private long rescueLegs;
    private long rescueNext;
    private long rescueEnd;

    /** @param bufferNs the recovery buffer: what is queued for longer is not worth a trickle */
    public SenderBond(long bufferNs) {
        this.bufferNs = bufferNs;
    }

    // ---- the legs ----------------------------------------------------------------------------------------------------------------

    /** @param weight 0: a copy of every packet; else its part of the rotation */
    public void addLeg(long nowNs, int leg, int weight, RttMuting.Settings settings) {
        picker.add(leg, weight);
        health[leg] = new PathHealth();
        muting[leg] = new RttMuting(settings);
        target[leg] = FULL_SHARE;
        share[leg] = FULL_SHARE;
        delivered[leg] = PathHealth.UNKNOWN;
        muteEvents[leg] = 0;
        rescuedNs[leg] = nowNs - RESCUE_SPACING_NS;
        opened[leg] = false;
        if (!bonded()) return;
        if (carriers == null) carriers = new CarrierLog();
        nextReviewNs = nowNs;
    }

    public void removeLeg(int leg) {
        picker.remove(leg);
        health[leg] = null;
        muting[leg] = null;
        if (soleCarrier == leg) soleCarrier = -1;
        rescueLegs &= ~bit(leg);
        if (!bonded()) nextReviewNs = NEVER;
    }

    public void weigh(int leg, int weight) {
        picker.weigh(leg, weight);
    }

    /** Whether anybody is there: opened when the first peer of a leg is known, closed when the last is gone. */
    public void open(int leg, boolean is) {
        if (picker.isOpen(leg) == is) return;
        picker.open(leg, is);
        if (!is) {
            health[leg].forget();
            return;
        }
        if (opened[leg]) comeBack(leg);
        opened[leg] = true;
    }

    public boolean has(int leg) {
        return leg >= 0 && leg < MAX_LEGS && picker.has(leg);
    }

    /** Whether there are two legs or more. */
    public boolean bonded() {
        return Long.bitCount(picker.legs()) > 1;
    }

    // ---- what is heard -----------------------------------------------------------------------------------------------------------

    public void onHeard(long nowNs, int leg) {
        health[leg].onHeard(nowNs);
        if (!picker.isSilent(leg)) return;
        picker.silent(leg, false);
        comeBack(leg);
    }

    private void comeBack(int leg) {
        share[leg] = Math.min(share[leg], COMEBACK_SHARE);
        picker.share(leg, share[leg], PROBE_NS);
    }

    /** @param lastNs the last sample */
    public void onRtt(int leg, long lastNs, long smoothedNs) {
        health[leg].onRtt(lastNs, smoothedNs);
        picker.rtt(leg, smoothedNs);
    }

    /**
     * A packet is asked for.
     *
     * @return whether it may still be on its way, so that the request is to be left unanswered
     */
    public boolean early(long nowNs, long sequence, int requestLeg) {
        int record = carriers == null ? -1 : carriers.find(sequence);
        if (record < 0) return false;
        PathHealth carrier = health[carriers.leg(record)];
        if (carrier == null) return false;
        long flightNs = (carrier.rttNs() + (has(requestLeg) ? health[requestLeg].rttNs() : 0)) / 2;
        long sinceNs = nowNs - carriers.sentNs(record);
        if (sinceNs < flightNs) return true;
        if (sinceNs >= flightNs + Math.max(LEAST_MARGIN_NS, flightNs / 8)) {
            carrier.onLost(carriers.sentNs(record));
            carriers.counted(record);
        }
        return false;
    }

    // ---- what is sent ------------------------------------------------------------------------------------------------------------

    /** The legs, one bit each, that a packet goes out on for the first time. */
    public long pick(long nowNs, long sequence) {
        long legs = picker.pick(nowNs);
        if (carriers != null) {
            int carrier = picker.carrier(legs);
            carriers.note(nowNs, sequence, carrier);
            if (carrier >= 0) health[carrier].onSent(nowNs);
        }
        return legs;
    }

    /**
     * The leg on which a request's answer goes (TR-06-1 §5.4: any of them). Where it came from, as librist does, unless that leg is muted or delivers badly: then every other one goes on the best, and the others stay, as
     * it is not known for certain that the same receiver is behind both. -1: no leg.
     */
    public int answerLeg(int requestLeg) {
        if (!bonded() || good(requestLeg)) return requestLeg;
        elsewhere[requestLeg] = !elsewhere[requestLeg];
        return elsewhere[requestLeg] ? best(requestLeg) : requestLeg;
    }

    /** Whether {@link #nextRescue} may have something. */
    public boolean rescues() {
        return rescueLegs != 0;
    }

    /** A packet that a silent leg carried, to be repeated on {@link #rescueLeg}; -1: no more. Each is told once. */
    public long nextRescue() {
        while (rescueLegs != 0 && rescueNext < rescueEnd) {
            int record = carriers.find(rescueNext++);
            if (record < 0 || (rescueLegs & bit(carriers.leg(record))) == 0) continue;
            carriers.counted(record);
            return rescueNext - 1;
        }
        rescueLegs = 0;
        return -1;
    }

    /** -1: no leg is good enough. */
    public int rescueLeg() {
        return best(-1);
    }

    private boolean good(int leg) {
        return has(leg) && picker.isOpen(leg) && !picker.isSilent(leg) && !picker.isMuted(leg) && share[leg] >= GOOD_ANSWER_SHARE;
    }

    /** The leg with the greatest share, of those the quickest. */
    private int best(int otherwise) {
        int best = -1;
        for (long rest = picker.legs(); rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (good(leg) && (best < 0 || share[leg] > share[best] || share[leg] == share[best] && health[leg].rttNs() < health[best].rttNs())) best = leg;
        }
        return best < 0 ? otherwise : best;
    }

    // ---- time --------------------------------------------------------------------------------------------------------------------

    public long nextDeadlineNs() {
        return nextReviewNs;
    }

    /** Judges every leg. Spurious calls are harmless. */
    public void onTime(long nowNs) {
        if (nowNs < nextReviewNs) return;
        nextReviewNs = nowNs + REVIEW_NS;
        for (long rest = picker.legs(); rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (health[leg].silent(nowNs) && !picker.isSilent(leg)) fallSilent(nowNs, leg);
            delivered[leg] = health[leg].delivered(nowNs);
        }
        mute(nowNs);
        reshare(nowNs);
    }

    private void fallSilent(long nowNs, int leg) {
        picker.silent(leg, true);
        if (carriers == null || !picker.isOpen(leg) || nowNs - rescuedNs[leg] < RESCUE_SPACING_NS) return;
        rescuedNs[leg] = nowNs;
        long first = carriers.firstSince(health[leg].lastHeardNs() - health[leg].rttNs() - RESCUE_MARGIN_NS);
        rescueNext = rescueLegs == 0 ? first : Math.min(rescueNext, first);
        rescueEnd = carriers.newest() + 1;
        rescueLegs |= bit(leg);
    }

    private void mute(long nowNs) {
        long wanted = 0;
        long heard = 0;
        for (long rest = picker.legs(); rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (muting[leg].step(nowNs, health[leg].smoothedRttNs())) wanted |= bit(leg);
            if (picker.isOpen(leg) && !picker.isSilent(leg)) heard |= bit(leg);
        }
        elect(nowNs, wanted, heard);
        for (long rest = picker.legs(); rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            boolean is = (wanted & bit(leg)) != 0 && leg != soleCarrier;
            if (is && !picker.isMuted(leg)) muteEvents[leg]++;
            // What is queued for longer than the buffer comes too late whatever it is
            boolean inTime = health[leg].smoothedRttNs() / 2 <= bufferNs;
            picker.muted(leg, is, inTime ? muting[leg].settings().trickle() : 0);
        }
    }

    /** Where all that are heard are to be muted one carries on, and it stays that one: two bad legs that take turns are worse than either. */
    private void elect(long nowNs, long wanted, long heard) {
        if ((heard & ~wanted) != 0 || (heard & wanted) == 0) {
            soleCarrier = -1;
            return;
        }
        int quickest = -1;
        for (long rest = heard; rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (quickest < 0 || health[leg].smoothedRttNs() < health[quickest].smoothedRttNs()) quickest = leg;
        }
        boolean serves = soleCarrier >= 0 && (heard & bit(soleCarrier)) != 0;
        boolean much = serves && health[quickest].smoothedRttNs() * HANDOVER_MARGIN <= health[soleCarrier].smoothedRttNs();
        if (serves && !(much && nowNs - soleSinceNs >= muting[soleCarrier].settings().settleNs())) return;
        soleCarrier = quickest;
        soleSinceNs = nowNs;
    }

    private void reshare(long nowNs) {
        int best = 0;
        for (long rest = picker.legs(); rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (rotates(leg)) best = Math.max(best, delivered[leg]);
        }
        for (long rest = picker.legs(); rest != 0; rest &= rest - 1) {
            int leg = Long.numberOfTrailingZeros(rest);
            if (delivered[leg] != PathHealth.UNKNOWN && rotates(leg)) target[leg] = shareFor(best == 0 ? FULL_SHARE : delivered[leg] * 1_000 / best);
            int risen = Math.max(share[leg] + GROWTH, LEAST_SHARE);
            share[leg] = Math.min(target[leg], risen);
            int now = share[leg] * muting[leg].rampShare(nowNs) / FULL_SHARE;
            boolean dead = delivered[leg] != PathHealth.UNKNOWN && delivered[leg] < DEAD;
            picker.share(leg, share[leg] == 0 ? 0 : Math.max(1, now), dead ? PROBE_DEAD_NS : PROBE_NS);
        }
    }

    private boolean rotates(int leg) {
        return picker.isOpen(leg) && !picker.isSilent(leg) && !picker.isMuted(leg) && picker.weight(leg) > 0;
    }

    private static int shareFor(int relative) {
        int full = Math.clamp((relative - BAD) * FULL_SHARE / (GOOD - BAD), 0, FULL_SHARE);
        return full < LEAST_SHARE ? 0 : full;
    }

    // ---- figures -----------------------------------------------------------------------------------------------------------------

    public int weight(int leg) {
        return picker.weight(leg);
    }

    /** Thousandths of its weight that a leg has now. */
    public int share(int leg) {
        return picker.share(leg);
    }

    /** Thousandths of what it carried that arrived, of late; {@link PathHealth#UNKNOWN}. */
    public int delivered(int leg) {
        return delivered[leg];
    }

    public boolean silent(int leg) {
        return picker.isSilent(leg);
    }

    public boolean muted(int leg) {
        return picker.isMuted(leg);
    }

    /** How often a leg was muted for its round trip. */
    public long muteEvents(int leg) {
        return muteEvents[leg];
    }
}
