package io.ristflow.core.packet;

import java.nio.ByteBuffer;

/**
 * One media packet as the flow sees it, on its way in or out. A carrier that its owner fills anew for every packet: whoever wants to keep
 * anything copies it during the call.
 */
public final class MediaPacket {
    /** A payload in one packet. */
    public static final int WHOLE = 0;
    public static final int FIRST = 1;
    public static final int MIDDLE = 2;
    public static final int LAST = 3;

    /** Wide sequence number; never wraps. */
    public long sequence;
    /** When the source sent it, nanoseconds of the source's own clock, widened; its zero means nothing. */
    public long sourceTimeNs;
    /** Repeated on request (SSRC's low bit in Simple and Main, R in Advanced), not sent for the first time. */
    public boolean retransmission;
    /** The path on which it came. */
    public int path;
    /** Null transport packets that the sender had taken out and that were put back in (TR-06-2 §8); 0 otherwise. */
    public int nullPackets;
    /** {@link #WHOLE}, or which fragment of a payload it is (TR-06-3 §5.2.3). */
    public int fragment;
    /** The payload: its bytes are {@code payload[payloadOffset, payloadOffset + payloadLength)}, absolute, position and limit mean nothing. */
    public ByteBuffer payload;
    public int payloadOffset;
    public int payloadLength;
}
