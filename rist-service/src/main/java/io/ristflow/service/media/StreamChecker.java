package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;
import io.ristflow.service.mpegts.Stamp;
import io.ristflow.service.mpegts.Ts;
import io.ristflow.service.mpegts.TsContinuity;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * An output that checks the built-in test signal: sync bytes, continuity counters, running numbers, checksums, and how long it took from
 * {@code poll} to the end of the delivering tick, if both are in one process. Transport streams without stamps are checked as far as they
 * go. Nothing is allocated per payload.
 */
public final class StreamChecker implements MediaOutput {
    /** Numbers this far behind the highest are told apart as late or repeated. */
    private static final int WINDOW = 1 << 16;
    private static final int MAX_PENDING = 1 << 18;

    private final String url;
    private final TsContinuity continuity = new TsContinuity();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final CRC32 contentCrc = new CRC32();
    private final CRC32 stampCrc = new CRC32();
    private final long[] seen = new long[WINDOW / 64];
    /** Sending times of this tick's stamps; it grows to the largest tick and stays there. */
    private long[] pendingNs = new long[1_024];
    private int pending;
    private long payloads, bytes, nullPackets, syncErrors, stamps, lost, duplicated, outOfOrder, corrupted, restarts;
    private boolean started;
    private int stream;
    private long highest;
    private long previous;
    private long writtenNs;
    private long flushedNs;
    private boolean written;

    public StreamChecker(String url) {
        this.url = url;
    }

    @Override
    public void write(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        int at = payload.position();
        int end = payload.limit();
        payloads++;
        bytes += end - at;
        written = true;
        for (; end - at >= Ts.PACKET_BYTES; at += Ts.PACKET_BYTES) packet(payload, at);
        if (at != end) syncErrors++;
    }

    private void packet(ByteBuffer b, int at) {
        if (b.get(at) != Ts.SYNC) {
            syncErrors++;
            return;
        }
        if (Stamp.isStamp(b, at)) {
            stamp(b, at);
            continuity.check(b, at);
            return;
        }
        continuity.check(b, at);
        if (Ts.pid(b, at) == Ts.NULL_PID) {
            nullPackets++;
        } else {
            Stamp.add(contentCrc, b, at, Ts.PACKET_BYTES);
        }
    }

    private void stamp(ByteBuffer b, int at) {
        int content = (int) contentCrc.getValue();
        contentCrc.reset();
        if (!Stamp.isWhole(b, at, stampCrc)) {
            corrupted++;
            previous = -2;
            return;
        }
        stamps++;
        long number = Stamp.number(b, at);
        if (!started || Stamp.stream(b, at) != stream) begin(Stamp.stream(b, at), number);
        // Only what lies between neighbours can be compared: elsewhere a loss is known already.
        if (number == previous + 1 && content != Stamp.contentCrc(b, at)) corrupted++;
        previous = number;
        place(number);
        remember(Stamp.sentNs(b, at));
    }

    private void begin(int newStream, long number) {
        if (started) {
            restarts++;
            continuity.restart();
        }
        started = true;
        stream = newStream;
        highest = number - 1;
        // The first one's stretch began before we listened.
        previous = -2;
        Arrays.fill(seen, 0);
    }

    private void place(long number) {
        if (number > highest) {
            long passed = number - highest - 1;
            lost += passed;
            for (long n = highest + 1 + Math.max(0, passed - WINDOW); n < number; n++) seen[word(n)] &= ~bit(n);
            highest = number;
        } else if (highest - number >= WINDOW || (seen[word(number)] & bit(number)) != 0) {
            duplicated++;
            return;
        } else {
            outOfOrder++;
            lost = Math.max(0, lost - 1);
        }
        seen[word(number)] |= bit(number);
    }

    private static int word(long number) {
        return (int) (number & WINDOW - 1) >>> 6;
    }

    private static long bit(long number) {
        return 1L << (number & 63);
    }

    private void remember(long sentNs) {
        if (pending == pendingNs.length) {
            if (pending == MAX_PENDING) return;
            pendingNs = Arrays.copyOf(pendingNs, pending * 2);
        }
        pendingNs[pending++] = sentNs;
    }

    @Override
    public void flush(long nowNs) {
        flushedNs = nowNs;
        if (written) writtenNs = nowNs;
        written = false;
        for (int i = 0; i < pending; i++) latency.record(nowNs - pendingNs[i]);
        pending = 0;
    }

    /** Of continuity errors, those of one PID. */
    public int continuityErrors(int pid) {
        return continuity.errors(pid);
    }

    public CheckerReport report() {
        return new CheckerReport(payloads, bytes, continuity.packets(), nullPackets, syncErrors, continuity.errors(), continuity.transportErrors(),
                stamps, lost, duplicated, outOfOrder, corrupted, restarts,
                latency.samples(), latency.min(), latency.quantile(0.5), latency.quantile(0.99), latency.quantile(0.999), latency.max());
    }

    @Override
    public OutputStats stats() {
        boolean busy = payloads > 0 && flushedNs - writtenNs < Ticks.NS_PER_SECOND;
        return new OutputStats(url, payloads, bytes, 0, 0, busy ? "sending" : "idle");
    }

    @Override
    public void drainAndClose(long timeoutMs) {}
}
