package io.ristflow.service.bench;

import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.media.StreamChecker;
import io.ristflow.service.mpegts.Stamp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.BitSet;
import java.util.zip.CRC32;

/**
 * What comes out at the far end: read datagram by datagram on a thread of its own, checked whole, and timed as it arrives. Figures are of the stamps {@code from} to {@code to} alone; both are
 * given while those numbers are still to come, so that neither end of the counted part is torn.
 */
final class Sink implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 8 << 20;
    private static final int MAX_DATAGRAM_BYTES = 10_240;

    private final DatagramChannel channel;
    private final StreamChecker checker = new StreamChecker("check:");
    private final CRC32 crc = new CRC32();
    private final BitSet seen = new BitSet();
    private final Samples latency = new Samples();
    private final Samples spacing = new Samples();
    private final Thread thread;
    private volatile boolean closed;
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;
    private volatile long highest = -1;
    private long previousNs;
    private long duplicated;

    Sink() throws IOException {
        channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread = Thread.ofPlatform().daemon().name("bench-sink").start(this::run);
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    /** The highest stamp so far, -1 before the first. */
    long highest() {
        return highest;
    }

    /** Stamps from this one on count. */
    void countFrom(long number) {
        from = number;
    }

    /** Stamps below this one count. */
    void countTo(long number) {
        to = number;
    }

    private void run() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        try {
            while (!closed) {
                channel.receive(datagram.clear());
                take(datagram.flip(), System.nanoTime());
            }
        } catch (IOException e) {
            // Closed, or nothing more to be read: what is missing will be counted.
        }
    }

    private void take(ByteBuffer datagram, long nowNs) {
        checker.write(0, 0, 0, datagram);
        checker.flush(nowNs);
        if (datagram.remaining() < 188 || !Stamp.isStamp(datagram, 0) || !Stamp.isWhole(datagram, 0, crc)) return;
        long number = Stamp.number(datagram, 0);
        if (number > highest) highest = number;
        if (number < from || number >= to) return;
        int index = (int) (number - from);
        if (seen.get(index)) {
            duplicated++;
            return;
        }
        if (previousNs != 0) spacing.add(nowNs - previousNs);
        previousNs = nowNs;
        seen.set(index);
        latency.add(nowNs - Stamp.sentNs(datagram, 0));
    }

    /** Ends it. */
    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
            thread.join(2_000);
        } catch (IOException e) {
            // it was to be closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // What follows is asked after close(), when the thread has ended.

    /** Different stamps of the counted part. */
    long received() {
        return seen.cardinality();
    }

    long duplicated() {
        return duplicated;
    }

    /** Of everything that came, the warm-up too: checksums, order. */
    CheckerReport report() {
        return checker.report();
    }

    Figures.Quantiles latency() {
        return latency.quantiles();
    }

    Figures.Quantiles spacing() {
        return spacing.quantiles();
    }
}
