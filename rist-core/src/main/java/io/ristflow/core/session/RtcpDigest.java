package io.ristflow.core.session;

import io.ristflow.core.codec.lqm.LinkQualityMessage;
import io.ristflow.core.flow.SenderFlow;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.profile.Feedback;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One RTCP compound, read into fields that the session then acts on. Reused for every compound. */
final class RtcpDigest implements Feedback {
    private static final int MAX_ECHO_REQUESTS = 4;
    /** TR-06-1 §5.2.6: the answer is padded like the request as long as it fits the MTU; a longer request is nobody's measurement. */
    private static final int MAX_ECHO_BYTES = 1_200;
    /** Bitmasks name up to 17 packets in four bytes; a sender serves no more in one call. */
    private static final int MAX_REQUESTS = SenderFlow.MAX_REQUESTED_PER_CALL;

    boolean senderReport;
    int senderReportSsrc;
    long ntp;
    int rtpTimestamp;

    boolean receiverReport;
    int fractionLost;
    int lsr;
    int dlsr;

    boolean description;
    int descriptionSsrc;
    ByteBuffer cname;
    int cnameOffset;
    int cnameLength;

    int requests;
    int[] first16 = new int[64];
    int[] count = new int[64];
    int[] msb16 = new int[64];
    int requestMediaSsrc;
    private int extension;

    int echoRequests;
    ByteBuffer echoBuffer;
    final int[] echoOffset = new int[MAX_ECHO_REQUESTS];
    final int[] echoLength = new int[MAX_ECHO_REQUESTS];

    boolean echoResponse;
    long responseTimestamp;
    int responseDelayUs;

    boolean bye;

    boolean linkQuality;
    final LinkQuality quality = new LinkQuality();

    /** "No EXTSEQ preceded": the request is widened to at most the current send position. */
    static final int NO_EXTENSION = -1;

    void reset() {
        senderReport = receiverReport = description = echoResponse = bye = linkQuality = false;
        requests = 0;
        echoRequests = 0;
        extension = NO_EXTENSION;
    }

    @Override
    public void onSenderReport(int ssrc, long newNtp, int newRtpTimestamp) {
        senderReport = true;
        senderReportSsrc = ssrc;
        ntp = newNtp;
        rtpTimestamp = newRtpTimestamp;
    }

    @Override
    public void onReceiverReport(int ssrc, int mediaSsrc, int newFractionLost, int newLsr, int newDlsr) {
        receiverReport = true;
        fractionLost = newFractionLost;
        lsr = newLsr;
        dlsr = newDlsr;
    }

    @Override
    public void onSourceDescription(int ssrc, ByteBuffer b, int offset, int length) {
        description = true;
        descriptionSsrc = ssrc;
        cname = b;
        cnameOffset = offset;
        cnameLength = length;
    }

    @Override
    public void onRequest(int mediaSsrc, int first, int packets) {
        if (requests == MAX_REQUESTS) return;
        if (requests == first16.length) {
            first16 = Arrays.copyOf(first16, requests * 2);
            count = Arrays.copyOf(count, requests * 2);
            msb16 = Arrays.copyOf(msb16, requests * 2);
        }
        requestMediaSsrc = mediaSsrc;
        first16[requests] = first;
        count[requests] = packets;
        msb16[requests++] = extension;
    }

    @Override
    public void onSequenceExtension(int msb) {
        extension = msb;
    }

    @Override
    public void onEchoRequest(ByteBuffer b, int offset, int length) {
        if (echoRequests == MAX_ECHO_REQUESTS || length > MAX_ECHO_BYTES) return;
        echoBuffer = b;
        echoOffset[echoRequests] = offset;
        echoLength[echoRequests++] = length;
    }

    @Override
    public void onEchoResponse(int ssrc, long timestamp, int processingDelayUs) {
        echoResponse = true;
        responseTimestamp = timestamp;
        responseDelayUs = processingDelayUs;
    }

    @Override
    public void onBye(int ssrc) {
        bye = true;
    }

    @Override
    public void onLinkQuality(ByteBuffer b, int offset) {
        linkQuality = true;
        quality.sequence = LinkQualityMessage.sequence(b, offset);
        quality.periodMs = LinkQualityMessage.periodMs(b, offset);
        quality.nackWindowMs = LinkQualityMessage.nackWindowMs(b, offset);
        quality.sourceReceived = LinkQualityMessage.sourceReceived(b, offset);
        quality.originalLost = LinkQualityMessage.originalLost(b, offset);
        quality.retransmittedReceived = LinkQualityMessage.retransmittedReceived(b, offset);
        quality.recovered = LinkQualityMessage.recovered(b, offset);
        quality.unrecovered = LinkQualityMessage.unrecovered(b, offset);
        quality.late = LinkQualityMessage.late(b, offset);
        quality.dataKbps = LinkQualityMessage.dataKbps(b, offset);
        quality.retransmissionKbps = LinkQualityMessage.retransmissionKbps(b, offset);
    }
}
