package io.ristflow.core.config;

/**
 * A receiver.
 *
 * @param nackType how missing packets are asked for
 * @param maxFlows flows accepted on one port, 1..256
 * @param merge put together what a sender has cut in two
 * @param linkReports tell senders the quality of the link (TR-06-4 Part 1), which one with source adaptation goes by
 */
public record ReceiverConfig(SessionConfig session, NackType nackType, int maxFlows, MergeMode merge, boolean linkReports) {
    public static final int MAX_FLOWS = 256;

    public ReceiverConfig {
        if (session.oneWay() && session.role() == Role.CALLER) throw new ConfigException("one-way", "a receiver that is never heard cannot call; write rist://@:port");
        ConfigException.inRange("max-flows", maxFlows, 1, MAX_FLOWS, "");
    }

    public ReceiverConfig(SessionConfig session, NackType nackType, int maxFlows, MergeMode merge) {
        this(session, nackType, maxFlows, merge, false);
    }

    public ReceiverConfig(SessionConfig session, NackType nackType, int maxFlows) {
        this(session, nackType, maxFlows, MergeMode.OFF);
    }

    public ReceiverConfig withLinkReports(boolean to) {
        return new ReceiverConfig(session, nackType, maxFlows, merge, to);
    }

    /** TR-06-1 §5.3.2: a sender must understand both. */
    public enum NackType {
        /** RTCP APP "RIST" (§5.3.2.2). */
        RANGE,
        /** RTPFB generic NACK (§5.3.2.1, RFC 4585). */
        BITMASK
    }
}
