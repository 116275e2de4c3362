package io.ristflow.service.inputs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One input at a time. The active one is left when nothing of it has been played out for the time of silence; or sooner, when nothing has even come in for so long and its buffer has run dry, so that
 * the outputs' gap is shorter than the silence. The other takes over with its next payload: both run all the time. A preferred input is taken again when it has been well for a while.
 */
public final class Failover implements InputJoin {
    public static final int NONE = -1;
    /** A buffer that gives nothing for so long is empty, unless it is the stream that has pauses. */
    private static final long DRY_NS = 100_000_000;

    private final long silenceNs;
    private final int preferred;
    private final long returnAfterNs;
    private final SourceTimeline timeline = new SourceTimeline();
    private final long[] heardNs;
    private final long[] deliveredNs;
    private final boolean[] heard;
    private final boolean[] delivered;
    /** Since when an input gives payloads without a silence between them. */
    private final long[] wellSinceNs;
    private int active;
    private long switches;

    /** @param preferred index of the input that is taken whenever it is well, {@link #NONE}: none, the active one stays until it falls silent */
    public Failover(int inputs, long silenceNs, int preferred, long returnAfterNs) {
        this.silenceNs = silenceNs;
        this.preferred = preferred;
        this.returnAfterNs = returnAfterNs;
        heardNs = new long[inputs];
        deliveredNs = new long[inputs];
        heard = new boolean[inputs];
        delivered = new boolean[inputs];
        wellSinceNs = new long[inputs];
        active = preferred;
    }

    @Override
    public void start(long nowNs) {
        Arrays.fill(deliveredNs, nowNs);
    }

    @Override
    public void heard(long nowNs, int input) {
        heard[input] = true;
        heardNs[input] = nowNs;
    }

    @Override
    public void onPayload(long nowNs, int input, long number, long sourceTimeNs, ByteBuffer payload, Sink sink) {
        if (!delivered[input] || nowNs - deliveredNs[input] >= silenceNs) wellSinceNs[input] = nowNs;
        delivered[input] = true;
        if (!takes(nowNs, input)) {
            deliveredNs[input] = nowNs;
            return;
        }
        deliveredNs[input] = nowNs;
        sink.onJoined(nowNs, timeline.at(nowNs, input, sourceTimeNs), payload);
    }

    private boolean takes(long nowNs, int input) {
        if (input == active) return true;
        boolean back = input == preferred && nowNs - wellSinceNs[input] >= returnAfterNs;
        if (active != NONE && !back && !silent(nowNs, active)) return false;
        if (active != NONE) switches++;
        active = input;
        return true;
    }

    private boolean silent(long nowNs, int input) {
        long sinceNs = nowNs - deliveredNs[input];
        if (sinceNs >= silenceNs) return true;
        return heard[input] && nowNs - heardNs[input] >= silenceNs && sinceNs >= DRY_NS;
    }

    @Override
    public void restarted(int input) {
        // Its payloads tell how it is.
    }

    @Override
    public void onTick(long nowNs, Sink sink) {
        // Nothing is held, and no input is left before there is something to take instead.
    }

    @Override
    public void drain(long nowNs, Sink sink) {}

    @Override
    public long holdNs() {
        return 0;
    }

    @Override
    public boolean active(long nowNs, int input) {
        return input == active;
    }

    @Override
    public long switches() {
        return switches;
    }
}
