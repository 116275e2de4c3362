package io.ristflow.service.media;

/**
 * What a {@link StreamChecker} has seen so far.
 *
 * @param payloads payloads and {@code bytes} in them
 * @param tsPackets transport packets, {@code nullPackets} of them null packets
 * @param syncErrors packets without the sync byte, and payloads that are no whole number of packets
 * @param continuityErrors breaks in a PID's continuity counter; {@code transportErrors} packets marked as damaged
 * @param stamps running numbers read, repetitions included
 * @param lost running numbers that were passed over and have not come since; {@code duplicated} that came again; {@code outOfOrder} that
 *     came after a later one
 * @param corrupted stretches between two stamps, or stamps, whose checksum is wrong
 * @param restarts times that the signal began anew (another sender)
 * @param latencySamples stamps whose way was timed; the latencies in nanoseconds, from the making of the payload to the end of the tick
 *     that delivered it; 0 without samples
 */
public record CheckerReport(
        long payloads, long bytes, long tsPackets, long nullPackets, long syncErrors, long continuityErrors, long transportErrors,
        long stamps, long lost, long duplicated, long outOfOrder, long corrupted, long restarts,
        long latencySamples, long latencyMinNs, long latencyP50Ns, long latencyP99Ns, long latencyP999Ns, long latencyMaxNs) {

    /** Something came, and all of it whole and in order. */
    public boolean clean() {
        return stamps > 0 && syncErrors == 0 && continuityErrors == 0 && transportErrors == 0 && lost == 0 && duplicated == 0 && outOfOrder == 0 && corrupted == 0;
    }
}
