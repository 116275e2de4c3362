package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.Lane;
import io.ristflow.core.base.NtpTime;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import io.ristflow.core.profile.MediaNumbers;
import io.ristflow.core.profile.RtcpWriter;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What peers tell each other of the stream: reports, descriptions, round-trip times and requests, in and out. */
final class FeedbackDesk {
    /** A peer that answers echoes needs no other measurement for so long. */
    private static final long ECHO_COUNTS_NS = 2 * Ticks.NS_PER_SECOND;

    private final Dialect dialect;
    private final byte[] cname;
    private final Part part;
    private final Conversation conversation;
    private final RtcpDigest digest = new RtcpDigest();

    FeedbackDesk(Dialect dialect, String cname, Part part, Conversation conversation) {
        this.dialect = dialect;
        this.cname = cname.getBytes(StandardCharsets.UTF_8);
        this.part = part;
        this.conversation = conversation;
    }

    byte[] cname() {
        return cname;
    }

    // ---- in ------------------------------------------------------------------------------------------------------------------------

    void onFeedback(long nowNs, Path path, Inbound in, EffectSink sink) {
        digest.reset();
        if (!dialect.readFeedback(in, digest)) {
            conversation.faults().met(nowNs, path, Fault.MALFORMED, "RTCP that cannot be read", sink);
            return;
        }
        path.control = true;
        path.receivedRtcp++;
        conversation.heard(nowNs, path, sink);
        if (digest.description) onDescription(nowNs, path, sink);
        if (digest.senderReport) {
            path.lastSenderReport = NtpTime.middle(digest.ntp);
            path.lastSenderReportNs = nowNs;
            part.onSenderReport(nowNs, path, digest);
        }
        if (digest.receiverReport) rttFromReport(nowNs, path);
        if (digest.requests > 0) part.onRequests(nowNs, path, digest, sink);
        for (int i = 0; i < digest.echoRequests; i++) answerEcho(path, in, i, sink);
        if (digest.echoResponse) onEchoResponse(nowNs, path);
        if (digest.linkQuality) part.onLinkQuality(nowNs, path, digest.quality, sink);
        if (digest.bye) conversation.lost(nowNs, path, "the peer said farewell (RTCP BYE)", sink);
    }

    private void onDescription(long nowNs, Path path, EffectSink sink) {
        if (!sameCname(path)) {
            byte[] bytes = new byte[digest.cnameLength];
            digest.cname.get(digest.cnameOffset, bytes);
            path.cnameBytes = bytes;
            path.cname = new String(bytes, StandardCharsets.UTF_8);
        }
        part.onDescription(nowNs, path, digest.descriptionSsrc);
        if (!path.connected) conversation.connected(nowNs, path, sink);
    }

    private boolean sameCname(Path path) {
        if (path.cnameBytes.length != digest.cnameLength) return false;
        for (int i = 0; i < digest.cnameLength; i++) {
            if (digest.cname.get(digest.cnameOffset + i) != path.cnameBytes[i]) return false;
        }
        return true;
    }

    private void onEchoResponse(long nowNs, Path path) {
        part.onControl(path);
        long sample = nowNs - (NtpTime.toUnixNs(digest.responseTimestamp)) - Integer.toUnsignedLong(digest.responseDelayUs) * Ticks.NS_PER_US;
        if (!path.rtt.sample(sample)) return;
        path.lastEchoNs = nowNs;
        part.onRtt(nowNs, path, path.rtt.lastNs());
    }

    /** RFC 3550 §6.4.1, for peers that do not answer echoes: arrival - LSR - DLSR. */
    private void rttFromReport(long nowNs, Path path) {
        if (digest.lsr == 0 || nowNs - path.lastEchoNs < ECHO_COUNTS_NS) return;
        int arrival = NtpTime.middle(NtpTime.fromUnixNs(conversation.unixNs(nowNs)));
        long sample = NtpTime.shortToNs(arrival - digest.lsr - digest.dlsr);
        if (path.rtt.sample(sample)) part.onRtt(nowNs, path, path.rtt.lastNs());
    }

    /** TR-06-1 §5.2.6: timestamp and padding go back as they came, under the requester's SSRC (librist drops other responses). */
    private void answerEcho(Path path, Inbound in, int request, EffectSink sink) {
        if (!path.ready()) return;
        send(path, dialect.echoResponse(path.peer, in, part.ssrc(path), cname, digest.echoBuffer, digest.echoOffset[request], digest.echoLength[request]), sink);
    }

    // ---- out -----------------------------------------------------------------------------------------------------------------------

    void report(long nowNs, Path path, EffectSink sink) {
        report(nowNs, path, null, sink);
    }

    /** Tells the quality of the link, in the profile's own way. */
    void linkQuality(long nowNs, Path path, LinkQuality quality, EffectSink sink) {
        ByteBuffer own = dialect.linkQuality(path.peer, quality);
        if (own != null) send(path, own, sink);
        else report(nowNs, path, quality, sink);
    }

    private void report(long nowNs, Path path, LinkQuality quality, EffectSink sink) {
        // TR-06-1 §5.2.6: opaque to the peer; NTP form of the monotonic clock, as librist's
        long timestamp = NtpTime.fromUnixNs(nowNs);
        ByteBuffer echo = dialect.echoRequest(path.peer, timestamp);
        if (echo != null) send(path, echo, sink);
        RtcpWriter rtcp = dialect.beginRtcp(path.peer);
        part.writeReport(nowNs, path, rtcp);
        if (quality != null) rtcp.linkQuality(quality);
        rtcp.sourceDescription(part.ssrc(path), cname);
        if (echo == null) rtcp.echoRequest(part.ssrc(path), timestamp);
        send(path, dialect.feedback(path.peer), sink);
    }

    /** Asks for all that is missing, in as many messages as it takes. */
    void request(Path path, int flowId, MediaNumbers numbers, MissingRanges missing, boolean bitmask, EffectSink sink) {
        int cursor = 0;
        while (cursor < missing.packets()) {
            cursor = dialect.beginRequests(path.peer, flowId, cname, numbers, missing, bitmask, cursor);
            send(path, dialect.feedback(path.peer), sink);
        }
    }

    /** The least there is: an empty report and SDES (TR-06-1 §5.2.1). */
    ByteBuffer bare(Path path) {
        begin(path);
        return dialect.feedback(path.peer);
    }

    void bye(Path path, EffectSink sink) {
        begin(path).bye(part.ssrc(path));
        send(path, dialect.feedback(path.peer), sink);
    }

    private RtcpWriter begin(Path path) {
        int ssrc = part.ssrc(path);
        return dialect.beginRtcp(path.peer).emptyReport(ssrc).sourceDescription(ssrc, cname);
    }

    private static void send(Path path, ByteBuffer datagram, EffectSink sink) {
        path.sentRtcp++;
        sink.transmit(path.number, Lane.CONTROL, datagram);
    }
}
