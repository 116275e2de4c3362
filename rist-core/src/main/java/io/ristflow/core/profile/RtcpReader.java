package io.ristflow.core.profile;

import io.ristflow.core.codec.lqm.LinkQualityMessage;
import io.ristflow.core.codec.rtcp.BitmaskNack;
import io.ristflow.core.codec.rtcp.Bye;
import io.ristflow.core.codec.rtcp.ExtSeq;
import io.ristflow.core.codec.rtcp.RangeNack;
import io.ristflow.core.codec.rtcp.ReceiverReport;
import io.ristflow.core.codec.rtcp.RtcpCompound;
import io.ristflow.core.codec.rtcp.RttEcho;
import io.ristflow.core.codec.rtcp.Sdes;
import io.ristflow.core.codec.rtcp.SenderReport;
import java.nio.ByteBuffer;

/** Walks an RTCP compound (TR-06-1 §5.2.1) and hands its parts on. What it does not know (XR, foreign APPs) it steps over. */
public final class RtcpReader {
    /** Amplification guard: librist's senders serve 257 packets per range and no more; so do we. */
    private static final int MAX_PACKETS_PER_RANGE = 257;

    private RtcpReader() {}

    /** Whether {@code b[offset, end)} is a chain of RTCP packets to the last byte: the evidence that a key is the right one. */
    public static boolean wellFormed(ByteBuffer b, int offset, int end) {
        if (offset >= end) return false;
        int at = offset;
        while (at < end) {
            int length = RtcpCompound.next(b, at, end);
            if (length <= 0) return false;
            int type = RtcpCompound.packetType(b, at);
            if ((type < 200 || type > 207) && type != RtcpCompound.XR_LIBRIST) return false;
            at += length;
        }
        return true;
    }

    /** Reads until the end or the first part that does not fit. @return false if nothing at all could be read */
    public static boolean read(ByteBuffer b, int offset, int end, Feedback feedback) {
        int at = offset;
        while (at < end) {
            int length = RtcpCompound.next(b, at, end);
            if (length <= 0) break;
            part(b, at, length, feedback);
            at += length;
        }
        return at > offset;
    }

    private static void part(ByteBuffer b, int at, int length, Feedback feedback) {
        switch (RtcpCompound.packetType(b, at)) {
            case RtcpCompound.SR -> {
                if (length >= SenderReport.LENGTH) {
                    feedback.onSenderReport(SenderReport.ssrc(b, at), SenderReport.ntp(b, at), SenderReport.rtpTimestamp(b, at));
                }
            }
            case RtcpCompound.RR -> {
                if (length >= ReceiverReport.LENGTH && ReceiverReport.hasBlock(b, at)) {
                    feedback.onReceiverReport(
                            ReceiverReport.ssrc(b, at), ReceiverReport.mediaSsrc(b, at), ReceiverReport.fractionLost(b, at),
                            ReceiverReport.lsr(b, at), ReceiverReport.dlsr(b, at));
                }
                // TR-06-4 Part 1 §5.2: an extension of just this length; others have theirs
                if (length >= ReceiverReport.EMPTY_LENGTH && ReceiverReport.extensionLength(b, at, length) == LinkQualityMessage.LENGTH) {
                    feedback.onLinkQuality(b, ReceiverReport.extensionOffset(b, at));
                }
            }
            case RtcpCompound.SDES -> {
                int cname = Sdes.cnameOffset(b, at, at + length);
                if (cname >= 0) feedback.onSourceDescription(Sdes.ssrc(b, at), b, cname, Sdes.cnameLength(b, at, at + length));
            }
            case RtcpCompound.BYE -> {
                if (length >= Bye.LENGTH) feedback.onBye(Bye.ssrc(b, at));
            }
            case RtcpCompound.APP -> application(b, at, length, feedback);
            case RtcpCompound.RTPFB -> {
                if (BitmaskNack.is(b, at, length)) bitmask(b, at, length, feedback);
            }
            default -> {
                // XR and whatever else a peer adds: tolerated, not needed
            }
        }
    }

    private static void application(ByteBuffer b, int at, int length, Feedback feedback) {
        if (RangeNack.is(b, at, length)) {
            int records = RangeNack.records(b, at, length);
            int mediaSsrc = RangeNack.mediaSsrc(b, at);
            for (int i = 0; i < records; i++) {
                int count = Math.min(RangeNack.additional(b, at, i) + 1, MAX_PACKETS_PER_RANGE);
                feedback.onRequest(mediaSsrc, RangeNack.first(b, at, i), count);
            }
        } else if (RttEcho.isRequest(b, at, length)) {
            feedback.onEchoRequest(b, at, length);
        } else if (RttEcho.isResponse(b, at, length)) {
            feedback.onEchoResponse(RttEcho.ssrc(b, at), RttEcho.timestamp(b, at), RttEcho.processingDelayUs(b, at));
        } else if (ExtSeq.is(b, at, length)) {
            feedback.onSequenceExtension(ExtSeq.sequenceExtension(b, at));
        }
    }

    private static void bitmask(ByteBuffer b, int at, int length, Feedback feedback) {
        int entries = BitmaskNack.entries(b, at, length);
        int mediaSsrc = BitmaskNack.mediaSsrc(b, at);
        for (int i = 0; i < entries; i++) {
            int pid = BitmaskNack.pid(b, at, i);
            int blp = BitmaskNack.blp(b, at, i);
            feedback.onRequest(mediaSsrc, pid, 1);
            for (int bit = 0; bit < 16; bit++) {
                if ((blp >>> bit & 1) != 0) feedback.onRequest(mediaSsrc, pid + bit + 1 & 0xFFFF, 1);
            }
        }
    }
}
