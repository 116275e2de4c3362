package io.ristflow.service.bench;

import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.media.StreamChecker;
import io.ristflow.service.mpegts.Stamp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32;

/**
 * What comes out at the far end, of one stream or of several at one port: read in batches on a thread of its own, checked whole, and timed as it arrives. Figures are of the stamps {@code from} to
 * {@code to} of each stream alone; both are given while those numbers are still to come, so that neither end of the counted part is torn.
 */
final class Sink implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 32 << 20;

    private final BatchSocket socket;
    private final Stream[] streams;
    private final AtomicLongArray highest;
    private final CRC32 crc = new CRC32();
    private final Samples latency = new Samples();
    private final Samples spacing = new Samples();
    private final Thread thread;
    private volatile boolean closed;
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;
    private volatile long calls, datagrams;
    private long foreign;

    private static final class Stream {
        final StreamChecker checker = new StreamChecker("check:");
        final BitSet seen = new BitSet();
        long previousNs;
        long duplicated;
    }

    /** @param count streams 0 to this minus 1 are expected */
    Sink(int count) throws IOException {
        streams = new Stream[count];
        for (int i = 0; i < count; i++) streams[i] = new Stream();
        highest = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) highest.set(i, -1);
        socket = new BatchSocket(RECEIVE_BUFFER_BYTES);
        thread = Thread.ofPlatform().daemon().name("bench-sink").start(this::run);
    }

    int port() {
        return socket.port();
    }

    /** The highest stamp that every stream has reached, -1 while one of them has not begun. */
    long reached() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < streams.length; i++) lowest = Math.min(lowest, highest.getAcquire(i));
        return lowest;
    }

    /** How many streams have not begun. */
    int silent() {
        int silent = 0;
        for (int i = 0; i < streams.length; i++) if (highest.getAcquire(i) < 0) silent++;
        return silent;
    }

    /** Stamps from this one on count. */
    void countFrom(long number) {
        from = number;
    }

    /** Stamps below this one count. */
    void countTo(long number) {
        to = number;
    }

    /** CPU time of its thread so far. */
    long cpuNs() {
        return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()));
    }

    /** System calls that brought something, so far; {@link #datagrams} that they brought. */
    long calls() {
        return calls;
    }

    long datagrams() {
        return datagrams;
    }

    private void run() {
        try {
            while (!closed) {
                int count = socket.receive();
                if (count == 0) continue;
                long nowNs = System.nanoTime();
                for (int slot = 0; slot < count; slot++) take(socket.datagram(slot), nowNs);
                calls = calls + 1;
                datagrams = datagrams + count;
            }
        } catch (IOException e) {
            // Nothing more can be read: what is missing will be counted.
        }
    }

    private void take(ByteBuffer datagram, long nowNs) {
        int at = datagram.position();
        boolean stamped = datagram.remaining() >= 188 && Stamp.isStamp(datagram, at);
        int index = stamped ? Stamp.stream(datagram, at) : 0;
        if (index < 0 || index >= streams.length) {
            foreign++;
            return;
        }
        Stream stream = streams[index];
        stream.checker.write(0, 0, 0, datagram);
        stream.checker.flush(nowNs);
        if (!stamped || !Stamp.isWhole(datagram, at, crc)) return;
        long number = Stamp.number(datagram, at);
        if (number > highest.getPlain(index)) highest.setRelease(index, number);
        if (number < from || number >= to) return;
        int bit = (int) (number - from);
        if (stream.seen.get(bit)) {
            stream.duplicated++;
            return;
        }
        if (stream.previousNs != 0) spacing.add(nowNs - stream.previousNs);
        stream.previousNs = nowNs;
        stream.seen.set(bit);
        latency.add(nowNs - Stamp.sentNs(datagram, at));
    }

    /** Ends it. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }

    // What follows is asked after close(), when the thread has ended.

    /** Different stamps of the counted part, of all streams. */
    long received() {
        long received = 0;
        for (Stream stream : streams) received += stream.seen.cardinality();
        return received;
    }

    long duplicated() {
        long duplicated = 0;
        for (Stream stream : streams) duplicated += stream.duplicated;
        return duplicated;
    }

    /** Of everything that came, the warm-up too. */
    long outOfOrder() {
        long sum = 0;
        for (Stream stream : streams) sum += stream.checker.report().outOfOrder();
        return sum;
    }

    /** Of everything that came, the warm-up too: wrong checksums, and datagrams of no stream of ours. */
    long corrupted() {
        long sum = foreign;
        for (Stream stream : streams) sum += stream.checker.report().corrupted();
        return sum;
    }

    /** Of everything that came of one stream, the warm-up too. */
    CheckerReport report(int stream) {
        return streams[stream].checker.report();
    }

    Figures.Quantiles latency() {
        return latency.quantiles();
    }

    Figures.Quantiles spacing() {
        return spacing.quantiles();
    }
}
