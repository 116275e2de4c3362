package io.ristflow.service.runtime;

import io.ristflow.service.net.DatagramPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Which address is which path. Core knows paths by number alone; here they get their one or two addresses: Main has one port, Simple a second one for RTCP, whose peer is recognised by the
 * even/odd pair of its ports (TR-06-1 §5.1.1) and, where a NAT has torn the pair, is a path of its own.
 */
final class PathAddresses {
    static final int MAX_PATHS = 512;
    static final int UNKNOWN = -1;
    private static final int ADDRESSES_PER_PORT = 1_024;

    /** Other ports of a peer's host that replies came from and that are remembered: a host that takes ever new ones must not use up the numbers. */
    private static final int MAX_REPLY_ADDRESSES = 64;

    private final DatagramPort[] ports;
    private final Predicate<InetAddress> admission;
    private final int[][] pathOf;
    private final int[][] addressOf;
    private final PathNumbers numbers;
    private final IntConsumer opened;
    private final Map<InetSocketAddress, Integer> pathByMediaAddress = new HashMap<>();
    private final InetSocketAddress[] mediaAddress = new InetSocketAddress[MAX_PATHS];
    private int replyAddresses;

    /**
     * @param ports media first, then control if it is another
     * @param admission asked of every new source of a listener
     * @param numbers of all paths of this end
     * @param opened told of every new path of a listener
     */
    PathAddresses(DatagramPort[] ports, Predicate<InetAddress> admission, PathNumbers numbers, IntConsumer opened) {
        this.ports = ports;
        this.admission = admission;
        this.numbers = numbers;
        this.opened = opened;
        pathOf = new int[ports.length][ADDRESSES_PER_PORT];
        addressOf = new int[ports.length][MAX_PATHS];
        for (int i = 0; i < ports.length; i++) {
            Arrays.fill(pathOf[i], UNKNOWN);
            Arrays.fill(addressOf[i], UNKNOWN);
        }
    }

    /** A caller's configured path: port i of it is {@code remote}'s port + i. */
    void configure(int path, InetSocketAddress remote) {
        numbers.take(path);
        mediaAddress[path] = remote;
        pathByMediaAddress.put(remote, path);
        for (int i = 0; i < ports.length; i++) bind(path, i, ports[i].intern(shifted(remote, i)));
    }

    /** The path of an interned source address, given now if it is new; {@link #UNKNOWN} if all are in use. */
    int pathOf(int port, int address) {
        int path = pathOf[port][address];
        return path != UNKNOWN ? path : assign(port, address);
    }

    /** The path of a caller's incoming datagram: replies may come from another port of the same host, never from another host, unless a multicast group was called. */
    int pathOfReply(int port, int address) {
        int path = pathOf[port][address];
        if (path != UNKNOWN) return path;
        path = pathOfHost(ports[port].address(address).getAddress());
        if (path == UNKNOWN) {
            ports[port].release(address);
            return UNKNOWN;
        }
        if (replyAddresses == MAX_REPLY_ADDRESSES) forgetReplyAddresses();
        replyAddresses++;
        pathOf[port][address] = path;
        return path;
    }

    private int pathOfHost(InetAddress host) {
        for (int path : pathByMediaAddress.values()) {
            InetAddress remote = mediaAddress[path].getAddress();
            // A group's members answer under their own addresses
            if (remote.isMulticastAddress() || remote.equals(host)) return path;
        }
        return UNKNOWN;
    }

    private void forgetReplyAddresses() {
        replyAddresses = 0;
        for (int port = 0; port < ports.length; port++) {
            for (int address = 0; address < ADDRESSES_PER_PORT; address++) {
                int path = pathOf[port][address];
                if (path == UNKNOWN || addressOf[port][path] == address) continue;
                pathOf[port][address] = UNKNOWN;
                ports[port].release(address);
            }
        }
    }

    /** The interned address to send to, or {@link #UNKNOWN}. */
    int addressOf(int path, int port) {
        int address = addressOf[port][path];
        if (address != UNKNOWN || mediaAddress[path] == null) return address;
        // TR-06-1: a peer known by its RTCP alone has its media port just below, and the other way round
        address = ports[port].intern(shifted(mediaAddress[path], port));
        if (address != DatagramPort.NO_ADDRESS) bind(path, port, address);
        return address;
    }

    /** Whether anything came from, or was sent to, this port of a peer's. */
    boolean known(int path, int port) {
        return addressOf[port][path] != UNKNOWN;
    }

    InetSocketAddress remote(int path) {
        return path >= 0 && path < MAX_PATHS ? mediaAddress[path] : null;
    }

    void release(int path) {
        if (path < 0 || path >= MAX_PATHS || mediaAddress[path] == null) return;
        numbers.release(path);
        pathByMediaAddress.remove(mediaAddress[path]);
        mediaAddress[path] = null;
        for (int i = 0; i < ports.length; i++) {
            int address = addressOf[i][path];
            addressOf[i][path] = UNKNOWN;
            for (int a = 0; a < ADDRESSES_PER_PORT; a++) {
                if (pathOf[i][a] != path) continue;
                pathOf[i][a] = UNKNOWN;
                if (a != address) ports[i].release(a);
            }
            if (address != UNKNOWN) ports[i].release(address);
        }
    }

    private int assign(int port, int address) {
        InetSocketAddress source = ports[port].address(address);
        InetSocketAddress media = shifted(source, -port);
        Integer known = pathByMediaAddress.get(media);
        int path = known != null ? known : admission.test(source.getAddress()) ? numbers.take() : UNKNOWN;
        if (path == UNKNOWN) {
            ports[port].release(address);
            return UNKNOWN;
        }
        mediaAddress[path] = media;
        pathByMediaAddress.put(media, path);
        bind(path, port, address);
        if (known == null) opened.accept(path);
        return path;
    }

    private void bind(int path, int port, int address) {
        if (address == DatagramPort.NO_ADDRESS) return;
        pathOf[port][address] = path;
        addressOf[port][path] = address;
    }

    private static InetSocketAddress shifted(InetSocketAddress address, int by) {
        if (by == 0) return address;
        int port = Math.clamp(address.getPort() + by, 1, 65_535);
        return new InetSocketAddress(address.getAddress(), port);
    }
}
