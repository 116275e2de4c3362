package io.ristflow.core.profile;

import io.ristflow.core.packet.LinkQuality;
import io.ristflow.core.packet.MediaPacket;
import io.ristflow.core.packet.MissingRanges;
import java.nio.ByteBuffer;

/**
 * One profile's speech, for one session: the only room that knows which profile is spoken. Where a session asks for a message that its peer's profile does not have, the answer is {@code null}.
 *
 * <p>Every {@code ByteBuffer} returned is the dialect's own, a datagram ready to send from position to limit, valid until its next call. Everything that is sent to a peer goes under its
 * {@link Keyring}, which must be {@link Peer#readyToSend ready}.
 */
public sealed interface Dialect permits SimpleDialect, MainDialect, AdvancedDialect, AutoDialect {
    /** What to remember of a new peer. */
    Peer newPeer(Keyring keyring);

    /** Whether this peer's RTCP has a UDP port of its own (TR-06-1 §5.1), so that its media tells neither where RTCP goes nor, with several flows, whose it is. */
    boolean separateControl(Peer peer);

    // ---- what comes in -----------------------------------------------------------------------------------------------------------

    /** Reads a datagram, position to limit; decrypts in place. Never throws for what a peer sent. */
    void decode(long nowNs, Peer peer, ByteBuffer datagram, Inbound in);

    /** Fills the flow's carrier from an {@link Inbound} of kind MEDIA. */
    void toPacket(Inbound in, MediaNumbers numbers, int path, MediaPacket out);

    /** Reads an {@link Inbound} of kind FEEDBACK; false if it is malformed, whatever was told before. */
    boolean readFeedback(Inbound in, Feedback to);

    // ---- what goes out -----------------------------------------------------------------------------------------------------------

    /** A media packet, framed and encrypted for this peer. {@code p.nullPackets} tells how many null packets were taken out. */
    ByteBuffer media(Peer peer, int ssrc, MediaPacket p, boolean deleteNullPackets);

    /** Whether payloads may come to this peer in fragments, which it joins (TR-06-3 §5.2.3). */
    boolean takesFragments(Peer peer);

    /** The media clock at {@code ns} in this peer's framing, for sender reports. */
    int mediaTimestamp(Peer peer, long ns);

    /** Begins a compound; frame it with {@link #feedback}. */
    RtcpWriter beginRtcp(Peer peer);

    /**
     * Begins a message that asks for packets from {@code cursor} on, as many as one holds; frame it with {@link #feedback}.
     *
     * @param numbers of the flow, which know how its wide numbers look on the wire
     * @param bitmask the bitmask form rather than ranges
     * @param cursor packets of {@code missing} already asked for, 0 at first
     * @return the cursor for the next message; equal to {@code missing.packets()} when all are asked for
     */
    int beginRequests(Peer peer, int flowId, byte[] cname, MediaNumbers numbers, MissingRanges missing, boolean bitmask, int cursor);

    /** What was begun last, framed for this peer. */
    ByteBuffer feedback(Peer peer);

    /** A round-trip measurement of its own; null: it goes into the compound. */
    ByteBuffer echoRequest(Peer peer, long timestamp);

    /** Answers the request that {@link Feedback#onEchoRequest} told of, lying in {@code b[offset, offset + length)} of the {@code in} that was read. */
    ByteBuffer echoResponse(Peer peer, Inbound in, int ssrc, byte[] cname, ByteBuffer b, int offset, int length);

    /** A receiver's report of the link as a message of its own (TR-06-4 Part 1 §5.4); null: it goes into the receiver report (§5.2). */
    ByteBuffer linkQuality(Peer peer, LinkQuality quality);

    /** @param version GRE version to speak, 1 or 2; 0: the peer's */
    ByteBuffer keepAlive(Peer peer, int version, boolean disconnect);

    /**
     * What else a peer of this profile is told as often as it is sent a keep-alive.
     *
     * @param index 0, 1, … until the answer is null
     */
    ByteBuffer status(Peer peer, int index, int flowId, byte[] cname);

    ByteBuffer bufferNegotiation(Peer peer, int senderMaxMs, int receiverCurrentMs);

    /** Announces the next nonce (TR-06-2 §7.6); null if there is none prepared. */
    ByteBuffer futureNonce(Peer peer);

    /** Says that an {@link Inbound} of kind UNKNOWN_CONTROL was not understood. */
    ByteBuffer unsupported(Peer peer, Inbound in);

    /** An EAPOL frame (TR-06-2 Annex D), position to limit; never encrypted. */
    ByteBuffer eapol(Peer peer, ByteBuffer frame);

    /** A datagram that is none of RIST's own (TR-06-2 §5.4). */
    ByteBuffer outOfBand(Peer peer, int etherType, ByteBuffer payload);
}
