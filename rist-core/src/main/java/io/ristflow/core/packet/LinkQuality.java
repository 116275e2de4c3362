package io.ristflow.core.packet;

/**
 * What a receiver tells of one reporting period (TR-06-4 Part 1 §5.1), free of its encapsulation. A carrier that its owner fills anew for every report.
 */
public final class LinkQuality {
    /** Of these reports alone; 32 bits, it wraps. */
    public int sequence;
    public long periodMs;
    public long nackWindowMs;
    /** First transmissions, FEC, echo responses, keep-alives, flow attributes; duplicates included. */
    public long sourceReceived;
    public long originalLost;
    public long retransmittedReceived;
    public long recovered;
    public long unrecovered;
    /** First transmissions that came too late to be used. */
    public long late;
    /** First transmissions, RTP header and payload, 1,000 bits a second. */
    public long dataKbps;
    /** Retransmissions, RTP header and payload, 1,000 bits a second. */
    public long retransmissionKbps;
}
