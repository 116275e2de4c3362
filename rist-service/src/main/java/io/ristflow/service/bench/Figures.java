package io.ristflow.service.bench;

/**
 * One contender on one row, of the counted part.
 *
 * @param sent datagrams of the signal; {@code offeredMbps} what that makes, to see whether the generator kept up
 * @param lost of them that did not come out, without {@code sinkDropped}: those the kernel dropped in front of our own checker
 * @param corrupted stretches with a wrong checksum and {@code outOfOrder} stamps, of everything that came, the warm-up too
 * @param pathLost datagrams that the bad path swallowed, both ways, from the start on
 * @param latency from the making of a datagram to its arrival at the checker, the recovery buffer included
 * @param spacing between one arrival and the next
 */
record Figures(long sent, double offeredMbps, long lost, long sinkDropped, long duplicated, long outOfOrder, long corrupted, long pathLost, End sender, End receiver, Quantiles latency, Quantiles spacing) {
    /** @param cpuUsPerPacket user and system time of all its threads, by datagram of the signal */
    record End(double cpuUsPerPacket, double peakRssMib) {
        static End of(long cpuTicks, long packets, long peakRssKib) {
            return new End(packets == 0 ? 0 : cpuTicks * 1e6 / ProcFiles.TICKS_PER_SECOND / packets, peakRssKib / 1024.0);
        }
    }

    /** Milliseconds. */
    record Quantiles(double p50Ms, double p99Ms, double p999Ms, double maxMs) {}

    double cpuUsPerPacket() {
        return sender.cpuUsPerPacket() + receiver.cpuUsPerPacket();
    }

    double peakRssMib() {
        return sender.peakRssMib() + receiver.peakRssMib();
    }

    /** All of it arrived, once, whole and in order. */
    boolean whole() {
        return sent > 0 && lost == 0 && duplicated == 0 && corrupted == 0 && outOfOrder == 0;
    }
}
