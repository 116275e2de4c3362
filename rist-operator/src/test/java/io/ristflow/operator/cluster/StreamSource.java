package io.ristflow.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Sends numbered datagrams at an even pace to a port of this machine, until closed. */
final class StreamSource implements AutoCloseable {
    private final int port;
    private final int packetsPerSecond;
    private final Thread thread;
    private volatile boolean closed;
    private volatile int sent;

    StreamSource(int port, double mbps) {
        this.port = port;
        packetsPerSecond = (int) Math.round(mbps * 1e6 / 8 / StreamPacket.BYTES);
        thread = Thread.ofPlatform().daemon().name("stream-source").start(this::run);
    }

    private void run() {
        byte[] bytes = new byte[StreamPacket.BYTES];
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            DatagramPacket datagram = new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port);
            long beganNs = System.nanoTime();
            while (!closed) {
                long waitNs = beganNs + sent * TimeUnit.SECONDS.toNanos(1) / packetsPerSecond - System.nanoTime();
                if (waitNs > 0) TimeUnit.NANOSECONDS.sleep(waitNs);
                StreamPacket.fill(bytes, sent);
                socket.send(datagram);
                sent++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Datagrams so far: the number that the next one bears. */
    int sent() {
        return sent;
    }

    int packetsPerSecond() {
        return packetsPerSecond;
    }

    /** Media and all, kilobits per second. */
    int kbps() {
        return packetsPerSecond * StreamPacket.BYTES * 8 / 1_000;
    }

    /** Ends the stream and waits for its last datagram. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
