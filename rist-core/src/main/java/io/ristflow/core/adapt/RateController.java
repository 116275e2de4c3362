package io.ristflow.core.adapt;

import static io.ristflow.core.base.Ticks.NS_PER_MS;
import static io.ristflow.core.base.Ticks.NS_PER_SECOND;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.packet.LinkQuality;

/**
 * Sender side: which bit rate an encoder should send at, from the receiver's reports (TR-06-4 Part 1 §6.1 leaves the rule to the implementer).
 *
 * <p>It begins at the maximum. A path that is too narrow shows by a queue (round trips grow) or by loss well above what the path usually has; what then arrives, repeated packets included, is what the path
 * carries. The target goes below that until the queue is gone (DRAIN), then to a little below it (STEADY). From there it tries a step up every few seconds (TRIAL): one that raises neither queue nor loss
 * stands, and larger ones follow; one that does is taken back. Loss that a lower rate does not lessen is the path's own, is remembered as usual, and takes nothing away.
 *
 * <p>The target is one number that changes rarely and in steps worth an encoder's attention. One instance per peer; one thread; nothing is allocated.
 */
public final class RateController {
    private enum State {
        STEADY, TRIAL, DRAIN
    }

    /** How long an encoder may take to follow, and half as long for its packets to make a whole report. */
    private static final long ENCODER_NS = 400 * NS_PER_MS;
    private static final long OBSERVE_NS = 600 * NS_PER_MS;
    private static final long REST_AFTER_DRAIN_NS = 3 * NS_PER_SECOND;
    private static final long REST_AFTER_TRIAL_NS = 5_500 * NS_PER_MS;
    /** A queue that the steady share would take too long to empty. */
    private static final long LONG_QUEUE_NS = 250 * NS_PER_MS;
    /** How long a shorter one may take. */
    private static final long EMPTYING_NS = 2 * NS_PER_SECOND;
    private static final long DRAIN_NS = 2_000 * NS_PER_MS;
    private static final int MOST_CUTS = 4;
    private static final long MOST_DRAIN_NS = 4 * NS_PER_SECOND;
    private static final long MOST_REACTION_NS = 6 * NS_PER_SECOND;
    private static final long SILENCE_NS = 5 * NS_PER_SECOND;

    /** So long after an interruption what was lost in it is still talked about. */
    private static final long OUTAGE_NS = 8 * NS_PER_SECOND;
    private static final long LONG_OUTAGE_NS = 4 * NS_PER_SECOND;
    private static final double LITTLE = 0.05;

    private static final double DRAIN_SHARE = 0.80;
    private static final double STEADY_SHARE = 0.95;
    /** The first step up goes so far beyond what the path carried when it was last full. */
    private static final double TRIAL_SHARE = 1.035;
    private static final double FIRST_STEP = 0.03;
    private static final double MOST_STEP = 0.10;
    /** An encoder that does not use its target proves nothing about a higher one. */
    private static final double USED_SHARE = 0.75;

    /** Loss above the usual that means congestion by itself, with a queue, and in a trial. */
    private static final double LOSS_ALONE = 0.10;
    private static final double LOSS_WITH_QUEUE = 0.03;
    private static final double LOSS_IN_TRIAL = 0.02;
    private static final double RESIDUAL_ALONE = 0.03;
    /** Loss that stays above this share of what it was did not come from the rate. */
    private static final double UNMOVED = 0.7;
    private static final double LEARNING_NS = 5e9;

    private final long minBps;
    private final long maxBps;
    private final ReportWindow reports = new ReportWindow();
    private final QueueDelay queue = new QueueDelay();

    private State state = State.STEADY;
    private long targetBps;
    /** What the path carried when it was last full; 0: not known, or outgrown. */
    private long capacityBps;
    private double step = FIRST_STEP;
    private long sinceNs;
    private long nextTrialNs = Long.MIN_VALUE;
    private int queuedReports;
    private long queueCountsFromNs = Long.MIN_VALUE;
    private double usualLoss;
    private double usualResidual;
    private long residualCountsFromNs = Long.MIN_VALUE;
    private long beforeBps;
    private long interruptedNs = Long.MIN_VALUE / 2;
    private long nothingSinceNs = Ticks.NEVER;
    private double lossAtCut;
    private int eases;
    private long easedQueueNs;
    private int cuts;
    private boolean anyReport;
    private int lastSequence;
    private long lastReportNs;
    private long periodNs = 200 * NS_PER_MS;

