package io.ristflow.service.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * A network that behaves badly on purpose: it stands between a caller and a listener on the loopback interface, loses a share of the datagrams in both directions, and delays the rest. Seeded: the
 * same seed loses the same datagrams. On a thread of its own, so that it takes nothing from the flows' loops.
 */
public final class BadPath implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;
    private static final int MAX_DATAGRAM_BYTES = 10_240;

    /**
     * What the path does to datagrams, the same in both directions.
     *
     * @param lossShare 0..1
     * @param burst mean length of losses in a row, 1: independent
     * @param delayMs one way
     */
    public record Manners(double lossShare, double burst, double delayMs, long seed) {}

    /** Datagrams so far. */
    public record Counts(long forwardPassed, long forwardLost, long backPassed, long backLost) {}

    private record Held(long dueNs, long order, int port, boolean forward, byte[] bytes) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            return dueNs != other.dueNs ? Long.compare(dueNs, other.dueNs) : Long.compare(order, other.order);
        }
    }

    private final Manners manners;
    private final int ports;
    private final DatagramChannel[] near;
    private final DatagramChannel[] far;
    private final SocketAddress[] client;
    private final Selector selector;
    private final SplittableRandom random;
    private final boolean[] inBurst = new boolean[2];
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final LongAdder[] counts = {new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()};
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean outage;
    private volatile boolean lossless;
    private long order;

    /**
     * Opens the path: what is sent to {@link #port()} (and the next one, with {@code ports} 2, as the Simple profile needs) arrives at {@code target}.
     *
     * @throws UncheckedIOException if no socket can be had
     */
    public BadPath(InetSocketAddress target, int ports, Manners manners) {
        this(0, target, ports, manners);
    }

    /** As above, with a port for the caller that was chosen before; 0: any. */
    public BadPath(int port, InetSocketAddress target, int ports, Manners manners) {
        this.manners = manners;
        this.ports = ports;
        random = new SplittableRandom(manners.seed());
        near = new DatagramChannel[ports];
        far = new DatagramChannel[ports];
        client = new SocketAddress[ports];
        try {
            selector = Selector.open();
            openPorts(port, target);
        } catch (IOException e) {
            closeChannels();
            throw new UncheckedIOException("the bad path found no ports on the loopback interface: " + e.getMessage(), e);
        }
        thread = Thread.ofPlatform().daemon().name("bad-path").start(this::run);
    }

    private void openPorts(int port, InetSocketAddress target) throws IOException {
        bindRow(near, port);
        // TR-06-1 §5.1: a Simple peer takes P for the media port of the peer whose RTCP comes from P + 1, so both sides of the path keep them neighbours
        bindRow(far, 0);
        for (int i = 0; i < ports; i++) {
            far[i].connect(new InetSocketAddress(target.getAddress(), target.getPort() + i));
            near[i].register(selector, SelectionKey.OP_READ, i);
            far[i].register(selector, SelectionKey.OP_READ, ports + i);
        }
    }

    /** Neighbouring ports, the first of two even. */
    private static void bindRow(DatagramChannel[] row, int fixed) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                row[0] = bound(fixed);
                int first = ((InetSocketAddress) row[0].getLocalAddress()).getPort();
                if (row.length == 2 && first % 2 != 0) throw new IOException("an odd port");
                for (int i = 1; i < row.length; i++) row[i] = bound(first + i);
                return;
            } catch (IOException e) {
                for (DatagramChannel channel : row) if (channel != null) channel.close();
                if (attempt == 50 || fixed != 0) throw e;
            }
        }
    }

    private static DatagramChannel bound(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        try {
            return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the caller sends. */
    public int port() {
        return near[0].socket().getLocalPort();
    }

    public Counts counts() {
        return new Counts(counts[0].sum(), counts[1].sum(), counts[2].sum(), counts[3].sum());
    }

    /** While true, nothing passes. */
    public void outage(boolean on) {
        outage = on;
    }

    /** While true, nothing is lost; delays stay. */
    public void lossless(boolean on) {
        lossless = on;
    }

    private void run() {
        try {
            while (!closed) {
                long now = System.nanoTime();
                release(now);
                long waitMs = held.isEmpty() ? 100 : Math.clamp((held.peek().dueNs() - now) / 1_000_000, 0, 100);
                if (waitMs == 0) selector.selectNow(this::read);
                else selector.select(this::read, waitMs);
                // A millisecond is as fine as the path needs to be: waiting it out here lets datagrams come in batches.
                if (waitMs == 0 && !held.isEmpty()) Thread.sleep(0, 500_000);
            }
        } catch (IOException | InterruptedException e) {
            if (!closed) Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        } finally {
            closeChannels();
        }
    }

    private void read(SelectionKey key) {
        int index = (int) key.attachment();
        boolean forward = index < ports;
        int port = forward ? index : index - ports;
        DatagramChannel channel = forward ? near[port] : far[port];
        try {
            while (true) {
                buffer.clear();
                SocketAddress from = channel.receive(buffer);
                if (from == null) return;
                if (forward) client[port] = from;
                long now = System.nanoTime();
                if (lost(forward)) {
                    counts[forward ? 1 : 3].increment();
                    continue;
                }
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                held.add(new Held(now + (long) (manners.delayMs() * 1e6), order++, port, forward, bytes));
            }
        } catch (java.net.PortUnreachableException e) {
            // The listener is not there (yet): like any network, the path goes on.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gilbert's model: bursts of mean length {@code burst}, long-run share {@code lossShare}. */
    private boolean lost(boolean forward) {
        int direction = forward ? 0 : 1;
        double p = manners.lossShare();
        double u = random.nextDouble();
        if (manners.burst() <= 1) inBurst[direction] = u < p;
        else if (inBurst[direction]) inBurst[direction] = u < 1 - 1 / manners.burst();
        else inBurst[direction] = p >= 1 || u < p / ((1 - p) * manners.burst());
        return inBurst[direction] && !lossless || outage;
    }

    private void release(long now) throws IOException {
        while (!held.isEmpty() && held.peek().dueNs() <= now) {
            Held next = held.poll();
            counts[next.forward() ? 0 : 2].increment();
            try {
                if (next.forward()) far[next.port()].write(ByteBuffer.wrap(next.bytes()));
                else if (client[next.port()] != null) near[next.port()].send(ByteBuffer.wrap(next.bytes()), client[next.port()]);
            } catch (java.net.PortUnreachableException e) {
                // nobody there: the datagram is gone, as on any network
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void closeChannels() {
        try {
            if (selector != null) selector.close();
            for (DatagramChannel channel : near) if (channel != null) channel.close();
            for (DatagramChannel channel : far) if (channel != null) channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
