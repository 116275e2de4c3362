package io.ristflow.service.media;

import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Datagrams of a bound port or a multicast group; each is one payload, on rtp:// without its RTP header. Payloads are handed on as they
 * come; what RTP sequence numbers tell of gaps and order is for whoever takes them.
 */
final class UdpInput implements MediaInput {
    /** What RIST carries in one packet. */
    static final int MAX_PAYLOAD_BYTES = 9_972;
    /** About 300 ms at 100 Mb/s: the loop may be held up that long before the kernel drops. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int ADDRESSES = 1_024;

    private final String url;
    private final boolean rtp;
    private final PortOpener ports;
    private final DatagramPort port;
    /** One handler for all polls: a lambda per poll would be garbage. */
    private final DatagramPort.Handler handler = this::onDatagram;
    private final boolean[] addressTaken = new boolean[ADDRESSES];
    private int addressesTaken;
    private Consumer consumer;
    private int handedOver;
    private long packets, bytes, invalid;
    private volatile boolean closed;

    private UdpInput(String url, boolean rtp, PortOpener ports, DatagramPort port) {
        this.ports = ports;
        this.url = url;
        this.rtp = rtp;
        this.port = port;
    }

    static UdpInput open(Endpoint.Udp endpoint, PortOpener ports) {
        InetSocketAddress address = endpoint.address();
        InetAddress group = address.getAddress().isMulticastAddress() ? address.getAddress() : null;
        // Bound to the group's own address, other groups on the same port stay away.
        DatagramPort port = ports.open(address, null, endpoint.network(), group, RECEIVE_BUFFER_BYTES, 0);
        port.stampArrivals();
        return new UdpInput(endpoint.url(), endpoint.rtp(), ports, port);
    }

    @Override
    public int poll(long nowNs, Consumer consumer) {
        if (closed) return 0;
        this.consumer = consumer;
        handedOver = 0;
        port.receive(handler);
        this.consumer = null;
        // Nobody is answered, so numbers of senders are worth nothing here; they must not run out, as a sender that restarts takes a new port each time.
        if (addressesTaken > ADDRESSES / 2) releaseAddresses();
        return handedOver;
    }

    private void onDatagram(int address, ByteBuffer datagram) {
        if (address >= 0 && address < ADDRESSES && !addressTaken[address]) {
            addressTaken[address] = true;
            addressesTaken++;
        }
        int header = datagram.position();
        if (rtp && !RtpHeader.strip(datagram)) {
            invalid++;
            return;
        }
        int length = datagram.remaining();
        if (length == 0 || length > MAX_PAYLOAD_BYTES) {
            invalid++;
            return;
        }
        packets++;
        bytes += length;
        handedOver++;
        if (rtp) consumer.onRtp(port.cameNs(), RtpHeader.sequence(datagram, header), RtpHeader.ssrc(datagram, header), datagram);
        else consumer.onPayload(port.cameNs(), datagram);
    }

    private void releaseAddresses() {
        for (int i = 0; i < ADDRESSES; i++) {
            if (addressTaken[i]) port.release(i);
            addressTaken[i] = false;
        }
        addressesTaken = 0;
    }

    InetSocketAddress localAddress() {
        return port.localAddress();
    }

    /** A port never ends by itself. */
    @Override
    public boolean ended() {
        return closed;
    }

    @Override
    public InputStats stats() {
        return new InputStats(url, packets, bytes, invalid, closed ? "ended" : "open");
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        ports.close(port);
    }
}
