package io.ristflow.core.config;

/** Whether a receiver puts together what a sender has cut ({@link SplitMode}). librist's {@code merge}. */
public enum MergeMode {
    OFF,
    /** Every pair of packets that can be one. */
    PAIRS,
    /** The same, once the peer's keep-alive says that it cuts: not with the Simple profile, which has none. */
    AUTO
}
