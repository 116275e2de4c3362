package io.ristflow.core.config;

/** What a receiver's play-out clock follows. */
public enum Timing {
    /** The RTP timestamps: the source's spacing is restored. */
    SOURCE,
    /** The arrival of each packet: constant delay after arrival. */
    ARRIVAL,
    /** The sender's wall clock by its SR (NTP time): both ends' clocks must be synchronised. */
    RTC
}
