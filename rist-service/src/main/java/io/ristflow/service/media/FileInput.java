package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.mpegts.PcrTimeline;
import io.ristflow.service.mpegts.Ts;
import io.ristflow.service.mpegts.TsFileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * A transport stream file in real time, by its PCR, 7 packets a payload. A thread reads ahead into a ring (with its buffers below 1 MiB)
 * and says when each payload is due; the loop hands over what is due. With {@code loop} the file's start follows its end at the same bit
 * rate.
 */
final class FileInput implements MediaInput {
    private static final int CELLS = 640;
    /** Later than this (the disk, the loop, the machine was held up) and the rest of the file moves back instead of bursting out. */
    static final long MAX_LATE_NS = 100 * Ticks.NS_PER_MS;

    private final String url;
    private final boolean loop;
    private final FileChannel file;
    private final PcrTimeline timeline;
    private final CellRing ring = new CellRing(CELLS);
    private final Thread worker;
    private long packets, bytes;
    private boolean anchored;
    private long anchorNs;
    private volatile long gaps;
    private volatile boolean waiting;
    private volatile boolean closed;
    private volatile boolean finished;
    private volatile String failure;

    private FileInput(Endpoint.File endpoint, FileChannel file, PcrTimeline timeline, ThreadFactory threads) {
        url = endpoint.url();
        loop = endpoint.loop();
        this.file = file;
        this.timeline = timeline;
        worker = threads.newThread(this::readAll);
        worker.start();
    }

    /** Looks at the first 10 MB. @throws ConfigException if it cannot be read or paced */
    static FileInput open(Endpoint.File endpoint, ThreadFactory threads) {
        Path path = endpoint.path();
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ConfigException("file", path + " is no regular file; give a transport stream file, or - for standard input");
        }
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.READ);
            return new FileInput(endpoint, file, new PcrTimeline(file, path.toString()), threads);
        } catch (IOException e) {
            closeQuietly(file);
            throw new ConfigException("file", path + " cannot be read: " + Failures.reason(e) + "; check the name and its permissions");
        } catch (ConfigException e) {
            closeQuietly(file);
            throw e;
        }
    }

    private static void closeQuietly(FileChannel file) {
        try {
            if (file != null) file.close();
        } catch (IOException e) {
            // Only read from: nothing is lost, and the reason why it is closed matters more.
        }
    }

    @Override
    public int poll(long nowNs, Consumer consumer) {
        int handedOver = 0;
        while (!closed && ring.used() > 0) {
            if (!anchored) {
                anchored = true;
                anchorNs = nowNs - ring.dueNs();
            }
            long lateNs = nowNs - anchorNs - ring.dueNs();
            if (lateNs < 0) break;
            if (lateNs > MAX_LATE_NS) anchorNs += lateNs;
            ByteBuffer payload = ring.payload();
            packets++;
            bytes += payload.remaining();
            handedOver++;
            consumer.onPayload(nowNs, payload);
            ring.release();
        }
        if (waiting && ring.used() <= CELLS / 2) LockSupport.unpark(worker);
        return handedOver;
    }

    private void readAll() {
        try (file) {
            var reader = new TsFileReader(file);
            while (!closed) {
                if (!readOnce(reader)) break;
                long count = reader.index() + 1;
                if (count == 0) {
                    failure = "the file became empty";
                    break;
                }
                if (!loop) break;
                timeline.rewind(count);
                reader.rewind();
            }
        } catch (IOException e) {
            if (!closed) failure = Failures.reason(e);
        }
        finished = true;
    }

    /** From start to end. @return false if closed on the way */
    private boolean readOnce(TsFileReader reader) throws IOException {
        int filled = 0;
        long dueNs = 0;
        while (reader.next()) {
            if (filled == 0) {
                if (!awaitRoom()) return false;
                dueNs = timeline.dueNs(reader.index());
            }
            ring.fill(filled, reader.buffer(), reader.offset(), Ts.PACKET_BYTES);
            filled += Ts.PACKET_BYTES;
            if (filled < CellRing.CELL_BYTES) continue;
            ring.publish(filled, dueNs);
            filled = 0;
            gaps = reader.gaps();
        }
        gaps = reader.gaps();
        if (filled > 0) ring.publish(filled, dueNs);
        return true;
    }

    private boolean awaitRoom() {
        while (ring.full() && !closed) {
            waiting = true;
            if (ring.full() && !closed) LockSupport.park(this);
            waiting = false;
        }
        return !closed;
    }

    @Override
    public boolean ended() {
        return closed || finished && ring.used() == 0;
    }

    /** {@code invalid}: places in the file where something was no transport packet. */
    @Override
    public InputStats stats() {
        return new InputStats(url, packets, bytes, gaps, failure != null ? "failed: " + failure : ended() ? "ended" : "open");
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(worker);
    }
}
