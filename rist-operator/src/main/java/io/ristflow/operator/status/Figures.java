package io.ristflow.operator.status;

import io.ristflow.operator.pods.Steps;

/**
 * Figures as a status writes them: rounded, and those that stand already stay unless the truth is more than a step away. {@code shown} is null if none
 * stands.
 */
final class Figures {
    private Figures() {}

    static Integer kbps(Integer shown, long nowBps) {
        long now = Math.max(0, Math.round(nowBps / 1000.0));
        return shown != null && !Steps.bitrate(shown * 1000L, now * 1000L) ? shown : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, now));
    }

    static Integer rttMs(Integer shown, double nowMs) {
        return shown != null && !Steps.rtt(shown, nowMs) ? shown : Integer.valueOf((int) Math.round(Math.max(0, nowMs)));
    }

    /** With two digits after the point. */
    static Double lostPercent(Double shown, double nowPercent) {
        Double now = Math.round(Math.clamp(nowPercent, 0, 100) * 100) / 100.0;
        return shown != null && !Steps.loss(shown, now) ? shown : now;
    }

    static Long recovered(Long shown, long now) {
        return shown != null && !Steps.recovered(shown, now) ? shown : Long.valueOf(now);
    }
}
