package io.ristflow.core.api;

import java.util.List;
import java.util.Map;

/**
 * A receiver's figures at one instant. Counts are cumulative since the start of what they count; rates are bits per second over the last
 * second. Names follow librist's statistics where it has them.
 *
 * @param faults how often each fault was met (datagrams refused, timeouts), every fault present
 */
public record ReceiverStats(long atNs, String profile, List<Flow> flows, List<PathStats> paths, Map<Fault, Long> faults) {

    /**
     * One flow.
     *
     * @param sent how many packets the source has sent as far as the sequence numbers tell
     * @param received media packets accepted, first transmissions and retransmissions
     * @param missing packets found missing, recovered later or not
     * @param reordered packets that filled a gap without having been asked for
     * @param recovered packets that filled a gap after having been asked for; the next five split them by the number of requests
     * @param lost packets given up for good
     * @param retries requests for single packets, all of them
     * @param droppedLate packets that came after their place had been played out
     * @param droppedFull packets for which the buffer had no room
     * @param duplicates packets that were there already
     * @param missingQueue packets missing now
     * @param quality 0..100: share of what was sent that was delivered over the last second
     * @param bufferNs the buffer in force
     * @param avgBufferTimeNs mean time from arrival to delivery over the last second
     * @param interPacketMinNs least, last and greatest spacing of arrivals
     * @param rttNs smoothed round-trip time
     * @param bitrateBps everything that arrived for the flow, {@code retryBitrateBps} the retransmissions in it, {@code rejectedBitrateBps} late and
     *     duplicate packets, {@code nullsBitrateBps} null packets put back in, {@code payloadBitrateBps} what was delivered
     */
    public record Flow(
            int flowId, int peers, boolean alive,
            long sent, long received, long receivedBytes, long delivered, long missing, long reordered, long recovered,
            long recoveredOneRetry, long recoveredTwoNacks, long recoveredThreeNacks, long recoveredFourNacks, long recoveredMoreNacks,
            long lost, long retries, long droppedLate, long droppedFull, long duplicates, long missingQueue, long missingQueueMax,
            double quality, long bufferNs, long avgBufferTimeNs,
            long interPacketMinNs, long interPacketCurrentNs, long interPacketMaxNs, long rttNs,
            long bitrateBps, long retryBitrateBps, long rejectedBitrateBps, long nullsBitrateBps, long payloadBitrateBps) {}
}
