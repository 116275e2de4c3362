package io.ristflow.service.mpegts;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Follows the continuity counters of a transport stream (ISO/IEC 13818-1 §2.4.3.3). The counter of a PID rises with every packet that has
 * payload and stands still on packets that have none; a packet may be sent twice in a row, no more; after a set discontinuity_indicator any
 * value goes. Null packets have none. Allocates nothing after construction.
 */
public final class TsContinuity {
    /** What a packet was. */
    public enum Verdict {
        /** As it must be, or the first of its PID. */
        FINE,
        /** The one repetition that is allowed. */
        DUPLICATE,
        /** Packets of this PID are missing, or too many, or in disorder. */
        ERROR,
        /** Says nothing: a null packet, a packet that its own header calls damaged, a reserved form. */
        IGNORED
    }

    private static final byte UNSEEN = -1;
    /** In {@link #last}: the last packet was a duplicate already. */
    private static final int REPEATED = 0x10;

    private final byte[] last = new byte[Ts.PIDS];
    private final int[] errorsOfPid = new int[Ts.PIDS];
    private long packets, errors, duplicates, transportErrors;

    public TsContinuity() {
        Arrays.fill(last, UNSEEN);
    }

    /** Judges the packet of 188 bytes at {@code at}, absolute. */
    public Verdict check(ByteBuffer b, int at) {
        packets++;
        int pid = Ts.pid(b, at);
        if (pid == Ts.NULL_PID) return Verdict.IGNORED;
        if (Ts.transportError(b, at)) {
            transportErrors++;
            return Verdict.IGNORED;
        }
        boolean payload = Ts.hasPayload(b, at);
        // Neither payload nor adaptation field is reserved: decoders discard it.
        if (!payload && !Ts.hasAdaptation(b, at)) return Verdict.IGNORED;
        int counter = Ts.continuityCounter(b, at);
        int before = last[pid];
        last[pid] = (byte) counter;
        if (before == UNSEEN || Ts.discontinuity(b, at)) return Verdict.FINE;
        int previous = before & 0x0F;
        if (!payload) {
            // Not part of a repetition, so one that follows is still the first.
            return counter == previous ? Verdict.FINE : error(pid);
        }
        if (counter == (previous + 1 & 0x0F)) return Verdict.FINE;
        if (counter == previous && (before & REPEATED) == 0) {
            last[pid] = (byte) (counter | REPEATED);
            duplicates++;
            return Verdict.DUPLICATE;
        }
        return error(pid);
    }

    private Verdict error(int pid) {
        errors++;
        errorsOfPid[pid]++;
        return Verdict.ERROR;
    }

    /** Forgets the counters, not the counts: the stream begins anew. */
    public void restart() {
        Arrays.fill(last, UNSEEN);
    }

    public long packets() {
        return packets;
    }

    public long errors() {
        return errors;
    }

    public int errors(int pid) {
        return errorsOfPid[pid];
    }

    public long duplicates() {
        return duplicates;
    }

    /** Packets with transport_error_indicator. */
    public long transportErrors() {
        return transportErrors;
    }
}
