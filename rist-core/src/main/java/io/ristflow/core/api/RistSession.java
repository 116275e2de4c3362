package io.ristflow.core.api;

import io.ristflow.core.config.PathConfig;
import java.nio.ByteBuffer;
import java.util.List;

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

    /**
     * Sends a datagram that is none of RIST's own (TR-06-2 §5.4) to every connected peer, once, unprotected against loss, under the peer's secret where there is one. Main and Advanced.
     *
     * @param etherType what it is called, 0x0600..0xFFFF but not one of RIST's own; librist's peers take 0x0800 alone
     * @param payload from position to limit, 1 to {@value RistSender#MAX_PAYLOAD_BYTES} bytes
     * @return how many peers it was sent to; 0 while none is connected, or in the Simple profile
     * @throws IllegalArgumentException if there is no such EtherType, or the payload is empty or too long
     */
    int pushOutOfBand(long nowNs, int etherType, ByteBuffer payload, EffectSink sink);

    /** The secret that all paths share that have none of their own. */
    int EVERY_LEG = -1;

    /**
     * Goes over to the other passphrase (TR-06-2 §7.4): a key is derived, its nonce announced three times, and a second after the last it takes over; no packet waits for it. Nothing happens if it is
     * in force already. A receiver whose peer goes over follows by itself, so that both directions are under the same.
     *
     * @param leg a configured path with a secret of its own, or {@link #EVERY_LEG}
     * @throws IllegalStateException if that passphrase is not set
     */
    void usePassphrase(long nowNs, int leg, Parity parity, EffectSink sink);

    /**
     * Sets one of the two passphrases. What the peer sends is read under the former one as well until every peer has proven to hold the new one, at most for five minutes. A sender goes over to it
     * at once, as with {@link #usePassphrase}, if it takes the place of the one in force; a receiver does when its peer has.
     *
     * @param leg as for {@link #usePassphrase}
     * @param passphrase 1..127 bytes of UTF-8 without NUL
     * @throws IllegalStateException if this path is in the clear
     */
    void replacePassphrase(long nowNs, int leg, Parity parity, String passphrase, EffectSink sink);

    /** A snapshot of the keys, one for each secret; empty in the clear. */
    List<KeyStats> keyStats(long nowNs);

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
