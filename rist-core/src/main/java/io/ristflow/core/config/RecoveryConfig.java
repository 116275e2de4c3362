package io.ristflow.core.config;

/**
 * How lost packets are recovered; defaults are librist's.
 *
 * @param bufferMinMs least recovery buffer, milliseconds, 1..30,000; when it equals {@code bufferMaxMs} the buffer is fixed, else it scales by RTT and loss
 * @param bufferMaxMs greatest recovery buffer, milliseconds
 * @param reorderMs how long a gap may close by itself before it is asked for, milliseconds, 0..bufferMaxMs
 * @param rttMinMs floor of the RTT used for pacing, milliseconds, 1..1,000 (3 at least in force)
 * @param rttMaxMs ceiling of it
 * @param minRetries kept for librist's parameter of that name, which librist does not use either
 * @param maxRetries requests (receiver) and retransmissions (sender) per packet, 0..100
 * @param maxBitrateKbps ceiling of payload and retransmissions together, kilobits per second
 * @param returnBitrateKbps ceiling of what a receiver sends back, kilobits per second; 0: none
 */
public record RecoveryConfig(
        int bufferMinMs, int bufferMaxMs, int reorderMs, int rttMinMs, int rttMaxMs, int minRetries, int maxRetries,
        int maxBitrateKbps, int returnBitrateKbps, CongestionControl congestionControl, Timing timing) {

    public static final RecoveryConfig DEFAULT =
            new RecoveryConfig(1000, 1000, 15, 5, 500, 6, 20, 100_000, 0, CongestionControl.NORMAL, Timing.SOURCE);

    public RecoveryConfig {
        ConfigException.inRange("buffer-min", bufferMinMs, 1, 30_000, "ms");
        ConfigException.inRange("buffer-max", bufferMaxMs, 1, 30_000, "ms");
        if (bufferMinMs > bufferMaxMs) {
            throw new ConfigException("buffer-min", bufferMinMs + " ms is above buffer-max " + bufferMaxMs + " ms; lower the one or raise the other");
        }
        ConfigException.inRange("reorder-buffer", reorderMs, 0, bufferMaxMs, "ms");
        ConfigException.inRange("rtt-min", rttMinMs, 1, 5_000, "ms");
        ConfigException.inRange("rtt-max", rttMaxMs, 1, 5_000, "ms");
        if (rttMinMs > rttMaxMs) {
            throw new ConfigException("rtt-min", rttMinMs + " ms is above rtt-max " + rttMaxMs + " ms; lower the one or raise the other");
        }
        ConfigException.inRange("min-retries", minRetries, 0, 100, "");
        ConfigException.inRange("max-retries", maxRetries, 0, 100, "");
        if (minRetries > maxRetries) {
            throw new ConfigException("min-retries", minRetries + " is above max-retries " + maxRetries + "; lower the one or raise the other");
        }
        ConfigException.inRange("bandwidth", maxBitrateKbps, 1, 10_000_000, "kbit/s");
        ConfigException.inRange("return-bandwidth", returnBitrateKbps, 0, 10_000_000, "kbit/s");
        java.util.Objects.requireNonNull(congestionControl, "congestionControl");
        java.util.Objects.requireNonNull(timing, "timing");
    }

    public RecoveryConfig withBufferMs(int minMs, int maxMs) {
        return new RecoveryConfig(minMs, maxMs, Math.min(reorderMs, maxMs), rttMinMs, rttMaxMs, minRetries, maxRetries, maxBitrateKbps, returnBitrateKbps, congestionControl, timing);
    }
}