    /** Bits a second, {@code 0 < minBps <= maxBps}. */
    public RateController(long minBps, long maxBps) {
        this(minBps, maxBps, maxBps);
    }

    /** @param startBps the first target, between the two */
    public RateController(long minBps, long maxBps, long startBps) {
        if (minBps < 1 || maxBps < minBps) throw new IllegalArgumentException("minBps " + minBps + " and maxBps " + maxBps + " are not 0 < min <= max");
        this.minBps = minBps;
        this.maxBps = maxBps;
        targetBps = Math.clamp(startBps, minBps, maxBps);
    }

    /** What the encoder should send, media with its RTP headers, without what recovery adds. */
    public long targetBps() {
        return targetBps;
    }

    /** What the path carried when it was last full, 0 if it is not known to be narrower than the maximum. */
    public long capacityBps() {
        return capacityBps;
    }

    public void onRtt(long nowNs, long sampleNs) {
        if (sampleNs >= 0) queue.onSample(nowNs, sampleNs);
    }

    /**
     * A receiver's report came. Repeated and overtaken ones are stepped over.
     *
     * @param copies how often each first transmission is sent on purpose, on average (duplicating paths), at least 1
     * @return whether the target changed
     */
    public boolean onReport(long nowNs, LinkQuality q, double copies) {
        if (q.periodMs <= 0 || !isNext(nowNs, q.sequence)) return false;
        if (nowNs - lastReportNs > SILENCE_NS) forgetTheMoment(nowNs);
        lastReportNs = nowNs;
        periodNs = Math.clamp(Ticks.msToNs(Math.min(q.periodMs, 10_000)), 50 * NS_PER_MS, 2 * NS_PER_SECOND);
        reports.add(nowNs, q, Math.max(1, copies));
        queuedReports = queue.standing(nowNs) ? queuedReports + 1 : 0;
        if (interrupted(nowNs, q)) return false;
        long before = targetBps;
        switch (state) {
            case STEADY -> onSteady(nowNs, q);
            case TRIAL -> onTrial(nowNs, q);
            case DRAIN -> onDrain(nowNs, q);
        }
        return targetBps != before;
    }

    /** §5.1: a number that rises by one. Serial arithmetic; after a pause, or a step far back, a receiver began anew. */
    private boolean isNext(long nowNs, int sequence) {
        int ahead = sequence - lastSequence;
        boolean next = !anyReport || ahead > 0 || ahead < -1_000 || nowNs - lastReportNs > SILENCE_NS;
        if (!next) return false;
        if (!anyReport) {
            anyReport = true;
            sinceNs = nowNs;
            lastReportNs = nowNs;
            nextTrialNs = nowNs + REST_AFTER_DRAIN_NS;
        }
        lastSequence = sequence;
        return true;
    }

    private void forgetTheMoment(long nowNs) {
        reports.clear();
        state = State.STEADY;
        nextTrialNs = nowNs + REST_AFTER_DRAIN_NS;
    }

    // ---- the three states ------------------------------------------------------------------------------------------------------

    private void onSteady(long nowNs, LinkQuality q) {
        if (overloadedByLoss(nowNs, sinceNs + reactionNs())) {
            cut(nowNs, q);
            return;
        }
        if (queuedReports >= 2 && nowNs >= queueCountsFromNs) {
            onStandingQueue(nowNs, q);
            return;
        }
        learn();
        if (queuedReports == 0) eases = 0;
        if (targetBps < maxBps && nowNs >= nextTrialNs && queuedReports == 0 && used()) raise(nowNs);
    }

    private void onStandingQueue(long nowNs, LinkQuality q) {
        long queueNs = queue.queueNs(nowNs);
        boolean unmoved = eases >= 2 && queueNs > UNMOVED * easedQueueNs;
        if (unmoved && recentLoss() <= usualLoss + LOSS_IN_TRIAL + 2 * deviation()) {
            // Lower rates did not shorten it, and it never ran over: the route is longer
            queue.rebase(nowNs);
            rest(nowNs, REST_AFTER_DRAIN_NS);
            eases = 0;
        } else if (queueNs > LONG_QUEUE_NS) {
            cut(nowNs, q);
        } else {
            if (eases == 0) easedQueueNs = queueNs;
            eases++;
            ease(nowNs);
        }
    }

