package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Payloads end to end into a file or a pipe, by a writer thread of its own behind a ring of 4 MiB. The ring full (a slow disk, a reader
 * that does not read), payloads are dropped whole and counted; after an error of the disk or the pipe (full, closed) the state says why and
 * everything is dropped.
 */
final class StreamOutput implements MediaOutput {
    static final int RING_BYTES = 4 << 20;
    /** A file may be written late, in large pieces: waking its writer every tick would cost more than the writing. */
    private static final int FILE_WAKE_BYTES = 256 << 10;
    private static final long FILE_WAKE_NS = 50 * Ticks.NS_PER_MS;

    /** A slow reader frees room in the ring piece by piece. */
    private static final int WRITE_BYTES = 64 << 10;

    private final String url;
    private final WritableByteChannel channel;
    private final FlowGate gate;
    private final ByteRing ring;
    private final int wakeBytes;
    private final long wakeNs;
    private final Thread writer;
    private long accepted, acceptedBytes, dropped;
    private long wokenNs;
    private long flushedNs;
    private volatile boolean waiting;
    private volatile boolean draining;
    private volatile boolean abandoned;
    private volatile String failure;

    StreamOutput(String url, WritableByteChannel channel, int flowId, int ringBytes, int wakeBytes, long wakeNs, ThreadFactory threads) {
        this.url = url;
        this.channel = channel;
        this.wakeBytes = wakeBytes;
        this.wakeNs = wakeNs;
        gate = new FlowGate(flowId);
        ring = new ByteRing(ringBytes);
        writer = threads.newThread(this::writeAll);
        writer.start();
    }

    /** Creates the file or empties it. */
    static StreamOutput toFile(Endpoint.File endpoint, ThreadFactory threads) {
        Path path = endpoint.path();
        // Opening a named pipe would wait for its reader, and a device is nothing to truncate.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ConfigException("file", path + " is no regular file; give a file, - for standard output or null: to discard");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            return new StreamOutput(endpoint.url(), channel, endpoint.flowId(), RING_BYTES, FILE_WAKE_BYTES, FILE_WAKE_NS, threads);
        } catch (IOException e) {
            throw new ConfigException("file", path + " cannot be written: " + Failures.reason(e) + "; check the folder and its permissions");
        }
    }

    static StreamOutput toPipe(String url, WritableByteChannel channel, int flowId, ThreadFactory threads) {
        return new StreamOutput(url, channel, flowId, RING_BYTES, 0, 0, threads);
    }

    @Override
    public void write(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        if (!gate.admits(flowId)) return;
        int length = payload.remaining();
        if (failure != null || draining || !ring.write(payload, payload.position(), length)) {
            dropped++;
            return;
        }
        accepted++;
        acceptedBytes += length;
    }

    @Override
    public void flush(long nowNs) {
        flushedNs = nowNs;
        gate.tick(nowNs);
        int used = ring.used();
        if (!waiting || used == 0 || used < wakeBytes && nowNs - wokenNs < wakeNs) return;
        wokenNs = nowNs;
        LockSupport.unpark(writer);
    }

    private void writeAll() {
        try (channel) {
            while (!abandoned) {
                // Asked before looking: what was written before draining began is seen below.
                boolean last = draining;
                ByteBuffer bytes = ring.readable();
                if (bytes.hasRemaining()) {
                    bytes.limit(Math.min(bytes.limit(), bytes.position() + WRITE_BYTES));
                    ring.consumed(channel.write(bytes));
                } else if (last) {
                    return;
                } else {
                    await();
                }
            }
        } catch (IOException e) {
            if (!abandoned) failure = Failures.reason(e);
        }
    }

    private void await() {
        waiting = true;
        if (ring.used() == 0 && !draining && !abandoned) LockSupport.park(this);
        waiting = false;
    }

    /** {@code queued} is an estimate in packets from the bytes that wait. */
    @Override
    public OutputStats stats() {
        int waitingBytes = ring.used();
        long queued = accepted == 0 ? 0 : Math.min(accepted, (waitingBytes * accepted + acceptedBytes - 1) / acceptedBytes);
        boolean lost = failure != null || abandoned;
        return new OutputStats(url, accepted - queued, acceptedBytes - waitingBytes, dropped + (lost ? queued : 0), lost ? 0 : queued, state());
    }

    private String state() {
        if (failure != null) return "failed: " + failure;
        return !draining && gate.busy(flushedNs) ? "sending" : "idle";
    }

    @Override
    public void drainAndClose(long timeoutMs) {
        draining = true;
        LockSupport.unpark(writer);
        try {
            if (timeoutMs > 0) writer.join(timeoutMs);
            if (!writer.isAlive()) return;
            // Interrupted, the channel closes under a write that a full pipe holds up.
            abandoned = true;
            writer.interrupt();
            writer.join(100);
        } catch (InterruptedException e) {
            abandoned = true;
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
