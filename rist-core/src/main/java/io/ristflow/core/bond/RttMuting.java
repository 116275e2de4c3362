package io.ristflow.core.bond;

/**
 * Whether a leg's round trip has been too long for too long. librist 0.2.20's rule: smoothed above {@code rtt-drop} for the whole of {@code rtt-drop-settle} it wants to be muted; below {@code rtt-restore} for twice as long it
 * wants back, and then takes its weight up again over that time: a queue that drained while the leg was mute fills as soon as it carries again.
 */
public final class RttMuting {
    /** A leg comes back so much slower than it goes. */
    private static final int RESTORE_SETTLES = 2;

    /**
     * @param dropNs the smoothed round trip above which a leg is muted; 0: never
     * @param restoreNs below which it comes back; 0: 80 % of {@code dropNs}
     * @param settleNs how long it must be above
     * @param trickle while it is muted one of so many packets goes there as well; 0: none
     */
    public record Settings(long dropNs, long restoreNs, long settleNs, int trickle) {
        public static final Settings OFF = new Settings(0, 0, 2_000_000_000L, 100);

        public Settings {
            if (restoreNs == 0) restoreNs = dropNs / 5 * 4;
        }
    }

    private final Settings settings;
    private boolean wanted;
    private boolean turning;
    private long turningSinceNs;
    private long restoredNs;
    private boolean ramping;

    public RttMuting(Settings settings) {
        this.settings = settings;
    }

    public Settings settings() {
        return settings;
    }

    /** One look at the round trip. @param smoothedNs 0: not known. @return whether the leg is to be muted */
    public boolean step(long nowNs, long smoothedNs) {
        if (settings.dropNs == 0 || smoothedNs == 0) return wanted;
        boolean other = wanted ? smoothedNs < settings.restoreNs : smoothedNs > settings.dropNs;
        if (!other) {
            turning = false;
            return wanted;
        }
        if (!turning) {
            turning = true;
            turningSinceNs = nowNs;
        }
        if (nowNs - turningSinceNs < (wanted ? RESTORE_SETTLES : 1) * settings.settleNs) return wanted;
        turning = false;
        wanted = !wanted;
        if (!wanted) {
            restoredNs = nowNs;
            ramping = true;
        }
        return wanted;
    }

    public boolean wanted() {
        return wanted;
    }

    /** The part of its weight that a leg may take after coming back, 1..1,000. */
    public int rampShare(long nowNs) {
        if (!ramping) return PathPicker.FULL_SHARE;
        long rampNs = RESTORE_SETTLES * settings.settleNs;
        long passedNs = nowNs - restoredNs;
        if (passedNs >= rampNs) {
            ramping = false;
            return PathPicker.FULL_SHARE;
        }
        return (int) Math.max(1, PathPicker.FULL_SHARE * passedNs / rampNs);
    }
}
