package io.ristflow.service.runtime;

import io.ristflow.core.api.Lane;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortException;
import io.ristflow.service.net.PortStats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/** One configured path of a RIST end: its socket, or two, and which addresses are which paths of the session. On the flow's loop. */
final class LegSockets {
    /** How far ahead of a stalled loop the kernel's buffers reach at the highest bit rate. */
    private static final long BUFFER_MS = 250;
    private static final int LEAST_BUFFER_BYTES = 1 << 18;
    private static final int MOST_BUFFER_BYTES = 64 << 20;
    /** Tries for two neighbouring ports of the system's choice. */
    private static final int PAIR_ATTEMPTS = 16;

    interface Incoming {
        void onDatagram(int leg, int path, ByteBuffer datagram);

        /** A source that was not known; before its first datagram. */
        void onOpened(int leg, int path);
    }

    final int leg;
    final Endpoint.RistPath wiring;
    private final RistEnd.Opener opener;
    private final Predicate<InetAddress> admission;
    private final PathNumbers numbers;
    private final Incoming incoming;
    private final boolean listening;
    private final boolean twoPorts;
    private final boolean anyProfile;
    private final int bufferBytes;

    private DatagramPort[] ports;
    private PathAddresses addresses;
    private DatagramPort.Handler[] handlers;

    LegSockets(int leg, Endpoint.RistPath wiring, SessionConfig config, RistEnd.Opener opener, Predicate<InetAddress> admission, PathNumbers numbers, Incoming incoming) {
        this.leg = leg;
        this.wiring = wiring;
        this.opener = opener;
        this.admission = admission;
        this.numbers = numbers;
        this.incoming = incoming;
        listening = config.role() == Role.LISTENER;
        twoPorts = config.profile().twoPorts();
        anyProfile = config.profile() == Profile.AUTO;
        bufferBytes = (int) Math.clamp(config.recovery().maxBitrateKbps() * 1_000L / 8 * BUFFER_MS / 1_000, LEAST_BUFFER_BYTES, MOST_BUFFER_BYTES);
    }

    /** Binds. @throws PortException if a port cannot be had */
    void open() {
        DatagramPort[] opened = twoPorts ? openPair() : new DatagramPort[] {openPort(wiring.local().getPort(), bufferBytes)};
        ports = opened;
        addresses = new PathAddresses(opened, admission, numbers, path -> incoming.onOpened(leg, path));
        if (!listening) addresses.configure(leg, wiring.remote());
        handlers = new DatagramPort.Handler[opened.length];
        for (int i = 0; i < opened.length; i++) {
            int port = i;
            handlers[i] = (address, datagram) -> onDatagram(port, address, datagram);
        }
    }

    private DatagramPort openPort(int port, int bytes) {
        return opener.open(new InetSocketAddress(wiring.local().getAddress(), port), wiring.network(), bytes, bytes);
    }

    /**
     * Simple's two ports. TR-06-1 §5.1.1 lets a sender choose any two; yet a sender that is called learns of its caller's RTCP port alone and sends media to the one below it, so neighbours are
     * tried for, an even one and the next. Where the system has none, a calling sender does with any two.
     */
    private DatagramPort[] openPair() {
        int fixed = wiring.local().getPort();
        for (int attempt = 1; ; attempt++) {
            DatagramPort media = openPort(fixed, bufferBytes);
            int port = media.localAddress().getPort();
            boolean any = fixed == 0 && attempt == PAIR_ATTEMPTS;
            boolean even = port % 2 == 0;
            if (!even && fixed == 0 && !any) {
                media.close();
                continue;
            }
            try {
                return new DatagramPort[] {media, openPort(any ? 0 : port + 1, LEAST_BUFFER_BYTES)};
            } catch (PortException e) {
                media.close();
                // The user never wrote this port's number, so a refusal has to say where it comes from.
                if (fixed != 0 || any) throw new PortException(e.getMessage() + " (the Simple profile takes two ports: " + port + " for RTP and the next for RTCP)", e);
            }
        }
    }

    boolean isOpen() {
        return ports != null;
    }

    /** Reads what has come. @return datagrams read */
    int receive() {
        int count = 0;
        for (int i = 0; i < ports.length; i++) count += ports[i].receive(handlers[i]);
        return count;
    }

    private void onDatagram(int port, int address, ByteBuffer datagram) {
        int path = listening ? addresses.pathOf(port, address) : addresses.pathOfReply(port, address);
        if (path != PathAddresses.UNKNOWN) incoming.onDatagram(leg, path, datagram);
    }

    void transmit(int path, Lane lane, ByteBuffer datagram) {
        int port = twoPorts && lane == Lane.CONTROL ? 1 : 0;
        // Of a listener's callers of all profiles only Simple ones have a second port, and have spoken from it first
        if (port == 1 && anyProfile && !addresses.known(path, 1)) port = 0;
        int address = addresses.addressOf(path, port);
        if (address != PathAddresses.UNKNOWN) ports[port].send(address, datagram);
    }

    void flush() {
        for (DatagramPort port : ports) port.flush();
    }

    void close() {
        if (ports != null) for (DatagramPort port : ports) port.close();
    }

    /** The session has done with a path. */
    void release(int path) {
        if (listening) addresses.release(path);
    }

    /** New source ports, so that a NAT or conntrack entry that swallows the old ones is left behind. A fixed local port stays. */
    void rebind() {
        if (listening || ports == null || wiring.local().getPort() != 0) return;
        DatagramPort[] old = ports;
        PathAddresses oldAddresses = addresses;
        DatagramPort.Handler[] oldHandlers = handlers;
        for (DatagramPort port : old) port.flush();
        try {
            open();
        } catch (RuntimeException e) {
            // No socket to be had now (file descriptors, interface gone): the old one serves on, the next silence tries again.
            ports = old;
            addresses = oldAddresses;
            handlers = oldHandlers;
            return;
        }
        for (DatagramPort port : old) port.close();
    }

    /** Null if it is not known. */
    InetSocketAddress remote(int path) {
        return addresses == null ? null : addresses.remote(path);
    }

    InetSocketAddress localAddress() {
        return ports == null ? null : ports[0].localAddress();
    }

    boolean batched() {
        return ports != null && ports[0].batched();
    }

    void addStats(List<PortStats> to) {
        if (ports != null) for (DatagramPort port : ports) to.add(port.stats());
    }
}
