package io.ristflow.service.inputs;

import io.ristflow.service.mpegts.Ts;
import java.nio.ByteBuffer;

/**
 * 64 bits by which a payload is known again on another input. Of transport stream null packets only their being there counts: one input may have had them taken out and put back (TR-06-2 §8), which
 * does not keep their contents.
 */
final class Fingerprint {
    /** Of payloads that are nothing but null packets: they are all alike, so nothing can be known by them. */
    static final long PLAIN = 0;

    private Fingerprint() {}

    static long of(ByteBuffer payload) {
        int at = payload.position();
        int end = payload.limit();
        return isTransportStream(payload, at, end) ? ofPackets(payload, at, end) : told(bytes(end - at, payload, at, end));
    }

    private static boolean isTransportStream(ByteBuffer b, int at, int end) {
        if ((end - at) % Ts.PACKET_BYTES != 0) return false;
        for (; at < end; at += Ts.PACKET_BYTES) if (b.get(at) != Ts.SYNC) return false;
        return true;
    }

    private static long ofPackets(ByteBuffer b, int at, int end) {
        long print = end - at;
        boolean plain = true;
        for (; at < end; at += Ts.PACKET_BYTES) {
            if (Ts.pid(b, at) == Ts.NULL_PID) {
                print = mix(print, Ts.NULL_PID);
            } else {
                plain = false;
                print = bytes(print, b, at, at + Ts.PACKET_BYTES);
            }
        }
        return plain ? PLAIN : told(print);
    }

    private static long bytes(long print, ByteBuffer b, int at, int end) {
        for (; at + Long.BYTES <= end; at += Long.BYTES) print = mix(print, b.getLong(at));
        for (; at < end; at++) print = mix(print, b.get(at));
        return print;
    }

    private static long mix(long print, long value) {
        long h = (print ^ value) * 0x9E3779B97F4A7C15L;
        return h ^ h >>> 32;
    }

    private static long told(long print) {
        return print == PLAIN ? 1 : print;
    }
}
