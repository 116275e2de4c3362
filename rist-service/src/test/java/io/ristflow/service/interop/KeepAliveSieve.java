package io.ristflow.service.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;

/** A hop before a path that holds back keep-alives of the Main profile (TR-06-2 §5.5), which tell of the Advanced profile, until it is opened. */
final class KeepAliveSieve implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 2_048;

    private final DatagramSocket near;
    private final DatagramSocket far;
    private final InetSocketAddress target;
    private volatile SocketAddress caller;
    private volatile boolean open;

    KeepAliveSieve(InetSocketAddress target) {
        this.target = target;
        try {
            near = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            far = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("sieve-forward").start(() -> pump(near, far));
        Thread.ofPlatform().daemon().name("sieve-back").start(() -> pump(far, near));
    }

    int port() {
        return near.getLocalPort();
    }

    void open() {
        open = true;
    }

    private void pump(DatagramSocket from, DatagramSocket to) {
        DatagramPacket datagram = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        while (!from.isClosed()) {
            try {
                datagram.setLength(MAX_DATAGRAM_BYTES);
                from.receive(datagram);
                if (from == near) caller = datagram.getSocketAddress();
                if (!open && keepAlive(datagram.getData(), datagram.getLength())) continue;
                if (from == near) datagram.setSocketAddress(target);
                else datagram.setSocketAddress(caller);
                to.send(datagram);
            } catch (IOException e) {
                // closed, or nobody there: the datagram is gone, as on any network
            }
        }
    }

    /** In the clear: EtherType 0x88B5, or 0xCCE0 with VSF type 0, subtype 0x8000, behind the sequence number if there is one. */
    private static boolean keepAlive(byte[] bytes, int length) {
        int vsf = (bytes[0] & 0x10) != 0 ? 8 : 4;
        if (length < vsf + 4) return false;
        int etherType = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        return etherType == 0x88B5 || etherType == 0xCCE0 && bytes[vsf] == 0 && bytes[vsf + 1] == 0 && bytes[vsf + 2] == (byte) 0x80 && bytes[vsf + 3] == 0;
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
