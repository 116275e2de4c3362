package io.ristflow.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network before the cluster: what is sent to its ports on this machine goes to the target's, and back, delayed, a share of it lost in both directions. The same seed loses the same datagrams.
 * The Simple profile takes two neighbouring ports (TR-06-1 §5.1), on both sides of the relay.
 */
final class LossyRelay implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;
    private static final int MAX_DATAGRAM_BYTES = 2_048;
    private static final int ATTEMPTS = 50;

    private record Held(long dueNs, int way, byte[] bytes) {}

    private final int ports;
    private final long delayNs;
    private final SplittableRandom random;
    private final Selector selector;
    /** Of this side, then of the target's. */
    private final DatagramChannel[] channels;
    private final SocketAddress[] callers;
    /** The delay is the same for all, so that the first in is the first out. */
    private final Queue<Held> held = new ArrayDeque<>();
    private final AtomicLong lost = new AtomicLong();
    private volatile double lossShare;
    private volatile boolean closed;

    /** Loses nothing yet. */
    LossyRelay(InetSocketAddress target, int ports, long delayMs, long seed) {
        this.ports = ports;
        delayNs = delayMs * 1_000_000;
        random = new SplittableRandom(seed);
        channels = new DatagramChannel[2 * ports];
        callers = new SocketAddress[ports];
        try {
            selector = Selector.open();
            // the wildcard address on the far side: the system picks the one that the target answers to
            open(0, InetAddress.getLoopbackAddress());
            open(ports, null);
            for (int i = 0; i < ports; i++) channels[ports + i].connect(new InetSocketAddress(target.getAddress(), target.getPort() + i));
            for (int i = 0; i < channels.length; i++) channels[i].register(selector, SelectionKey.OP_READ, i);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("lossy-relay").start(this::run);
    }

    /** Neighbouring ports, the first of two even. */
    private void open(int first, InetAddress address) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                channels[first] = bound(address, 0);
                int port = channels[first].socket().getLocalPort();
                if (ports > 1 && port % 2 != 0) throw new IOException("an odd port");
                for (int i = 1; i < ports; i++) channels[first + i] = bound(address, port + i);
                return;
            } catch (IOException e) {
                for (int i = first; i < first + ports; i++) if (channels[i] != null) channels[i].close();
                if (attempt == ATTEMPTS) throw e;
            }
        }
    }

    private static DatagramChannel bound(InetAddress address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(java.net.StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            return channel.bind(new InetSocketAddress(address == null ? InetAddress.getByName("0.0.0.0") : address, port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the caller sends. */
    int port() {
        return channels[0].socket().getLocalPort();
    }

    /** Port that the target sees the caller at. */
    int sourcePort() {
        return channels[ports].socket().getLocalPort();
    }

    /** From now on; 0..1. */
    void lose(double share) {
        lossShare = share;
    }

    /** Datagrams lost so far. */
    long lost() {
        return lost.get();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        try {
            while (!closed) {
                release();
                long waitMs = held.isEmpty() ? 100 : (held.peek().dueNs() - System.nanoTime()) / 1_000_000;
                if (waitMs > 0) selector.select(key -> read(key, buffer), waitMs);
                else selector.selectNow(key -> read(key, buffer));
                // a millisecond is as fine as a network needs to be
                if (waitMs <= 0 && !held.isEmpty()) Thread.sleep(0, 500_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeAll();
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        int way = (int) key.attachment();
        try {
            while (true) {
                buffer.clear();
                SocketAddress from = channels[way].receive(buffer);
                if (from == null) return;
                if (way < ports) callers[way] = from;
                if (random.nextDouble() < lossShare) {
                    lost.incrementAndGet();
                    continue;
                }
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                held.add(new Held(System.nanoTime() + delayNs, way, bytes));
            }
        } catch (PortUnreachableException e) {
            // nobody is there (yet): like any network, the relay goes on
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void release() throws IOException {
        while (!held.isEmpty() && held.peek().dueNs() <= System.nanoTime()) {
            Held next = held.remove();
            int way = next.way();
            try {
                if (way < ports) channels[ports + way].write(ByteBuffer.wrap(next.bytes()));
                else if (callers[way - ports] != null) channels[way - ports].send(ByteBuffer.wrap(next.bytes()), callers[way - ports]);
            } catch (PortUnreachableException e) {
                // the datagram is gone, as on any network
            } catch (IOException e) {
                // No way there for a moment (EPERM, while the rules of the packet filter are rewritten): gone as well.
                lost.incrementAndGet();
            }
        }
    }

    private void closeAll() {
        try {
            selector.close();
            for (DatagramChannel channel : channels) channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
