package io.ristflow.core.profile;

import java.nio.ByteBuffer;

/**
 * What {@link Dialect#decode} made of one datagram. A carrier that the session reuses: its fields hold until the next call, and only those that
 * belong to {@link #kind} mean anything.
 */
public final class Inbound {
    public enum Kind {
        /** RTP: {@link #ssrc}, {@link #sequence16}, {@link #rtpTimestamp} and the payload are set. */
        MEDIA,
        /** An RTCP compound, or what the Advanced profile says instead of one, in {@code buffer[offset, end)}: {@link Dialect#readFeedback} reads it. */
        FEEDBACK,
        /** GRE keep-alive in {@code buffer[offset, end)} (TR-06-2 §5.6.3). */
        KEEP_ALIVE,
        /** Buffer negotiation in {@code buffer[offset, end)} (librist's message 0x8002). */
        BUFFER_NEGOTIATION,
        /** {@link #nonce} will come into use (TR-06-2 §7.6). */
        FUTURE_NONCE,
        /** Encrypted under {@link #nonce}, whose key is not known yet; the datagram is untouched. */
        AWAITING_KEY,
        /** An EAPOL frame in {@code buffer[offset, end)} (TR-06-2 Annex D). */
        EAPOL,
        /** A datagram of {@link #etherType} that is none of RIST's own, in {@code buffer[offset, end)} (TR-06-2 §5.4). */
        OUT_OF_BAND,
        /** A control message of {@link #control} that this side does not know: to be answered. */
        UNKNOWN_CONTROL,
        /** The peer does not know our control message {@link #control}. */
        UNSUPPORTED,
        /** Well-formed and of no use. */
        IGNORED,
        /** Not taken: {@link #refusal}. */
        REFUSED
    }

    public Kind kind;
    public Refusal refusal;
    public ByteBuffer buffer;
    public int offset;
    public int end;
    public int nonce;
    public int etherType;
    /** Control index (TR-06-3 §5.3). */
    public int control;

    /** SSRC as on the wire, its low bit marking a retransmission (TR-06-1 §5.3.3). */
    public int ssrc;
    public int sequence16;
    public int rtpTimestamp;
    public int payloadOffset;
    public int payloadLength;
    /** Offset of an "RI" header extension (TR-06-2 §8.3), or -1. */
    public int riOffset;

    /** What an IGNORED datagram is if its key, unproven yet, is the right one; null if nothing is to be made of it. */
    Kind doubted;
    /** It came in Advanced framing: media of Type 5, or a control message (TR-06-3 §5). */
    boolean advanced;
    /** When it came. */
    long arrivalNs;
    /** In Advanced framing: all 32 bits. */
    int sequence32;
    /** In Advanced framing: as {@code MediaPacket.fragment}. */
    int fragment;
    /** In Advanced framing: where the payload lies. */
    ByteBuffer payload;

    void set(Kind newKind, ByteBuffer newBuffer, int newOffset, int newEnd) {
        kind = newKind;
        if (newKind != Kind.IGNORED) doubted = null;
        buffer = newBuffer;
        offset = newOffset;
        end = newEnd;
    }

    void refuse(Refusal why) {
        kind = Kind.REFUSED;
        refusal = why;
    }
}
