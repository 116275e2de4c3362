package io.ristflow.core.config;

/** How a sender thins out retransmissions: OFF never, NORMAL one per packet and RTT, AGGRESSIVE one per packet and two RTTs (librist's meaning). */
public enum CongestionControl {
    OFF, NORMAL, AGGRESSIVE
}
