package io.ristflow.core.api;

import io.ristflow.core.config.PathConfig;
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

    /**
     * A listener's path belongs to this leg: told before its first datagram, and again when the number has been given to another address. Without it a path belongs to the first leg.
     *
     * @param leg the port that it calls, as the configuration numbers its paths
     */
    void onPathOpened(int path, int leg);

    /**
     * A path is added while the session runs: a caller calls it at once, under its leg's number as path number; a listener takes who calls there.
     *
     * @param leg 0..63
     * @throws IllegalArgumentException if the number is taken
     */
    void addPath(long nowNs, int leg, PathConfig path, EffectSink sink);

    /** A path is removed: whoever is on it is bidden farewell, and {@link EffectSink#closePath} called for each. No leg of that number: nothing happens. */
    void removePath(long nowNs, int leg, EffectSink sink);

    /** A key asked for with {@link EffectSink#deriveKey} is ready. */
    void onKeyDerived(long nowNs, KeyRequest.DerivedKey key, EffectSink sink);

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
