package io.ristflow.core.base;

/** NTP-64 timestamps (RFC 3550 §4): seconds since 1900 in the upper, their binary fraction in the lower 32 bits. */
public final class NtpTime {
    /** Seconds from 1900-01-01 to 1970-01-01. */
    public static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

    private NtpTime() {}

    /** Nanoseconds since 1970 to NTP-64. */
    public static long fromUnixNs(long unixNs) {
        long seconds = Math.floorDiv(unixNs, Ticks.NS_PER_SECOND) + UNIX_EPOCH_SECONDS;
        long fraction = (Math.floorMod(unixNs, Ticks.NS_PER_SECOND) << 32) / Ticks.NS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    /** NTP-64 to nanoseconds since 1970. */
    public static long toUnixNs(long ntp) {
        return ((ntp >>> 32) - UNIX_EPOCH_SECONDS) * Ticks.NS_PER_SECOND + fractionNs(ntp);
    }

    /** The middle 32 bits: the form of LSR in reception reports (RFC 3550 §6.4.1). */
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }

    /** A short 16.16 interval (DLSR, and the difference of two {@link #middle}) in nanoseconds. */
    public static long shortToNs(long units65536) {
        return units65536 * Ticks.NS_PER_SECOND >> 16;
    }

    /** Nanoseconds as a 16.16 interval. */
    public static long nsToShort(long ns) {
        return ns / Ticks.NS_PER_SECOND << 16 | (ns % Ticks.NS_PER_SECOND << 16) / Ticks.NS_PER_SECOND;
    }

    private static long fractionNs(long ntp) {
        return (ntp & 0xFFFF_FFFFL) * Ticks.NS_PER_SECOND + (1L << 31) >>> 32;
    }
}
