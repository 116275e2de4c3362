package io.ristflow.service.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Sends numbered datagrams at an even pace. */
final class StreamSource {
    private StreamSource() {}

    /** Blocks until all are sent. A port nobody listens on is no error here: what arrives is what counts. */
    static void send(int port, int packets, int perSecond, double nullShare) throws IOException, InterruptedException {
        send(port, packets, perSecond, nullShare, number -> {});
    }

    /** @param before is told the number of each, from 0, before it is sent */
    static void send(int port, int packets, int perSecond, double nullShare, IntConsumer before) throws IOException, InterruptedException {
        byte[] bytes = new byte[StreamPacket.BYTES];
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            DatagramPacket datagram = new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port);
            long beganNs = System.nanoTime();
            for (int number = 0; number < packets; number++) {
                long waitNs = beganNs + number * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime();
                if (waitNs > 0) TimeUnit.NANOSECONDS.sleep(waitNs);
                before.accept(number);
                StreamPacket.fill(bytes, number, nullShare);
                socket.send(datagram);
            }
        }
    }
}
