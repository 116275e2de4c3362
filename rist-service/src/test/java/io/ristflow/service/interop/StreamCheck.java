package io.ristflow.service.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.BitSet;

/** Receives the stream and compares every byte. */
final class StreamCheck implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;

    /** @param received different datagrams, whole and right; {@code outOfOrder} are among them, {@code duplicates} and {@code corrupt} are not */
    record Result(int received, int duplicates, int outOfOrder, int corrupt) {}

    private final DatagramSocket socket;
    private final double nullShare;
    private final BitSet seen = new BitSet();
    private int duplicates;
    private int outOfOrder;
    private int corrupt;
    private int highest = -1;

    StreamCheck(double nullShare) throws SocketException {
        this.nullShare = nullShare;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
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
        if (number >= 0) StreamPacket.fill(expected, number, nullShare);
        if (number < 0 || !Arrays.equals(bytes, 0, length, expected, 0, expected.length)) {
            corrupt++;
        } else if (seen.get(number)) {
            duplicates++;
        } else {
            seen.set(number);
            if (number < highest) outOfOrder++;
            highest = Math.max(highest, number);
        }
        notifyAll();
    }

    /** Waits until all {@code packets} arrived, or the time is over. */
    synchronized void awaitReceived(int packets, long timeoutMs) throws InterruptedException {
        long until = System.currentTimeMillis() + timeoutMs;
        for (long left = timeoutMs; seen.cardinality() < packets && left > 0; left = until - System.currentTimeMillis()) wait(left);
    }

    synchronized Result result() {
        return new Result(seen.cardinality(), duplicates, outOfOrder, corrupt);
    }

    /** The numbers that never came, for the message of a failure. */
    synchronized String missing(int packets) {
        BitSet missing = new BitSet();
        missing.set(0, packets);
        missing.andNot(seen);
        return missing.cardinality() > 20 ? missing.cardinality() + " from " + missing.nextSetBit(0) + " to " + (missing.length() - 1) : missing.toString();
    }

    @Override
    public void close() {
        socket.close();
    }
}
