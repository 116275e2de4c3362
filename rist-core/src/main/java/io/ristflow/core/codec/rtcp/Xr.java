package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * Extended reports (RFC 3611 §2, §4.4, §4.5), read for what they tell of the round trip; all other blocks are stepped over.
 *
 * <pre>
 * |V=2|P|reserved |  PT=207 or 77 |            length             |
 * |                             SSRC                              |
 * |     BT=4      |   reserved    |       block length = 2        |  RRTR: receiver reference time
 * |                     NTP timestamp, 64 bits                    |
 * |     BT=5      |   reserved    |       block length = 3n       |  DLRR: n times the three words below
 * |                       SSRC of receiver                        |
 * |                         last RR (LRR)                         |
 * |                   delay since last RR (DLRR)                  |
 * </pre>
 */
public final class Xr {
    private static final int FIRST_BLOCK = 8;
    private static final int BLOCK_HEADER = 4;
    private static final int BT_RRTR = 4;
    private static final int BT_DLRR = 5;
    private static final int RRTR_BODY = 8;
    private static final int DLRR_ENTRY = 12;

    private Xr() {}

    public static boolean is(ByteBuffer b, int off) {
        int type = RtcpCompound.packetType(b, off);
        return type == RtcpCompound.XR || type == RtcpCompound.XR_LIBRIST;
    }

    public static int ssrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    /** Where the NTP-64 time of the first reference time block lies; -1 if there is none. */
    public static int rrtr(ByteBuffer b, int off, int len) {
        int block = block(b, off, len, off + FIRST_BLOCK, BT_RRTR);
        return block >= 0 && bodyLength(b, block) >= RRTR_BODY ? block + BLOCK_HEADER : -1;
    }

    /** Where the DLRR entry about {@code ssrc} begins, for {@link #lastRr} and {@link #delaySinceLastRr}; -1 if there is none. */
    public static int dlrr(ByteBuffer b, int off, int len, int ssrc) {
        int block = block(b, off, len, off + FIRST_BLOCK, BT_DLRR);
        while (block >= 0) {
            int blockEnd = block + BLOCK_HEADER + bodyLength(b, block);
            for (int at = block + BLOCK_HEADER; at + DLRR_ENTRY <= blockEnd; at += DLRR_ENTRY) {
                if (b.getInt(at) == ssrc) return at;
            }
            block = block(b, off, len, blockEnd, BT_DLRR);
        }
        return -1;
    }

    /** Middle 32 bits of the NTP time that our last RRTR carried; 0 if none came. */
    public static int lastRr(ByteBuffer b, int entry) {
        return b.getInt(entry + 4);
    }

    /** 1/65536 seconds. */
    public static int delaySinceLastRr(ByteBuffer b, int entry) {
        return b.getInt(entry + 8);
    }

    /** The first block of that type at or after {@code from} that is whole; -1. */
    private static int block(ByteBuffer b, int off, int len, int from, int type) {
        int end = off + RtcpCompound.contentLength(b, off, len);
        int at = from;
        while (at + BLOCK_HEADER <= end) {
            int next = at + BLOCK_HEADER + bodyLength(b, at);
            if (next > end) return -1;
            if ((b.get(at) & 0xFF) == type) return at;
            at = next;
        }
        return -1;
    }

    private static int bodyLength(ByteBuffer b, int block) {
        return (b.getShort(block + 2) & 0xFFFF) * 4;
    }
}
