package io.ristflow.core.api;

/**
 * One path's figures, either role. Counts are cumulative, rates bits per second over the last second ({@code avgBitrateBps}: since the path began).
 *
 * @param path the host's number for it
 * @param state CONNECTING (nothing heard), HANDSHAKE (heard, no SDES yet), CONNECTED, SILENT (connected, nothing heard for a while)
 * @param flowId the flow it carries, 0 if not known yet
 * @param cname the peer's canonical name, empty if not known yet
 * @param receivedData media datagrams that came in; {@code receivedBytes} their UDP payload
 * @param sentPackets media datagrams that went out, first transmissions alone
 * @param nullPackets null transport packets taken out (sender) or put back in (receiver)
 * @param quality 0..100: sent / (sent + retransmitted) over the last second; 100 on a receiver's path
 * @param skippedBandwidth retransmissions refused as the maximum bitrate was reached; {@code skippedSuppressed} as one was sent within an RTT;
 *     {@code skippedExhausted} after the retry limit; {@code skippedAged} as the packet had left the history
 */
public record PathStats(
        int path, State state, int flowId, String cname,
        long receivedData, long receivedBytes, long receivedRtcp, long sentRtcp,
        long sentPackets, long sentBytes, long retransmitted, long retransmittedBytes, long nullPackets,
        long rttNs, long avgRttNs, long bitrateBps, long avgBitrateBps, long retryBitrateBps, double quality,
        long skippedBandwidth, long skippedSuppressed, long skippedExhausted, long skippedAged, Bonding bonding) {

    /**
     * What a path is in its bond.
     *
     * @param leg the configured path that it belongs to, {@code name} what that is called
     * @param share 0..1, the part of its weight that a sender lets it have now
     * @param delivered 0..1, the part of what it alone carried that arrived, of late; -1 where that cannot be told
     * @param silent whether nothing has been heard for some report intervals, so that it carries nothing
     * @param muted whether its round trip is above rtt-drop, {@code muteEvents} how often it was
     */
    public record Bonding(int leg, String name, int weight, int recoveryPriority, double share, double delivered, boolean silent, boolean muted, long muteEvents) {
        public static final Bonding NONE = new Bonding(0, "", 0, 0, 1, -1, false, false, 0);
    }

    /** A path that is alone. */
    public PathStats(
            int path, State state, int flowId, String cname,
            long receivedData, long receivedBytes, long receivedRtcp, long sentRtcp,
            long sentPackets, long sentBytes, long retransmitted, long retransmittedBytes, long nullPackets,
            long rttNs, long avgRttNs, long bitrateBps, long avgBitrateBps, long retryBitrateBps, double quality,
            long skippedBandwidth, long skippedSuppressed, long skippedExhausted, long skippedAged) {
        this(path, state, flowId, cname, receivedData, receivedBytes, receivedRtcp, sentRtcp, sentPackets, sentBytes, retransmitted, retransmittedBytes, nullPackets,
                rttNs, avgRttNs, bitrateBps, avgBitrateBps, retryBitrateBps, quality, skippedBandwidth, skippedSuppressed, skippedExhausted, skippedAged, Bonding.NONE);
    }

    public enum State {
        CONNECTING, HANDSHAKE, CONNECTED, SILENT
    }
}
