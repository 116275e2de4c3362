package io.ristflow.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.BitSet;

/** Receives on this machine what a pod's UDP output sends, and compares every byte. */
final class StreamCheck implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;

    /** @param received different datagrams, whole and right; {@code outOfOrder} are among them, {@code duplicates} and {@code corrupt} are not */
    record Result(int received, int duplicates, int outOfOrder, int corrupt) {}

    private final DatagramSocket socket;
    private final BitSet seen = new BitSet();
    private int duplicates;
    private int outOfOrder;
    private int corrupt;
    private int highest = -1;
    private long lastNs;

    StreamCheck() {
        this(0);
    }

    /** @param port 0: any */
    StreamCheck(int port) {
        try {
            socket = new DatagramSocket(port);
            socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("stream-check").start(this::receive);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void receive() {
        byte[] bytes = new byte[2_048];
        byte[] expected = new byte[StreamPacket.BYTES];
        DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);
        while (true) {
            try {
                datagram.setLength(bytes.length);
                socket.receive(datagram);
            } catch (IOException e) {
                return; // closed
            }
            check(bytes, datagram.getLength(), expected);
        }
    }

    private synchronized void check(byte[] bytes, int length, byte[] expected) {
        int number = StreamPacket.number(bytes, length);
        if (number >= 0) StreamPacket.fill(expected, number);
        if (number < 0 || !Arrays.equals(bytes, 0, length, expected, 0, expected.length)) {
            corrupt++;
        } else if (seen.get(number)) {
            duplicates++;
        } else {
            seen.set(number);
            if (number < highest) outOfOrder++;
            highest = Math.max(highest, number);
            lastNs = System.nanoTime();
        }
        notifyAll();
    }

    /**
     * Waits for a datagram of this number or a later one.
     *
     * @return when it came ({@link System#nanoTime()}), or when the last one came if it has already
     * @throws AssertionError if none does within the time
     */
    synchronized long awaitNumber(int number, long timeoutMs) throws InterruptedException {
        long untilNs = System.nanoTime() + timeoutMs * Flows.PATIENCE * 1_000_000;
        while (highest < number) {
            long leftMs = (untilNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) throw new AssertionError("no datagram of number " + number + " or later within " + timeoutMs + " ms; " + result() + ", the last one is " + highest);
            wait(leftMs);
        }
        return lastNs;
    }

    synchronized Result result() {
        return new Result(seen.cardinality(), duplicates, outOfOrder, corrupt);
    }

    /** Number of the last datagram in order; -1 before the first. */
    synchronized int highest() {
        return highest;
    }

    /** Number of the first one; -1 before it. */
    synchronized int lowest() {
        return seen.nextSetBit(0);
    }

    /**
     * Waits for a datagram later than all so far.
     *
     * @return as {@link #awaitNumber}
     */
    long awaitMore(long timeoutMs) throws InterruptedException {
        return awaitNumber(highest() + 1, timeoutMs);
    }

    /** Numbers from {@code first} to before {@code end} that never came. */
    synchronized int lost(int first, int end) {
        return end - first - seen.get(first, end).cardinality();
    }

    /** The same, for the message of a failure. */
    synchronized String missing(int first, int end) {
        BitSet missing = new BitSet();
        missing.set(first, end);
        missing.andNot(seen);
        return missing.cardinality() > 20 ? missing.cardinality() + " from " + missing.nextSetBit(0) + " to " + (missing.length() - 1) : missing.toString();
    }

    @Override
    public void close() {
        socket.close();
    }
}
