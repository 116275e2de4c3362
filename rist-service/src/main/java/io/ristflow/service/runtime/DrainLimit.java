package io.ristflow.service.runtime;

/**
 * How long a flow may take at most to stop in good order. It takes less where there is less to do.
 *
 * @param playoutNs for what receivers still hold to be played out
 * @param lingerNs for senders to repeat what their peers may still ask for
 * @param wholeNs for everything together
 */
public record DrainLimit(long playoutNs, long lingerNs, long wholeNs) {
    private static final long SECOND_NS = 1_000_000_000L;

    public static final DrainLimit DEFAULT = new DrainLimit(5 * SECOND_NS, 2 * SECOND_NS, Long.MAX_VALUE / 2);

    /** @param seconds 0 or more; 0: the farewell at once */
    public static DrainLimit ofSeconds(int seconds) {
        return new DrainLimit(seconds * SECOND_NS, seconds * SECOND_NS, seconds * SECOND_NS);
    }
}
