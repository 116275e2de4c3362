package io.ristflow.core.base;

/**
 * Units of time. All instants in core are nanoseconds of one monotonic clock that the host passes in; no room reads a clock.
 */
public final class Ticks {
    /** "No deadline": later than every instant. */
    public static final long NEVER = Long.MAX_VALUE;

    public static final long NS_PER_US = 1_000L;
    public static final long NS_PER_MS = 1_000_000L;
    public static final long NS_PER_SECOND = 1_000_000_000L;

    /** RTP clock of MPEG transport streams (RFC 3551 §6, TR-06-1 §5.2). */
    public static final int RTP_MPEGTS_HZ = 90_000;

    private Ticks() {}

    public static long msToNs(long ms) {
        return ms * NS_PER_MS;
    }

    /** 90 kHz ticks to nanoseconds, rounded down; exact to within one nanosecond and safe beyond a century of ticks. */
    public static long rtp90kToNs(long ticks) {
        return Math.floorDiv(ticks, 9L) * 100_000L + Math.floorMod(ticks, 9L) * 100_000L / 9L;
    }

    /** Nanoseconds to 90 kHz ticks, rounded down. */
    public static long nsToRtp90k(long ns) {
        return Math.floorDiv(ns, 100_000L) * 9L + Math.floorMod(ns, 100_000L) * 9L / 100_000L;
    }
}
