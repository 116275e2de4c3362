package io.ristflow.core.profile;

import java.nio.ByteBuffer;

/** Receives the parts of an RTCP compound in the order in which they came; see {@link RtcpReader}. */
public interface Feedback {
    /** SR (TR-06-1 §5.2.2). */
    void onSenderReport(int ssrc, long ntp, int rtpTimestamp);

    /** RR with a report block (§5.2.4); {@code lsr} is 0 if the reporter has seen no SR. */
    void onReceiverReport(int ssrc, int mediaSsrc, int fractionLost, int lsr, int dlsr);

    /** SDES with a CNAME (§5.2.5), its text in {@code b[offset, offset + length)}. */
    void onSourceDescription(int ssrc, ByteBuffer b, int offset, int length);

    /** {@code count} packets from {@code first16} on are asked for (§5.3.2). */
    void onRequest(int mediaSsrc, int first16, int count);

    /** The upper 16 bits of the requests that follow (TR-06-2 §8.4). */
    void onSequenceExtension(int msb16);

    /** An RTT echo request (§5.2.6), which lies in {@code b[offset, offset + length)}. */
    void onEchoRequest(ByteBuffer b, int offset, int length);

    void onEchoResponse(int ssrc, long timestamp, int processingDelayUs);

    void onBye(int ssrc);

    /** A receiver's report of the link, 44 bytes at {@code b[offset]} (TR-06-4 Part 1 §5.1). */
    void onLinkQuality(ByteBuffer b, int offset);
}
