package io.ristflow.service.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.LongAdder;

/** A hop before a path, of Main or Advanced, that sees how media is framed, and can hold back the keep-alives (TR-06-2 §5.5) that tell of the Advanced profile. */
final class Tap implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 2_048;
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;
    /** Media in GRE is told from the rest by its length. */
    private static final int LONG_DATAGRAM_BYTES = 600;

    /** Media datagrams: as Type 5 (TR-06-3 §5.2), of these encrypted and compressed ones; in GRE. */
    record Seen(long direct, long encrypted, long compressed, long tunnelled) {
        Seen plus(Seen other) {
            return new Seen(direct + other.direct, encrypted + other.encrypted, compressed + other.compressed, tunnelled + other.tunnelled);
        }
    }

    private final DatagramSocket near = open();
    private final DatagramSocket far = open();
    private final InetSocketAddress target;
    private final LongAdder direct = new LongAdder();
    private final LongAdder encrypted = new LongAdder();
    private final LongAdder compressed = new LongAdder();
    private final LongAdder tunnelled = new LongAdder();
    private volatile SocketAddress caller;
    private volatile boolean holdsKeepAlives;

    Tap(InetSocketAddress target) {
        this.target = target;
        Thread.ofPlatform().daemon().name("tap-forward").start(() -> pump(near, far));
        Thread.ofPlatform().daemon().name("tap-back").start(() -> pump(far, near));
    }

    private static DatagramSocket open() {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return near.getLocalPort();
    }

    void holdKeepAlives(boolean on) {
        holdsKeepAlives = on;
    }

    Seen seen() {
        return new Seen(direct.sum(), encrypted.sum(), compressed.sum(), tunnelled.sum());
    }

    private void pump(DatagramSocket from, DatagramSocket to) {
        DatagramPacket datagram = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        while (!from.isClosed()) {
            try {
                datagram.setLength(MAX_DATAGRAM_BYTES);
                from.receive(datagram);
                if (from == near) caller = datagram.getSocketAddress();
                look(datagram.getData(), datagram.getLength());
                if (holdsKeepAlives && keepAlive(datagram.getData(), datagram.getLength())) continue;
                datagram.setSocketAddress(from == near ? target : caller);
                to.send(datagram);
            } catch (IOException e) {
                // closed, or nobody there: the datagram is gone, as on any network
            }
        }
    }

    private void look(byte[] bytes, int length) {
        boolean rtp = (bytes[0] & 0xC0) == 0x80;
        if (!rtp && length > LONG_DATAGRAM_BYTES) tunnelled.increment();
        // TR-06-3 §5.2: F L E R I P H PSK[2] | PSK[1:0] LPC[1:0] Type[3:0], behind RTP's 12 bytes and two of the sequence
        if (!rtp || length < 16 || (bytes[15] & 0x0F) != 5) return;
        direct.increment();
        if ((bytes[14] & 1) != 0 || (bytes[15] & 0xC0) != 0) encrypted.increment();
        if ((bytes[15] & 0x30) != 0) compressed.increment();
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
