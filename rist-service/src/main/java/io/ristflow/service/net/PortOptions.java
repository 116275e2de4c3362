package io.ristflow.service.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a port is to be.
 *
 * @param bind where to listen; port 0 lets the system choose. A multicast address is joined as if {@code group} named it
 * @param connect null, or the one peer: others are not heard, its refusals (ICMP) are counted, and sending skips the route lookup
 * @param interfaceName null for the system's choice; else the interface that joins {@code group} and that multicast leaves by
 * @param ttl 1..255 for outgoing multicast, 0 for the system's choice (1)
 * @param sources source-specific multicast: who is heard in {@code group}; empty for anyone
 * @param group null, or the multicast group to join
 * @param receiveBufferBytes kernel buffer to ask for, 0 for the system's default
 * @param sendBufferBytes kernel buffer to ask for, 0 for the system's default
 * @param multicastLoopback whether this machine hears its own multicast
 */
public record PortOptions(
        InetSocketAddress bind, InetSocketAddress connect, String interfaceName, int ttl, List<InetAddress> sources, InetAddress group,
        int receiveBufferBytes, int sendBufferBytes, boolean multicastLoopback) {

    public PortOptions {
        sources = List.copyOf(sources);
        if (bind.isUnresolved()) throw new PortException("address: " + bind.getHostString() + " is not known; check the name");
        if (connect != null && connect.isUnresolved()) throw new PortException("address: " + connect.getHostString() + " is not known; check the name");
        if (group == null && bind.getAddress().isMulticastAddress()) group = bind.getAddress();
        if (group != null && !group.isMulticastAddress()) {
            throw new PortException("address: " + group.getHostAddress() + " is no multicast group; groups are 224.0.0.0 to 239.255.255.255 and ff00::/8");
        }
        if (ttl < 0 || ttl > 255) throw new PortException("ttl: " + ttl + " is not in 0..255; 0 leaves it to the system");
        if (!sources.isEmpty() && group == null) throw new PortException("source: " + sources.getFirst().getHostAddress() + " needs a multicast group to listen to");
        if (receiveBufferBytes < 0) throw new PortException("receive buffer: " + receiveBufferBytes + " bytes; give 0 or more");
        if (sendBufferBytes < 0) throw new PortException("send buffer: " + sendBufferBytes + " bytes; give 0 or more");
        for (InetAddress source : sources) {
            if (isIpv6(source) != isIpv6(group)) {
                throw new PortException("source: " + source.getHostAddress() + " and group " + group.getHostAddress() + " are not of one family; give both as IPv4 or both as IPv6");
            }
        }
        bind = inFamilyOf(bind, connect != null ? connect.getAddress() : group);
    }

    /** A plain unicast port. */
    public static PortOptions unicast(InetSocketAddress bind) {
        return new PortOptions(bind, null, null, 0, List.of(), null, 0, 0, true);
    }

    public PortOptions withConnect(InetSocketAddress peer) {
        return new PortOptions(bind, peer, interfaceName, ttl, sources, group, receiveBufferBytes, sendBufferBytes, multicastLoopback);
    }

    public PortOptions withBuffers(int receiveBytes, int sendBytes) {
        return new PortOptions(bind, connect, interfaceName, ttl, sources, group, receiveBytes, sendBytes, multicastLoopback);
    }

    /** Outgoing interface and TTL, group and sources to hear. */
    public PortOptions withMulticast(String interfaceName, int ttl, InetAddress group, List<InetAddress> sources) {
        return new PortOptions(bind, connect, interfaceName, ttl, sources, group, receiveBufferBytes, sendBufferBytes, multicastLoopback);
    }

    boolean ipv6() {
        return isIpv6(bind.getAddress());
    }

    static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }

    /** "Any address" follows the family of the peer or group; a real address must be of it already. */
    private static InetSocketAddress inFamilyOf(InetSocketAddress bind, InetAddress other) {
        if (other == null || isIpv6(bind.getAddress()) == isIpv6(other)) return bind;
        if (!bind.getAddress().isAnyLocalAddress()) {
            throw new PortException("address: " + bind.getAddress().getHostAddress() + " and " + other.getHostAddress() + " are not of one family; give both as IPv4 or both as IPv6");
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[isIpv6(other) ? 16 : 4]), bind.getPort());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
