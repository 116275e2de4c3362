package io.ristflow.service.bench;

/**
 * One contender's figures by the other's: below 1 the first needs less. NaN where the other's figure is 0.
 *
 * @param memory peaks; {@code rss} and {@code pss} what is resident at the end of the counted part
 * @param addedLatencyP999 of what is above the recovery buffer; {@code latencyP999MoreMs} the first's p99.9 less the other's
 */
record Ratios(double cpu, double senderCpu, double receiverCpu, double memory, double rss, double pss, double addedLatencyP999, double latencyP999MoreMs, double spacingP999) {
    static Ratios of(Figures ours, Figures theirs, int bufferMs) {
        return new Ratios(
                ratio(ours.cpuUsPerPacket(), theirs.cpuUsPerPacket()),
                ratio(ours.sender().cpuUsPerPacket(), theirs.sender().cpuUsPerPacket()),
                ratio(ours.receiver().cpuUsPerPacket(), theirs.receiver().cpuUsPerPacket()),
                ratio(ours.peakRssMib(), theirs.peakRssMib()),
                ratio(ours.rssMib(), theirs.rssMib()),
                ratio(ours.pssMib(), theirs.pssMib()),
                ratio(ours.latency().p999Ms() - bufferMs, theirs.latency().p999Ms() - bufferMs),
                ours.latency().p999Ms() - theirs.latency().p999Ms(),
                ratio(ours.spacing().p999Ms(), theirs.spacing().p999Ms()));
    }

    static double ratio(double ours, double theirs) {
        return theirs == 0 ? Double.NaN : ours / theirs;
    }
}
