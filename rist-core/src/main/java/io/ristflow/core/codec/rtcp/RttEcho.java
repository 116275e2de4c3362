package io.ristflow.core.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * RTT echo request and response (TR-06-1 §5.2.6).
 *
 * <pre>
 * |V=2|0| subtype |   PT=APP=204  |     length = 5 + padding      |  subtype 2: request, 3: response
 * |                    SSRC of media source                       |
 * |                        "RIST" (ASCII)                         |
 * |               timestamp, most significant word                |
 * |               timestamp, least significant word               |
 * |                 processing delay (microseconds)               |  0 in requests
 * |                  padding, whole words, any bytes            ...
 * </pre>
 *
 * The timestamp is the asker's and opaque. A response carries the asker's SSRC: librist drops others.
 */
public final class RttEcho {
    /** Without padding. */
    public static final int LENGTH = 24;

    private static final int REQUEST = 2;
    private static final int RESPONSE = 3;

    private RttEcho() {}

    public static void writeRequest(ByteBuffer b, int off, int ssrc, long timestamp) {
        write(b, off, REQUEST, LENGTH, ssrc, timestamp, 0);
    }

    public static void writeResponse(ByteBuffer b, int off, int ssrc, long timestamp, int processingDelayUs) {
        write(b, off, RESPONSE, LENGTH, ssrc, timestamp, processingDelayUs);
    }

    /**
     * Answers the request that lies, checked by {@link #isRequest}, in {@code request} with its SSRC, timestamp and padding. Returns the length of the
     * response, which is {@code requestLen}: the caller sees to it that it fits the MTU, or answers without padding.
     */
    public static int writeResponse(
            ByteBuffer b, int off, ByteBuffer request, int requestOff, int requestLen, int processingDelayUs) {
        write(b, off, RESPONSE, requestLen, ssrc(request, requestOff), timestamp(request, requestOff), processingDelayUs);
        // TR-06-1 §5.2.6: at least as many padding bytes as the request, and the same ones.
        b.put(off + LENGTH, request, requestOff + LENGTH, requestLen - LENGTH);
        return requestLen;
    }

    public static boolean isRequest(ByteBuffer b, int off, int len) {
        return RtcpCompound.isRistApp(b, off, len, REQUEST, LENGTH);
    }

    public static boolean isResponse(ByteBuffer b, int off, int len) {
        return RtcpCompound.isRistApp(b, off, len, RESPONSE, LENGTH);
    }

    public static int ssrc(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 4);
    }

    public static long timestamp(ByteBuffer b, int off) {
        return RtcpCompound.lengthOf(b, off) >= LENGTH ? b.getLong(off + 12) : 0;
    }

    /** Unsigned 32 bits, meant for responses. */
    public static int processingDelayUs(ByteBuffer b, int off) {
        return RtcpCompound.word(b, off, 20);
    }

    private static void write(
            ByteBuffer b, int off, int subtype, int length, int ssrc, long timestamp, int processingDelayUs) {
        RtcpCompound.writeHeader(b, off, subtype, RtcpCompound.APP, length);
        b.putInt(off + 4, ssrc);
        b.putInt(off + 8, RtcpCompound.NAME_RIST);
        b.putLong(off + 12, timestamp);
        b.putInt(off + 20, processingDelayUs);
    }
}
