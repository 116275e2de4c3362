package io.ristflow.service.bench;

import io.ristflow.core.base.Ticks;
import io.ristflow.service.mpegts.TestSignal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The test signal in datagrams to ports of this machine, each at its time, on a thread of its own: one signal a port, all of one bit rate, evenly staggered. Datagram n of a signal bears stamp n, and
 * signal i is stream i. What is due together leaves by one system call.
 */
final class Generator implements AutoCloseable {
    static final int DATAGRAM_BYTES = 7 * 188;
    /** Less than this cannot be slept. */
    private static final long SHORTEST_SLEEP_NS = 50_000;
    private static final long LONGEST_SLEEP_NS = 5 * Ticks.NS_PER_MS;
    /** Behind by more than this, the signal goes on from now: a stall of the machine must not become a burst. */
    private static final long MAX_CATCH_UP_NS = 20 * Ticks.NS_PER_MS;

    private final BatchSocket socket;
    private final int[] ports;
    private final TestSignal[] signals;
    private final double intervalNs;
    private final Thread thread;
    private volatile long sent;
    private volatile boolean closed;
    private volatile IOException failure;

    /** @param mbps of each signal */
    Generator(int[] ports, double mbps) throws IOException {
        this.ports = ports.clone();
        signals = new TestSignal[ports.length];
        for (int i = 0; i < signals.length; i++) signals[i] = new TestSignal(Math.round(mbps * 1e6), DATAGRAM_BYTES, 0, i);
        intervalNs = DATAGRAM_BYTES * 8_000 / mbps / ports.length;
        socket = new BatchSocket(0);
        thread = Thread.ofPlatform().daemon().name("bench-generator").start(this::run);
    }

    /** Datagrams so far, of all signals, which take turns. */
    long sent() {
        return sent;
    }

    /** Null, or why it could not go on. */
    IOException failure() {
        return failure;
    }

    /** CPU time of its thread so far. */
    long cpuNs() {
        return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()));
    }

    private void run() {
        double nextNs = System.nanoTime();
        long made = 0;
        try {
            while (!closed) {
                long now = System.nanoTime();
                if (now - nextNs > MAX_CATCH_UP_NS) nextNs = now;
                int count = 0;
                for (; count < BatchSocket.BATCH && nextNs <= now; nextNs += intervalNs) {
                    int signal = (int) (made++ % signals.length);
                    socket.put(count++, ports[signal], signals[signal].next(now));
                }
                if (count > 0) {
                    socket.send(count);
                    sent = made;
                }
                long due = (long) nextNs - System.nanoTime();
                if (due > 0) LockSupport.parkNanos(Math.clamp(due, SHORTEST_SLEEP_NS, LONGEST_SLEEP_NS));
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
