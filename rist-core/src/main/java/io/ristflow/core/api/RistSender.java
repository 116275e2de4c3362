package io.ristflow.core.api;

import java.nio.ByteBuffer;

/** A session that sends media and repeats what its peers ask for. */
public interface RistSender extends RistSession {
    /**
     * Sends one payload, from position to limit, at most {@value #MAX_PAYLOAD_BYTES} bytes. Until a peer is known payloads are held, the
     * oldest given up (and counted) when the recovery buffer is full.
     *
     * @throws IllegalArgumentException if the payload is empty or longer than {@value #MAX_PAYLOAD_BYTES} bytes
     */
    default void push(long nowNs, ByteBuffer payload, EffectSink sink) {
        push(nowNs, nowNs, payload, sink);
    }

    /**
     * As {@link #push(long, ByteBuffer, EffectSink)}, of a payload that came a little earlier, where its host looks for input on a tick: the receiver plays out by source time, so what
     * waited for the tick is not late by it. A payload that has to wait for a peer bears the time of sending.
     *
     * @param cameNs when it came, on the clock of {@code nowNs} and not after it
     */
    void push(long nowNs, long cameNs, ByteBuffer payload, EffectSink sink);

    /**
     * Changes a path's weight.
     *
     * @param weight 0: a copy of every packet; else its part of the rotation, 1..10,000
     * @throws IllegalArgumentException if there is no such leg, or no such weight
     */
    void setWeight(int leg, int weight);

    /** The largest payload: what fits a 1,500-byte MTU beneath IPv6, UDP, GRE, RTP and its extension, rounded up to FFmpeg's freedom. */
    int MAX_PAYLOAD_BYTES = 9_972;

    SenderStats stats(long nowNs);
}
