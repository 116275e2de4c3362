package io.ristflow.core.config;

/** The RIST profile spoken on a port. */
public enum Profile {
    /** TR-06-1: RTP on an even UDP port, RTCP on the next. */
    SIMPLE,
    /** TR-06-2: both through one GRE-over-UDP port, with pre-shared keys. */
    MAIN,
    /** TR-06-3: RTP with 32-bit numbers and control messages of its own on one port; Main framing towards peers that know no other. */
    ADVANCED
}
