package io.ristflow.core.profile;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.rtp.NullPackets;
import io.ristflow.core.codec.rtp.RiExtension;
import io.ristflow.core.codec.rtp.RtpHeader;
import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;

/** RTP media packets as Simple and Main carry them (TR-06-1 §5.2, §5.3.3; TR-06-2 §8.3). */
final class RtpMedia {
    private final ByteBuffer restored = ByteBuffer.allocateDirect(7 * 204);

    /** Reads the packet in {@code b[offset, end)} into {@code in}; false if it is malformed. */
    boolean read(ByteBuffer b, int offset, int end, Inbound in) {
        int header = RtpHeader.headerLength(b, offset, end);
        if (header < 0) return false;
        int padding = RtpHeader.hasPadding(b, offset) ? RtpHeader.paddingLength(b, offset, end) : 0;
        if (padding < 0 || offset + header + padding > end) return false;
        in.set(Inbound.Kind.MEDIA, b, offset, end);
        in.ssrc = RtpHeader.ssrc(b, offset);
        in.sequence16 = RtpHeader.sequence(b, offset);
        in.rtpTimestamp = RtpHeader.timestamp(b, offset);
        in.payloadOffset = offset + header;
        in.payloadLength = end - padding - in.payloadOffset;
        in.riOffset = -1;
        if (RtpHeader.hasExtension(b, offset)) {
            int extension = RtpHeader.extensionOffset(b, offset);
            if (RiExtension.present(b, extension, in.payloadOffset)) in.riOffset = extension;
        }
        return true;
    }

    /** Fills the flow's carrier from what {@link #read} found, null packets put back in. */
    void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket out) {
        // TR-06-1 §5.3.3: the SSRC's low bit marks a retransmission
        out.retransmission = (in.ssrc & 1) != 0;
        out.sequence = numbers.sequence(in.sequence16);
        out.sourceTimeNs = numbers.sourceTimeNs(in.rtpTimestamp);
        out.path = path;
        out.nullPackets = 0;
        out.fragment = MediaPacket.WHOLE;
        out.payload = in.buffer;
        out.payloadOffset = in.payloadOffset;
        out.payloadLength = in.payloadLength;
        if (in.riOffset >= 0 && RiExtension.nullPackets(in.buffer, in.riOffset)) restoreNullPackets(in, out);
    }

    /**
     * Writes header, extension and payload at {@code offset}; the end offset is returned.
     *
     * @param ssrc the flow id, its low bit 0
     */
    int write(ByteBuffer b, int offset, int ssrc, MediaPacket p, boolean deleteNullPackets) {
        int wireSsrc = p.retransmission ? ssrc | 1 : ssrc;
        int timestamp = (int) Ticks.nsToRtp90k(p.sourceTimeNs);
        p.nullPackets = 0;
        if (deleteNullPackets) {
            int extension = offset + RtpHeader.LENGTH;
            int deleted = NullPackets.delete(p.payload, p.payloadOffset, p.payloadLength, b, extension + RiExtension.LENGTH);
            if (deleted != -1) {
                int npdBits = deleted >>> 16;
                RtpHeader.write(b, offset, RtpHeader.PT_MPEGTS, (int) p.sequence & 0xFFFF, timestamp, wireSsrc, true);
                RiExtension.write(b, extension, npdBits, NullPackets.size204For(p.payloadLength), 0, false);
                p.nullPackets = NullPackets.count(npdBits);
                return extension + RiExtension.LENGTH + (deleted & 0xFFFF);
            }
        }
        RtpHeader.write(b, offset, RtpHeader.PT_MPEGTS, (int) p.sequence & 0xFFFF, timestamp, wireSsrc, false);
        b.put(offset + RtpHeader.LENGTH, p.payload, p.payloadOffset, p.payloadLength);
        return offset + RtpHeader.LENGTH + p.payloadLength;
    }

    private void restoreNullPackets(Inbound in, MediaPacket out) {
        int npdBits = RiExtension.npdBits(in.buffer, in.riOffset);
        boolean size204 = RiExtension.size204(in.buffer, in.riOffset);
        int length = NullPackets.restore(in.buffer, in.payloadOffset, in.payloadLength, npdBits, size204, restored, 0);
        // What cannot be expanded is delivered as it came: the stream's own decoder is the better judge.
        if (length < 0) return;
        out.payload = restored;
        out.payloadOffset = 0;
        out.payloadLength = length;
        out.nullPackets = NullPackets.count(npdBits);
    }
}