    private void onTrial(long nowNs, LinkQuality q) {
        if (overloadedByLoss(nowNs, sinceNs)) {
            cut(nowNs, q);
            return;
        }
        long effectNs = sinceNs + reactionNs();
        boolean failed = queuedReports >= 2 || reports.sum(effectNs, 1_000, 400, 3_000) > 0 && reports.loss() > usualLoss + Math.max(LOSS_IN_TRIAL, 3 * deviation());
        if (failed) {
            ease(nowNs);
        } else if (nowNs >= effectNs + OBSERVE_NS && queuedReports == 0) {
            if (targetBps > capacityBps * 1.06) step = Math.min(MOST_STEP, step * 2);
            if (targetBps > capacityBps * 1.1) capacityBps = 0;
            state = State.STEADY;
            if (targetBps < maxBps && queuedReports == 0 && used()) raise(nowNs);
        }
    }

    private void onDrain(long nowNs, LinkQuality q) {
        long effectNs = sinceNs + reactionNs();
        boolean queued = queue.standing(nowNs);
        reports.sum(effectNs, 400, 100, 1_000);
        double loss = reports.loss();
        boolean lossy = loss > usualLoss + LOSS_WITH_QUEUE + 2 * deviation();
        if (nowNs < effectNs) {
            if (cuts == 1) refine();
        } else if (!queued && !lossy && nowNs - interruptedNs < OUTAGE_NS) {
            // Nothing came at all for a while: that was no narrow path, and it is over. If it was one after all, the trial fails
            capacityBps = 0;
            targetBps = beforeBps;
            state = State.TRIAL;
            sinceNs = nowNs;
        } else if (!queued && !lossy) {
            settle(nowNs);
        } else if (!queued && loss > UNMOVED * lossAtCut && reports.packets() >= 100 && noMoreThanAsked()) {
            // The lower rate changed nothing: the path loses so much by itself
            usualLoss = loss;
            usualResidual = reports.residual();
            target(beforeBps);
            rest(nowNs, REST_AFTER_DRAIN_NS);
        } else if (lossy && queued && cuts < MOST_CUTS && nowNs >= effectNs + DRAIN_NS) {
            // Repetitions can keep a queue full that the stream alone would not
            cuts++;
            sinceNs = nowNs;
            target((long) (DRAIN_SHARE * targetBps));
        } else if (nowNs >= effectNs + MOST_DRAIN_NS) {
            giveIn(nowNs, loss, lossy && queued);
        }
    }

    // ---- what they do ----------------------------------------------------------------------------------------------------------

    private void cut(long nowNs, LinkQuality q) {
        if (state != State.DRAIN) beforeBps = targetBps;
        lossAtCut = recentLoss();
        cuts = 1;
        reports.sum(Long.MIN_VALUE, 400, 0, 1_000);
        capacityBps = Math.min(targetBps, reports.bitsPerSecond());
        target((long) (DRAIN_SHARE * capacityBps));
        state = State.DRAIN;
        sinceNs = nowNs;
        step = FIRST_STEP;
        // What is lost now is given up a buffer's length later
        residualCountsFromNs = nowNs + Ticks.msToNs(Math.min(q.nackWindowMs, 30_000)) + MOST_DRAIN_NS;
    }

    /** A little too much: the short queue that it made runs dry on the way back. */
    private void ease(long nowNs) {
        // Few packets make a poor measure, and more than this a small excess cannot be
        if (reports.sum(sinceNs, 400, 150, 2_000) == 0) reports.sum(Long.MIN_VALUE, 400, 150, 2_000);
        capacityBps = Math.clamp(reports.bitsPerSecond(), (long) ((state == State.TRIAL ? 0.9 : 0.99) * targetBps), targetBps);
        target((long) (STEADY_SHARE * capacityBps));
        rest(nowNs, REST_AFTER_TRIAL_NS);
        step = FIRST_STEP;
    }

    /** Until the cut takes effect the path is still full, so what arrives is what it carries: the report that raised the alarm spoke of the time before, too. */
    private void refine() {
        long spanMs = reports.sum(sinceNs + 1, 400, 80, 1_000);
        if (spanMs < 400 || spanMs < 600 && reports.packets() < 80) return;
        boolean full = queuedReports > 0 || reports.loss() > usualLoss + LOSS_WITH_QUEUE + 2 * deviation();
        double error = (double) reports.bitsPerSecond() / capacityBps;
        if (!full || error > 0.95 && error < 1.05) return;
        capacityBps = Math.min(beforeBps, reports.bitsPerSecond());
        target((long) (DRAIN_SHARE * capacityBps));
    }

