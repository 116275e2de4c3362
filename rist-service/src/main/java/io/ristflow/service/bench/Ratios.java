package io.ristflow.service.bench;

/**
 * One contender's figures by the other's: below 1 the first needs less. NaN where the other's figure is 0.
 *
 * @param latencyP999MoreMs the first's p99.9 less the other's: with a second of buffer in both, a ratio says little
 */
record Ratios(double cpu, double senderCpu, double receiverCpu, double memory, double latencyP999, double latencyP999MoreMs, double spacingP999) {
    static Ratios of(Figures ours, Figures theirs) {
        return new Ratios(
                ratio(ours.cpuUsPerPacket(), theirs.cpuUsPerPacket()),
                ratio(ours.sender().cpuUsPerPacket(), theirs.sender().cpuUsPerPacket()),
                ratio(ours.receiver().cpuUsPerPacket(), theirs.receiver().cpuUsPerPacket()),
                ratio(ours.peakRssMib(), theirs.peakRssMib()),
                ratio(ours.latency().p999Ms(), theirs.latency().p999Ms()),
                ours.latency().p999Ms() - theirs.latency().p999Ms(),
                ratio(ours.spacing().p999Ms(), theirs.spacing().p999Ms()));
    }

    private static double ratio(double ours, double theirs) {
        return theirs == 0 ? Double.NaN : ours / theirs;
    }
}
