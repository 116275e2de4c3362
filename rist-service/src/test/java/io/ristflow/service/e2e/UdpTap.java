package io.ristflow.service.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Keeps the bytes of all datagrams that come to a port of the loopback interface. */
final class UdpTap implements AutoCloseable {
    private final DatagramSocket socket;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    UdpTap() throws SocketException {
        socket = new DatagramSocket(null);
        socket.setReceiveBufferSize(4 << 20);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("udp tap").start(this::read);
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
        try {
            while (true) {
                packet.setLength(1 << 16);
                socket.receive(packet);
                synchronized (bytes) {
                    bytes.write(packet.getData(), 0, packet.getLength());
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    byte[] bytes() {
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
