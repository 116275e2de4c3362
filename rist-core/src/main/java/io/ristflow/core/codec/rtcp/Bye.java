package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * BYE of one source (RFC 3550 §6.6). TR-06-1 does not use it; peers send it when they stop.
 *
 * <pre>
 * |V=2|P|  SC=1   |   PT=BYE=203  |           length=1            |
 * |                             SSRC                              |
 * </pre>
 */
public final class Bye {
    public static final int LENGTH = 8;

    private Bye() {}

    public static void write(ByteBuffer b, int off, int ssrc) {
        RtcpCompound.writeHeader(b, off, 1, RtcpCompound.BYE, LENGTH);
        b.putInt(off + 4, ssrc);
    }

    /** The first source; 0 if none is named. */
    public static int ssrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }
}
