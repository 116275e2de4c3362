package io.ristflow.service.inputs;

import java.nio.ByteBuffer;

/** Makes one stream of a flow's inputs, which are told apart by their index. Every instant is nanoseconds of one monotonic clock and never runs back. */
public sealed interface InputJoin permits Failover, Merge {
    interface Sink {
        /** A payload of the one stream, in its order; position to limit, valid during the call alone. {@code sourceTimeNs} runs on whichever input it came by. */
        void onJoined(long nowNs, long sourceTimeNs, ByteBuffer payload);
    }

    /** The inputs begin: silence is counted from now on. */
    void start(long nowNs);

    /** @param number counts what the input's source sent, so that a step of more than 1 is a loss; used by {@link Merge} alone */
    void onPayload(long nowNs, int input, long number, long sourceTimeNs, ByteBuffer payload, Sink sink);

    /** Media has come in on this input by now, though it may not be due yet. */
    void heard(long nowNs, int input);

    /** Another source speaks on this input: its numbers have nothing to do with those before. */
    void restarted(int input);

    /** Time passed. */
    void onTick(long nowNs, Sink sink);

    /** Hands over whatever is held: nothing will follow. */
    void drain(long nowNs, Sink sink);

    /** How long a payload may be held, nanoseconds. */
    long holdNs();

    /** Whether payloads of this input go into the stream. */
    boolean active(long nowNs, int input);

    /** How often another input took over. */
    long switches();
}
