package io.ristflow.service.media;

import java.nio.ByteBuffer;

/**
 * The RTP header (RFC 3550 §5.1) of plain rtp:// inputs and outputs.
 *
 * <pre>
 *  0                   1                   2                   3
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  |                           timestamp                           |
 *  |                             SSRC                              |
 *  |                     CC times: CSRC                            |
 *  |      X: profile's word        |  length in 32-bit words       | ...
 * </pre>
 */
final class RtpHeader {
    static final int BYTES = 12;
    /** RFC 5761 §4: these payload types are RTCP packets that share the port. */
    private static final int RTCP_FIRST = 64;
    private static final int RTCP_LAST = 95;

    private RtpHeader() {}

    /** Narrows the buffer to the RTP payload; false, and nothing changed, if it is no RTP packet with a payload. */
    static boolean strip(ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        if (end - start < BYTES) return false;
        int first = datagram.get(start) & 0xFF;
        if (first >> 6 != 2) return false;
        int payloadType = datagram.get(start + 1) & 0x7F;
        if (payloadType >= RTCP_FIRST && payloadType <= RTCP_LAST) return false;
        int at = start + BYTES + (first & 0x0F) * 4;
        if ((first & 0x10) != 0) {
            if (at + 4 > end) return false;
            at += 4 + (datagram.getShort(at + 2) & 0xFFFF) * 4;
        }
        if ((first & 0x20) != 0) {
            // RFC 3550 §5.1: the last octet counts the padding, itself included.
            int padding = datagram.get(end - 1) & 0xFF;
            if (padding == 0) return false;
            end -= padding;
        }
        if (at >= end) return false;
        datagram.limit(end).position(at);
        return true;
    }

    static int sequence(ByteBuffer datagram, int header) {
        return datagram.getShort(header + 2) & 0xFFFF;
    }

    static int ssrc(ByteBuffer datagram, int header) {
        return datagram.getInt(header + 8);
    }

    /** Writes a header without CSRC, extension and padding at the buffer's start. */
    static void write(ByteBuffer to, int payloadType, int sequence, int timestamp, int ssrc) {
        to.put(0, (byte) 0x80);
        to.put(1, (byte) payloadType);
        to.putShort(2, (short) sequence);
        to.putInt(4, timestamp);
        to.putInt(8, ssrc);
    }
}
