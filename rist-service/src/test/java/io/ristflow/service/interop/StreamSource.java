package io.ristflow.service.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Sends numbered datagrams at an even pace. */
final class StreamSource {
    private StreamSource() {}

    /** Blocks until all are sent. A port nobody listens on is no error here: what arrives is what counts. */
    static void send(int port, int packets, int perSecond, double nullShare) throws IOException, InterruptedException {
        send(port, packets, perSecond, nullShare, () -> {});
    }

    /** @param middle is done when half of them are sent */
    static void send(int port, int packets, int perSecond, double nullShare, Runnable middle) throws IOException, InterruptedException {
        byte[] bytes = new byte[StreamPacket.BYTES];
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            DatagramPacket datagram = new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port);
            long beganNs = System.nanoTime();
            for (int number = 0; number < packets; number++) {
                long waitNs = beganNs + number * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime();
                if (waitNs > 0) TimeUnit.NANOSECONDS.sleep(waitNs);
                if (number == packets / 2) middle.run();
                StreamPacket.fill(bytes, number, nullShare);
                socket.send(datagram);
            }
        }
    }
}