    /** A full path carries what it can; one that carries next to nothing is interrupted, unless it goes on so. */
    private boolean interrupted(long nowNs, LinkQuality q) {
        reports.sum(Long.MIN_VALUE, 1, 0, 1);
        if (reports.bitsPerSecond() >= LITTLE * targetBps || q.periodMs < 50) {
            nothingSinceNs = Ticks.NEVER;
            return false;
        }
        nothingSinceNs = Math.min(nothingSinceNs, nowNs);
        if (q.sourceReceived > 0 && nowNs - nothingSinceNs > LONG_OUTAGE_NS) return false;
        interruptedNs = nowNs;
        return true;
    }

    /** The queue or the loss is not ours to end: another route, or others who fill the same link. */
    private void giveIn(long nowNs, double loss, boolean crowded) {
        queue.rebase(nowNs);
        usualLoss = loss;
        if (crowded) rest(nowNs, REST_AFTER_DRAIN_NS);
        else settle(nowNs);
    }

    private void settle(long nowNs) {
        target((long) (STEADY_SHARE * capacityBps));
        rest(nowNs, REST_AFTER_DRAIN_NS);
    }

    private void rest(long nowNs, long restNs) {
        state = State.STEADY;
        sinceNs = nowNs;
        nextTrialNs = nowNs + restNs;
        queueCountsFromNs = nowNs + reactionNs() + EMPTYING_NS;
    }

    private void raise(long nowNs) {
        double known = targetBps < capacityBps ? Math.min(TRIAL_SHARE * capacityBps, 1.10 * targetBps) : 0;
        target((long) Math.max(known, targetBps * (known > 0 ? 1 : 1 + step)));
        state = State.TRIAL;
        sinceNs = nowNs;
    }

    private void target(long bps) {
        targetBps = Math.clamp(bps, minBps, maxBps);
    }

    // ---- what they ask ---------------------------------------------------------------------------------------------------------

    private boolean overloadedByLoss(long nowNs, long fromNs) {
        if (reports.sum(fromNs, 200, 100, 1_000) == 0 || reports.packets() < 20) return false;
        double excess = reports.loss() - usualLoss;
        if (excess > LOSS_ALONE + 3 * deviation()) return true;
        if (queuedReports > 0 && nowNs >= queueCountsFromNs && excess > LOSS_WITH_QUEUE + 4 * deviation()) return true;
        if (nowNs < residualCountsFromNs) return false;
        reports.sum(Math.max(fromNs, residualCountsFromNs), 1_000, 200, 3_000);
        return reports.packets() >= 200 && reports.residual() > usualResidual + RESIDUAL_ALONE + 2 * deviation();
    }

    /** Whether about the target arrives: not less, which would be a narrower path, and not more, which is the past being repeated. */
    private boolean noMoreThanAsked() {
        return reports.bitsPerSecond() > USED_SHARE * targetBps && reports.bitsPerSecond() < 1.08 * targetBps;
    }

    private double recentLoss() {
        reports.sum(Long.MIN_VALUE, 200, 100, 1_000);
        return reports.loss();
    }

    private boolean used() {
        reports.sum(Long.MIN_VALUE, 1_000, 0, 1_000);
        return reports.bitsPerSecond() >= USED_SHARE * targetBps;
    }

    /** Standard deviation of the loss just summed, if every packet is lost by itself. */
    private double deviation() {
        double p = Math.max(reports.loss(), 0.01);
        return Math.sqrt(p * (1 - Math.min(p, 0.99)) / Math.max(1, reports.packets()));
    }

    private void learn() {
        long spanMs = reports.sum(Long.MIN_VALUE, 1, 0, 1_000);
        if (reports.packets() == 0) return;
        double weight = Math.min(1, Ticks.msToNs(spanMs) / LEARNING_NS);
        usualLoss += (reports.loss() - usualLoss) * weight;
        usualResidual += (reports.residual() - usualResidual) * weight;
    }

    /** From a new target to the first report about what it did. */
    private long reactionNs() {
        return Math.min(MOST_REACTION_NS, ENCODER_NS + queue.lastNs() + periodNs);
    }
}
