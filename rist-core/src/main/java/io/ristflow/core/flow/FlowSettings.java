package io.ristflow.core.flow;

import static io.ristflow.core.base.Ticks.NS_PER_MS;

/**
 * What a flow needs to know, in nanoseconds and bits. The session makes it from its configuration.
 *
 * @param congestion how many RTTs must pass between two retransmissions of a packet: 0 (off), 1 (normal), 2 (aggressive)
 * @param returnBitrateBps ceiling of what requests may cost on the way back, 0: none
 * @param sequenceBits 16: gaps beyond 32,768 restart the flow, and so on
 * @param hold how play-out time is found
 */
public record FlowSettings(
        long bufferMinNs, long bufferMaxNs, long reorderNs, long rttMinNs, long rttMaxNs, int maxRetries, long maxBitrateBps, long returnBitrateBps, int congestion, int sequenceBits, Hold hold) {

    public enum Hold {
        SOURCE, ARRIVAL, RTC
    }

    public static final FlowSettings DEFAULT = new FlowSettings(1000 * NS_PER_MS, 1000 * NS_PER_MS, 15 * NS_PER_MS, 5 * NS_PER_MS, 500 * NS_PER_MS, 20, 100_000_000L, 0, 1, 16, Hold.SOURCE);
}
