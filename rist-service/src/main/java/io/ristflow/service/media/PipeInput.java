package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;
import io.ristflow.service.mpegts.Ts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Bytes of a pipe as they come, cut to payloads of 1,316: at packet boundaries where MPEG-TS is recognised, anywhere else. A thread reads
 * into a ring of 1 MiB; while that is full it does not read, so the program at the other end waits. Whole transport packets that make no
 * full payload are handed over after 20 ms of quiet.
 */
final class PipeInput implements MediaInput {
    static final int PAYLOAD_BYTES = 7 * Ts.PACKET_BYTES;
    private static final int RING_BYTES = 1 << 20;
    private static final long QUIET_NS = 20 * Ticks.NS_PER_MS;
    /** A file poured into the pipe must not hold up the loop. */
    private static final int PAYLOADS_PER_POLL = 256;
    /** Sync bytes in a row that make it MPEG-TS. */
    private static final int SYNCS = 6;

    private final String url;
    private final ReadableByteChannel channel;
    private final ByteRing ring = new ByteRing(RING_BYTES);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private final Thread reader;
    private long packets, bytes, invalid;
    private boolean synced;
    private int usedBefore;
    private long changedNs;
    private volatile boolean waiting;
    private volatile boolean closed;
    private volatile boolean finished;
    private volatile String failure;

    PipeInput(String url, ReadableByteChannel channel, ThreadFactory threads) {
        this.url = url;
        this.channel = channel;
        reader = threads.newThread(this::readAll);
        reader.start();
    }

    @Override
    public int poll(long nowNs, Consumer consumer) {
        if (closed) return 0;
        // Asked before looking: nothing comes after it.
        boolean last = finished;
        int handedOver = 0;
        while (handedOver < PAYLOADS_PER_POLL && ring.used() >= PAYLOAD_BYTES) {
            if (!aligned()) continue;
            handOver(nowNs, PAYLOAD_BYTES, consumer);
            handedOver++;
        }
        handedOver += handOverRest(nowNs, last, consumer);
        if (waiting && ring.used() <= RING_BYTES / 2) LockSupport.unpark(reader);
        return handedOver;
    }

    /**
     * Whether the next payload may be taken as it lies; if not, bytes before the first transport packet were dropped and there may be too
     * few now.
     */
    private boolean aligned() {
        if (synced) {
            for (int at = 0; at < PAYLOAD_BYTES && synced; at += Ts.PACKET_BYTES) synced = ring.peek(at) == Ts.SYNC;
            if (synced) return true;
        }
        for (int start = 0; start < Ts.PACKET_BYTES; start++) {
            if (!syncsFrom(start)) continue;
            synced = true;
            if (start == 0) return true;
            invalid++;
            ring.consumed(start);
            return false;
        }
        return true;
    }

    private boolean syncsFrom(int start) {
        for (int i = 0; i < SYNCS; i++) {
            if (ring.peek(start + i * Ts.PACKET_BYTES) != Ts.SYNC) return false;
        }
        return true;
    }

    private int handOverRest(long nowNs, boolean last, Consumer consumer) {
        int used = ring.used();
        if (used != usedBefore) {
            usedBefore = used;
            changedNs = nowNs;
        }
        if (used == 0 || used >= PAYLOAD_BYTES) return 0;
        if (last) {
            handOver(nowNs, used, consumer);
            return 1;
        }
        int whole = used / Ts.PACKET_BYTES * Ts.PACKET_BYTES;
        if (whole == 0 || nowNs - changedNs < QUIET_NS) return 0;
        for (int at = 0; at < whole; at += Ts.PACKET_BYTES) {
            if (ring.peek(at) != Ts.SYNC) return 0;
        }
        handOver(nowNs, whole, consumer);
        return 1;
    }

    private void handOver(long nowNs, int length, Consumer consumer) {
        ring.read(payload, length);
        payload.limit(length).position(0);
        packets++;
        bytes += length;
        consumer.onPayload(nowNs, payload);
        payload.clear();
    }

    private void readAll() {
        try (channel) {
            while (!closed) {
                ByteBuffer room = ring.writable();
                if (!room.hasRemaining()) {
                    await();
                    continue;
                }
                int count = channel.read(room);
                if (count < 0) break;
                ring.produced(count);
            }
        } catch (IOException e) {
            if (!closed) failure = Failures.reason(e);
        }
        finished = true;
    }

    private void await() {
        waiting = true;
        if (ring.used() == RING_BYTES && !closed) LockSupport.park(this);
        waiting = false;
    }

    @Override
    public boolean ended() {
        return closed || finished && ring.used() == 0;
    }

    @Override
    public InputStats stats() {
        return new InputStats(url, packets, bytes, invalid, failure != null ? "failed: " + failure : ended() ? "ended" : "open");
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        LockSupport.unpark(reader);
    }
}
