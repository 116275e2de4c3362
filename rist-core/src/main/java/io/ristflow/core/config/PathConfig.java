package io.ristflow.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One path of a session: the address that a caller calls, or the port that a listener listens on, with whoever calls it there. Two or more are a bond (TR-06-1 §5.4).
 *
 * @param name how statistics call it; unique in its session
 * @param weight a sender's: 0 for a copy of every packet (SMPTE ST 2022-7), else its part of a rotation over all paths with a weight, 0..10,000
 * @param recoveryPriority a receiver's: requests go out on the path with the highest, 0..10,000
 * @param rttDropMs a sender's: a smoothed round trip above it mutes the path, milliseconds, 0..10,000; 0: never
 * @param rttRestoreMs below it the path comes back, at most {@code rttDropMs}; 0: 80 % of that
 * @param rttDropSettleMs how long it must be above, and half as long as it must be below, milliseconds, 0..60,000
 * @param rttDropTrickle of so many packets one goes out on a muted path as well, 0..10,000; 0: none
 * @param psk null: the session's
 * @param srp null: the session's
 */
public record PathConfig(
        String name, int weight, int recoveryPriority, int rttDropMs, int rttRestoreMs, int rttDropSettleMs, int rttDropTrickle, PskConfig psk, SrpConfig srp) {
    public static final int MAX_PATHS = 64;
    public static final int MAX_WEIGHT = 10_000;
    public static final int DEFAULT_RTT_DROP_SETTLE_MS = 2_000;
    public static final int DEFAULT_RTT_DROP_TRICKLE = 100;

    public PathConfig {
        ConfigException.inRange("weight", weight, 0, MAX_WEIGHT, "");
        ConfigException.inRange("recovery-priority", recoveryPriority, 0, 10_000, "");
        ConfigException.inRange("rtt-drop", rttDropMs, 0, 10_000, "ms");
        ConfigException.inRange("rtt-restore", rttRestoreMs, 0, 10_000, "ms");
        if (rttRestoreMs > rttDropMs) {
            throw new ConfigException("rtt-restore", rttRestoreMs + " ms is above rtt-drop " + rttDropMs + " ms; lower the one or raise the other");
        }
        ConfigException.inRange("rtt-drop-settle", rttDropSettleMs, 0, 60_000, "ms");
        ConfigException.inRange("rtt-drop-trickle", rttDropTrickle, 0, 10_000, "packets");
    }

    /** With the session's login. */
    public PathConfig(String name, int weight, int recoveryPriority, int rttDropMs, int rttRestoreMs, int rttDropSettleMs, int rttDropTrickle, PskConfig psk) {
        this(name, weight, recoveryPriority, rttDropMs, rttRestoreMs, rttDropSettleMs, rttDropTrickle, psk, null);
    }

    public PathConfig(String name, int weight, int recoveryPriority) {
        this(name, weight, recoveryPriority, 0, 0, DEFAULT_RTT_DROP_SETTLE_MS, DEFAULT_RTT_DROP_TRICKLE, null, null);
    }

    /** Copies on each of so many paths. */
    static List<PathConfig> plain(int paths) {
        List<PathConfig> all = new ArrayList<>();
        for (int i = 1; i <= paths; i++) all.add(new PathConfig("path-" + i, 0, 0));
        return all;
    }

    public PathConfig withPsk(PskConfig own) {
        return new PathConfig(name, weight, recoveryPriority, rttDropMs, rttRestoreMs, rttDropSettleMs, rttDropTrickle, own, srp);
    }

    public PathConfig withSrp(SrpConfig own) {
        return new PathConfig(name, weight, recoveryPriority, rttDropMs, rttRestoreMs, rttDropSettleMs, rttDropTrickle, psk, own);
    }
}
