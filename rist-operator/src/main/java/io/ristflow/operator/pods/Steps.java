package io.ristflow.operator.pods;

/**
 * How far a figure must have moved before it is worth writing into a status. A steady stream stays within these steps, so nothing is written while it runs
 * on; what a status shows is never further from the truth than one step.
 */
public final class Steps {
    private static final double BITRATE_SHARE = 0.03;
    private static final long BITRATE_BPS = 20_000;
    private static final double RTT_SHARE = 0.10;
    private static final double RTT_MS = 2;
    private static final double LOSS_SHARE = 0.10;
    private static final double LOSS_PERCENT = 0.01;
    private static final double RECOVERED_SHARE = 0.10;

    private Steps() {}

    /** More than 3 % and more than 20 kb/s; that media begins or ends always counts. */
    public static boolean bitrate(long shownBps, long nowBps) {
        if ((shownBps == 0) != (nowBps == 0)) return true;
        long by = Math.abs(nowBps - shownBps);
        return by > BITRATE_BPS && by > BITRATE_SHARE * shownBps;
    }

    /** More than 10 % and more than 2 ms. */
    public static boolean rtt(double shownMs, double nowMs) {
        double by = Math.abs(nowMs - shownMs);
        return by > RTT_MS && by > RTT_SHARE * shownMs;
    }

    /** More than 0.01 percentage points and more than 10 %; null: not known. That nothing is lost any more always counts. */
    public static boolean loss(Double shownPercent, Double nowPercent) {
        if (shownPercent == null || nowPercent == null) return shownPercent != nowPercent;
        if (nowPercent == 0 && shownPercent != 0) return true;
        double by = Math.abs(nowPercent - shownPercent);
        return by > LOSS_PERCENT && by > LOSS_SHARE * shownPercent;
    }

    /** More than 10 %, or the first; a count that went back is another count. Null: not known. */
    public static boolean recovered(Long shown, Long now) {
        if (shown == null || now == null) return shown != now;
        return now < shown || now - shown > RECOVERED_SHARE * shown;
    }
}
