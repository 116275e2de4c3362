package io.ristflow.service.bench;

import io.ristflow.core.base.Ticks;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.media.MediaFactory;
import io.ristflow.service.media.MediaInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/** The test signal in datagrams to a port of this machine, each at its time, on a thread of its own. Datagram n bears stamp n. */
final class Generator implements AutoCloseable {
    static final int DATAGRAM_BYTES = 7 * 188;
    /** Less than this cannot be slept. */
    private static final long SHORTEST_SLEEP_NS = 50_000;
    private static final long LONGEST_SLEEP_NS = 5 * Ticks.NS_PER_MS;

    private final DatagramChannel channel;
    private final MediaInput signal;
    private final double intervalNs;
    private final Thread thread;
    private volatile long sent;
    private volatile boolean closed;
    private volatile IOException failure;

    Generator(int port, double mbps) throws IOException {
        signal = new MediaFactory((_, _, _, _, _, _) -> {
            throw new IllegalStateException("a test signal has no port");
        }).openInput(new Endpoint.TestSignal("test:?mbps=" + mbps, mbps, DATAGRAM_BYTES, 0));
        intervalNs = DATAGRAM_BYTES * 8_000 / mbps;
        channel = DatagramChannel.open(java.net.StandardProtocolFamily.INET).connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        thread = Thread.ofPlatform().daemon().name("bench-generator").start(this::run);
    }

    /** Datagrams so far; stamps 0 to this minus 1 have left. */
    long sent() {
        return sent;
    }

    /** Null, or why it could not go on. */
    IOException failure() {
        return failure;
    }

    private void run() {
        MediaInput.Consumer send = this::send;
        long start = System.nanoTime();
        try {
            while (!closed) {
                long now = System.nanoTime();
                signal.poll(now, send);
                long due = start + (long) (sent * intervalNs) - System.nanoTime();
                LockSupport.parkNanos(Math.clamp(due, SHORTEST_SLEEP_NS, LONGEST_SLEEP_NS));
            }
        } catch (UncheckedIOException e) {
            if (!closed) failure = e.getCause();
        }
    }

    private void send(long cameNs, ByteBuffer datagram) {
        try {
            channel.write(datagram);
        } catch (PortUnreachableException e) {
            // Whoever listens is gone or not yet there; what is missing will be counted.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sent = sent + 1;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        signal.close();
    }
}
