package io.ristflow.core.api;

/** Which of a path's two roads a datagram takes. Simple has two UDP ports (TR-06-1 §5.1); Main sends both lanes through one. */
public enum Lane {
    /** RTP: port P of the Simple profile. */
    MEDIA,
    /** RTCP: port P + 1 of the Simple profile. */
    CONTROL
}
