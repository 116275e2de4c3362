package io.ristflow.core.api;

import java.nio.ByteBuffer;

/**
 * Receives what a session does, during the call that made it do so. Implementations must not call the session back and must copy what they
 * keep: every buffer belongs to the session and is valid, from its position to its limit, during the call alone.
 */
public interface EffectSink {
    /** Send this datagram. A {@code path} is a remote address that the host knows by this number. */
    void transmit(int path, Lane lane, ByteBuffer datagram);

    /**
     * A payload in order, at its time. Receivers only.
     *
     * @param flowId the flow's SSRC, its low bit 0
     * @param sequence wide sequence number, rising; a step of more than 1 means that packets were lost for good
     * @param sourceTimeNs the source's clock when it sent the payload, widened
     */
    void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload);

    /**
     * A datagram of the peer's that is none of RIST's own (TR-06-2 §5.4). It may be lost, doubled or overtaken, and nothing in it is to be trusted: without a secret anybody on the way can have
     * written it. Nobody hears of them unless this is overridden: §5.4 has them off by default.
     *
     * @param etherType what the peer calls it, 0x0800 in librist's
     */
    default void deliverOutOfBand(int path, int etherType, ByteBuffer payload) {}

    /** Something that an operator would want to read happened. Not called per packet. */
    void event(SessionEvent event);

    /**
     * Derive a key somewhere else than on this thread and hand it back with {@code onKeyDerived}; {@link KeyRequest#derive()} does it. A host that cannot may
     * compute at once and call back after the present call returned.
     */
    void deriveKey(KeyRequest request);

    /**
     * Somebody has proven to be {@code user} (TR-06-2 Annex D), for the first time on this path or again. False: not to be let in all the same.
     */
    default boolean accepts(int path, String user) {
        return true;
    }

    /** The session knows nothing of this path any more (or never wished to): the host may give its number to another address. */
    void closePath(int path);
}
