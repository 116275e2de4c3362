package io.ristflow.core.api;

import java.nio.ByteBuffer;

/** The verbs that both roles share. See the package's contract for threads, buffers and garbage. */
public interface RistSession {
    /**
     * Begins; called once. A caller sends its opening burst on its configured paths, which are numbered from 0 in the order of the configuration.
     *
     * @param unixNs the wall clock at {@code nowNs}, for sender reports (RTC timing)
     */
    void start(long nowNs, long unixNs, EffectSink sink);

    /** The wall clock, told again now and then, as it may be set while a flow runs. */
    void onWallClock(long nowNs, long unixNs);

    /**
     * A datagram arrived.
     *
     * @param path the number of its source address: a caller's configured path, or for a listener any number from 0 to 511 that the host gave to this
     *     address and keeps for it until {@link EffectSink#closePath}
     * @param datagram from position to limit; the session may overwrite its bytes (it decrypts in place) but keeps none
     */
    void onDatagram(long nowNs, int path, ByteBuffer datagram, EffectSink sink);

    /** A key asked for with {@link EffectSink#deriveKey} is ready. */
    void onKeyDerived(long nowNs, KeyRequest.DerivedKey key, EffectSink sink);

    /**
     * Sends a datagram that is none of RIST's own (TR-06-2 §5.4) to every connected peer, once, unprotected against loss, under the peer's secret where there is one. Main and Advanced.
     *
     * @param etherType what it is called, 0x0600..0xFFFF but not one of RIST's own; librist's peers take 0x0800 alone
     * @param payload from position to limit, 1 to {@value RistSender#MAX_PAYLOAD_BYTES} bytes
     * @return how many peers it was sent to; 0 while none is connected, or in the Simple profile
     * @throws IllegalArgumentException if there is no such EtherType, or the payload is empty or too long
     */
    int pushOutOfBand(long nowNs, int etherType, ByteBuffer payload, EffectSink sink);

    /** Time passed. Spurious calls are harmless. */
    void onDeadline(long nowNs, EffectSink sink);

    /** When {@link #onDeadline} has work next; {@link io.ristflow.core.base.Ticks#NEVER} (Long.MAX_VALUE) if none. Asked after every call. */
    long nextDeadlineNs();

    /**
     * Ends with the protocol's farewell (RTCP BYE) to every peer. A receiver first delivers, in order and at once, all that it still holds. Nothing
     * may be called afterwards but the getters.
     */
    void close(long nowNs, EffectSink sink);
}
