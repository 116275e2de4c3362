package io.ristflow.core.codec.advanced;

import java.nio.ByteBuffer;

/**
 * RTT echo request and response (TR-06-3 §5.3.4, Figure 10).
 *
 * <pre>
 * |                        requester SSRC                         |
 * |                timestamp, most significant word               |
 * |                timestamp, least significant word              |
 * |                 processing delay (microseconds)               |  0 in requests
 * |                 padding, whole words, any bytes             ...
 * </pre>
 *
 * The timestamp is the asker's and opaque.
 */
public final class ControlEcho {
    /** Without padding. */
    public static final int LENGTH = 16;

    private ControlEcho() {}

    /** Whether a message of {@code length} bytes is one. */
    public static boolean fits(int length) {
        return length >= LENGTH;
    }

    public static void writeRequest(ByteBuffer b, int off, int ssrc, long timestamp) {
        b.putInt(off, ssrc);
        b.putLong(off + 4, timestamp);
        b.putInt(off + 12, 0);
    }

    /** Answers a request with its SSRC, timestamp and padding; the response is as long as the request. */
    public static void writeResponse(ByteBuffer b, int off, ByteBuffer request, int requestOff, int requestLength, int processingDelayUs) {
        // §5.3.4: the same padding, the same content
        b.put(off, request, requestOff, requestLength);
        b.putInt(off + 12, processingDelayUs);
    }

    public static int ssrc(ByteBuffer b, int off) {
        return b.getInt(off);
    }

    public static long timestamp(ByteBuffer b, int off) {
        return b.getLong(off + 4);
    }

    /** Unsigned 32 bits, meant for responses. */
    public static int processingDelayUs(ByteBuffer b, int off) {
        return b.getInt(off + 12);
    }
}
