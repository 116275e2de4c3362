package io.ristflow.core.config;

/** Which of RIST's profiles is spoken. */
public enum Profile {
    /** TR-06-1: RTP and RTCP on two ports, no encryption. */
    SIMPLE,
    /** TR-06-2: everything in one GRE tunnel, optionally encrypted. */
    MAIN,
    /** TR-06-3: RTP with 32-bit numbers and control messages of its own on one port; Main framing towards peers that know no other. */
    ADVANCED,
    /** A listener that takes whatever its callers speak, told by their first bytes. */
    AUTO;

    /** Whether a second UDP port, the next one, is bound for RTCP (TR-06-1 §5.1). */
    public boolean twoPorts() {
        return this == SIMPLE || this == AUTO;
    }
}
