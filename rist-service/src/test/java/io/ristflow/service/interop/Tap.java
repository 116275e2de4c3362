package io.ristflow.service.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.concurrent.atomic.LongAdder;

/** A hop before a path, of Main or Advanced, that sees how media is framed, and can hold back the keep-alives (TR-06-2 §5.5) that tell of the Advanced profile. */
final class Tap implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 2_048;
    private static final int SOCKET_BUFFER_BYTES = 8 << 20;
    /** Media in GRE is told from the rest by its length. */
    private static final int LONG_DATAGRAM_BYTES = 600;
    private static final int MAX_STORY = 10_000;

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
    private final int[] nonces = new int[2];
    private final StringBuilder logins = new StringBuilder();
    private final long beganNs = System.nanoTime();
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

    /** Every EAPOL datagram and the first one under each nonce, as the story of a failed login needs it: milliseconds, direction, length, the first bytes. */
    String logins() {
        synchronized (logins) {
            return logins.toString();
        }
    }

    private void pump(DatagramSocket from, DatagramSocket to) {
        DatagramPacket datagram = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        while (!from.isClosed()) {
            try {
                datagram.setLength(MAX_DATAGRAM_BYTES);
                from.receive(datagram);
                if (from == near) caller = datagram.getSocketAddress();
                look(datagram.getData(), datagram.getLength(), from == near);
                if (holdsKeepAlives && keepAlive(datagram.getData(), datagram.getLength())) continue;
                datagram.setSocketAddress(from == near ? target : caller);
                to.send(datagram);
            } catch (IOException e) {
                // closed, or nobody there: the datagram is gone, as on any network
            }
        }
    }

    private void look(byte[] bytes, int length, boolean forward) {
        boolean rtp = (bytes[0] & 0xC0) == 0x80;
        // GRE in Type 8 begins behind the header of 16 bytes
        int gre = rtp ? 16 : 0;
        boolean login = length > gre + 4 && (bytes[gre + 2] & 0xFF) == 0x88 && (bytes[gre + 3] & 0xFF) == 0x8E;
        boolean bare = !rtp && bytes[0] >= 2 && bytes[0] <= 4;
        if (login || bare || newNonce(bytes, length, forward)) note(bytes, length, forward);
        if (!rtp && length > LONG_DATAGRAM_BYTES) tunnelled.increment();
        // TR-06-3 §5.2: F L E R I P H PSK[2] | PSK[1:0] LPC[1:0] Type[3:0], behind RTP's 12 bytes and two of the sequence
        if (!rtp || length < 16 || (bytes[15] & 0x0F) != 5) return;
        direct.increment();
        if ((bytes[14] & 1) != 0 || (bytes[15] & 0xC0) != 0) encrypted.increment();
        if ((bytes[15] & 0x30) != 0) compressed.increment();
    }

    /** GRE with a key, behind its first four bytes. */
    private boolean newNonce(byte[] bytes, int length, boolean forward) {
        if ((bytes[0] & 0xE0) != 0x20 || length < 8) return false;
        int nonce = (bytes[4] & 0xFF) << 24 | (bytes[5] & 0xFF) << 16 | (bytes[6] & 0xFF) << 8 | bytes[7] & 0xFF;
        int direction = forward ? 0 : 1;
        boolean changed = nonces[direction] != nonce;
        nonces[direction] = nonce;
        return changed;
    }

    private void note(byte[] bytes, int length, boolean forward) {
        synchronized (logins) {
            if (logins.length() > MAX_STORY) return;
            logins.append("%6d %s %4d ".formatted((System.nanoTime() - beganNs) / 1_000_000, forward ? ">" : "<", length));
            logins.append(HexFormat.of().formatHex(bytes, 0, Math.min(length, 64))).append('\n');
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
