package io.ristflow.core.profile;

import io.ristflow.core.crypto.PskKey;
import io.ristflow.core.packet.MediaPacket;
import java.nio.ByteBuffer;

/**
 * One profile's speech, for one session. Every {@code ByteBuffer} returned is the dialect's own and valid until its next call; {@code null} means that the profile has no such message.
 */
public sealed interface Dialect permits SimpleDialect, MainDialect {
    /** What to remember of a new peer. */
    Peer newPeer();

    /** Reads a datagram, position to limit; decrypts in place. Never throws for what a peer sent. */
    void decode(long nowNs, Peer peer, ByteBuffer datagram, Inbound in);

    /** Fills the flow's carrier from an {@link Inbound} of kind MEDIA. */
    void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket out);

    /** A media packet, framed and encrypted for this peer. {@code p.nullPackets} tells how many null packets were taken out. */
    ByteBuffer media(Peer peer, int ssrc, MediaPacket p, boolean deleteNullPackets);

    /** Begins a compound; frame it with {@link #rtcp}. */
    RtcpWriter beginRtcp();

    ByteBuffer rtcp(Peer peer);

    /** @param version GRE version to speak, 1 or 2; 0: the peer's */
    ByteBuffer keepAlive(Peer peer, int version, boolean disconnect);

    ByteBuffer bufferNegotiation(Peer peer, int senderMaxMs, int receiverCurrentMs);

    /** Announces the next nonce (TR-06-2 §7.6); null if there is none prepared. */
    ByteBuffer futureNonce(Peer peer);

    /** Whether anything can be sent: with a pre-shared key, once the first key is derived. */
    boolean readyToSend();

    /** The nonce of a key that should be derived now for sending, or 0. */
    int sendKeyWanted();

    void offerSendKey(PskKey key);

    /** The nonce of the key that will be sent under next; 0 as long as it is not ready, or without a pre-shared key. */
    int nextNonce();

    /** How many more datagrams the current key is meant for. */
    long packetsToRotation();

    /** Puts the change of keys off (TR-06-2 §7.6), until called with false. */
    void holdRotation(boolean hold);

    /** SSRC-independent bytes that framing adds to an RTP or RTCP packet, for rate accounting. */
    int overheadBytes();
}
