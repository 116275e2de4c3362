package io.ristflow.core.profile;

import io.ristflow.core.codec.lqm.LinkQualityMessage;
import io.ristflow.core.codec.rtcp.BitmaskNack;
import io.ristflow.core.codec.rtcp.Bye;
import io.ristflow.core.codec.rtcp.RangeNack;
import io.ristflow.core.codec.rtcp.ReceiverReport;
import io.ristflow.core.codec.rtcp.RttEcho;
import io.ristflow.core.codec.rtcp.Sdes;
import io.ristflow.core.codec.rtcp.SenderReport;
import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;

/**
 * Builds one RTCP compound in the order of TR-06-1 §5.2.1: a report, SDES, then requests or echoes. It writes into the buffer of the dialect that will frame it, which left room in
 * front, so that nothing is copied.
 */
public final class RtcpWriter {
    private final ByteBuffer b;
    private final int start;
    private int at;

    RtcpWriter(ByteBuffer buffer, int startOffset) {
        b = buffer;
        start = startOffset;
        at = startOffset;
    }

    public RtcpWriter begin() {
        at = start;
        return this;
    }

    public RtcpWriter senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        SenderReport.write(b, at, ssrc, ntp, rtpTimestamp, (int) packets, (int) octets);
        at += SenderReport.LENGTH;
        return this;
    }

    public RtcpWriter emptyReport(int ssrc) {
        ReceiverReport.writeEmpty(b, at, ssrc);
        at += ReceiverReport.EMPTY_LENGTH;
        return this;
    }

    public RtcpWriter receiverReport(int ssrc, int mediaSsrc, int fractionLost, int cumulativeLost, int extendedHighest, int jitter, int lsr, int dlsr) {
        ReceiverReport.write(b, at, ssrc, mediaSsrc, fractionLost, cumulativeLost, extendedHighest, jitter, lsr, dlsr);
        at += ReceiverReport.LENGTH;
        return this;
    }

    /** Extends the receiver report that was written last by the quality of the link (TR-06-4 Part 1 §5.2). */
    public RtcpWriter linkQuality(LinkQuality q) {
        writeLinkQuality(b, at, q);
        at += LinkQualityMessage.LENGTH;
        ReceiverReport.extend(b, start, LinkQualityMessage.LENGTH);
        return this;
    }

    static void writeLinkQuality(ByteBuffer b, int off, LinkQuality q) {
        LinkQualityMessage.write(
                b, off, q.sequence, q.periodMs, q.nackWindowMs, q.sourceReceived, q.originalLost, q.retransmittedReceived,
                q.recovered, q.unrecovered, q.late, q.dataKbps, q.retransmissionKbps);
    }

    public RtcpWriter sourceDescription(int ssrc, byte[] cname) {
        at += Sdes.write(b, at, ssrc, cname);
        return this;
    }

    public RtcpWriter echoRequest(int ssrc, long timestamp) {
        RttEcho.writeRequest(b, at, ssrc, timestamp);
        at += RttEcho.LENGTH;
        return this;
    }

    /** Answers the request in {@code request[offset, offset + length)} with its SSRC, timestamp and padding. */
    public RtcpWriter echoResponse(ByteBuffer request, int offset, int length, int processingDelayUs) {
        at += RttEcho.writeResponse(b, at, request, offset, length, processingDelayUs);
        return this;
    }

    public RtcpWriter bye(int ssrc) {
        Bye.write(b, at, ssrc);
        at += Bye.LENGTH;
        return this;
    }

    /** A whole compound of requests, as {@link Dialect#beginRequests}. */
    int requests(int flowId, byte[] cname, MissingRanges missing, boolean bitmask, int cursor) {
        emptyReport(flowId).sourceDescription(flowId, cname);
        return bitmask ? bitmaskRequests(flowId, missing, cursor) : rangeRequests(flowId, missing, cursor);
    }

    /**
     * Range requests from {@code cursor} on, as many as one NACK packet may hold.
     *
     * @param cursor packets of {@code missing} already written, 0 at first
     * @return the cursor for the next NACK packet; equal to {@code missing.packets()} when all are written
     */
    public int rangeRequests(int mediaSsrc, MissingRanges missing, int cursor) {
        int header = at;
        int records = 0;
        int written = 0;
        int skip = cursor;
        for (int i = 0; i < missing.ranges() && records < RangeNack.MAX_RECORDS; i++) {
            int count = missing.count(i);
            if (skip >= count) {
                skip -= count;
                continue;
            }
            int done = skip;
            skip = 0;
            // TR-06-1 §5.3.2.2: at most 16 ranges; librist's senders serve no more than 257 packets of one
            while (done < count && records < RangeNack.MAX_RECORDS) {
                int chunk = Math.min(count - done, RangeNack.MAX_PACKETS_PER_RECORD);
                RangeNack.writeRecord(b, header, records++, (int) (missing.first(i) + done) & 0xFFFF, chunk - 1);
                done += chunk;
                written += chunk;
            }
        }
        RangeNack.writeHeader(b, header, mediaSsrc, records);
        at += RangeNack.HEADER + records * RangeNack.RECORD;
        return cursor + written;
    }

    /** As {@link #rangeRequests}, in the bitmask form (TR-06-1 §5.3.2.1). */
    public int bitmaskRequests(int mediaSsrc, MissingRanges missing, int cursor) {
        int header = at;
        int entries = 0;
        int position = 0;
        int written = cursor;
        long pid = Long.MIN_VALUE;
        int blp = 0;
        for (int i = 0; i < missing.ranges(); i++) {
            for (int k = 0; k < missing.count(i); k++) {
                if (position++ < cursor) continue;
                long sequence = missing.first(i) + k;
                if (pid != Long.MIN_VALUE && sequence > pid && sequence - pid <= 16) {
                    blp |= 1 << (int) (sequence - pid - 1);
                    written++;
                    continue;
                }
                if (pid != Long.MIN_VALUE) {
                    BitmaskNack.writeEntry(b, header, entries++, (int) pid & 0xFFFF, blp);
                    // RFC 4585 sets no limit; the one of range requests keeps the datagram as small
                    if (entries == RangeNack.MAX_RECORDS) return finishBitmask(header, mediaSsrc, entries, written);
                }
                pid = sequence;
                blp = 0;
                written++;
            }
        }
        if (pid != Long.MIN_VALUE) BitmaskNack.writeEntry(b, header, entries++, (int) pid & 0xFFFF, blp);
        return finishBitmask(header, mediaSsrc, entries, written);
    }

    private int finishBitmask(int header, int mediaSsrc, int entries, int written) {
        // librist leaves the packet sender's SSRC at 0 and so do its readers expect it
        BitmaskNack.writeHeader(b, header, 0, mediaSsrc, entries);
        at = header + BitmaskNack.HEADER + entries * BitmaskNack.ENTRY;
        return written;
    }

    int end() {
        return at;
    }
}
