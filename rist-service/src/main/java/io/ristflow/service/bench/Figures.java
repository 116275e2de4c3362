package io.ristflow.service.bench;

/**
 * One contender, measured once, of the counted part; with several flows, of all of them together.
 *
 * @param flows how many, each with a signal of its own
 * @param sent datagrams of the signals; {@code offeredMbps} what that makes in all, to see whether the generator kept up
 * @param lost of them that did not come out, without {@code sinkDropped}: those the kernel dropped in front of our own checker
 * @param outOfOrder stamps and {@code corrupted} stretches, of everything that came, the warm-up too
 * @param pathLost datagrams that the bad path swallowed, both ways, from the start on
 * @param senderDropped datagrams that the kernel dropped in front of the sending end's media ports, {@code receiverDropped} in front of the receiving end's: buffers too small, or an end too slow
 * @param latency from the making of a datagram to its arrival at the checker, the recovery buffer included
 * @param spacing between one arrival and the next of the same flow
 */
record Figures(int flows, long sent, double offeredMbps, long lost, long sinkDropped, long duplicated, long outOfOrder, long corrupted, long pathLost, long senderDropped, long receiverDropped, End sender, End receiver, Quantiles latency,
        Quantiles spacing, Own own) {
    /**
     * One end: all its processes.
     *
     * @param cpuUsPerPacket run time of all threads by datagram of the signal, from the processes' CPU clocks; {@code cpuUsPerPacketByTicks} the same from /proc/PID/stat, in steps of 10 ms, to check it by
     * @param cores of run time a second
     * @param peakRssMib largest resident memory since the start; {@code rssMib} resident at the end of the counted part; {@code pssMib} the same, with what processes share split among them
     */
    record End(int processes, double cpuUsPerPacket, double cpuUsPerPacketByTicks, double cores, double peakRssMib, double rssMib, double pssMib) {
        /** Of a counted part; memory is told later. */
        static End of(int processes, long cpuNs, long cpuTicks, long windowNs, long packets) {
            double count = Math.max(1, packets);
            return new End(processes, cpuNs / 1e3 / count, cpuTicks * 1e6 / ProcFiles.TICKS_PER_SECOND / count, cpuNs / (double) windowNs, 0, 0, 0);
        }

        End with(ProcFiles.Memory memory) {
            return new End(processes, cpuUsPerPacket, cpuUsPerPacketByTicks, cores, memory.peakKib() / 1024.0, memory.rssKib() / 1024.0, memory.pssKib() / 1024.0);
        }
    }

    /** Milliseconds. */
    record Quantiles(double p50Ms, double p99Ms, double p999Ms, double maxMs) {
        Quantiles less(double ms) {
            return new Quantiles(p50Ms - ms, p99Ms - ms, p999Ms - ms, maxMs - ms);
        }
    }

    /** What the bench itself cost: run time of the generator's and of the checker's thread by datagram, and how many datagrams the checker read with a system call. */
    record Own(double generatorUsPerPacket, double checkerUsPerPacket, double datagramsPerRead) {}

    double cpuUsPerPacket() {
        return sender.cpuUsPerPacket() + receiver.cpuUsPerPacket();
    }

    double cores() {
        return sender.cores() + receiver.cores();
    }

    double peakRssMib() {
        return sender.peakRssMib() + receiver.peakRssMib();
    }

    double rssMib() {
        return sender.rssMib() + receiver.rssMib();
    }

    double pssMib() {
        return sender.pssMib() + receiver.pssMib();
    }

    /** All of it arrived, once, whole and in order. */
    boolean whole() {
        return sent > 0 && lost == 0 && duplicated == 0 && corrupted == 0 && outOfOrder == 0;
    }
}
