package io.ristflow.service.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

/** Socket options by foreign calls (Netty's epoll sockets ignore several of them), and what to tell people when the system refuses one. */
final class SocketSetup {
    private static final int IP_MULTICAST_IF = 32, IP_MULTICAST_TTL = 33, IP_MULTICAST_LOOP = 34, IP_MULTICAST_ALL = 49;
    private static final int IPV6_MULTICAST_IF = 17, IPV6_MULTICAST_HOPS = 18, IPV6_MULTICAST_LOOP = 19, IPV6_MULTICAST_ALL = 29;
    /** RFC 3678: one pair of options for both families. */
    private static final int MCAST_JOIN_GROUP = 42, MCAST_JOIN_SOURCE_GROUP = 46;
    private static final int SOCKADDR_STORAGE = 128;

    private SocketSetup() {}

    /** What {@code net.core.rmem_max} allows, or more with CAP_NET_ADMIN. @return what the kernel granted */
    static int buffer(int fd, int option, int forceOption, int wantedBytes) {
        if (wantedBytes > 0 && Syscalls.setsockopt(fd, Syscalls.SOL_SOCKET, forceOption, wantedBytes) != 0) {
            Syscalls.setsockopt(fd, Syscalls.SOL_SOCKET, option, wantedBytes);
        }
        // The kernel doubles what it grants for its own bookkeeping (socket(7)).
        return Syscalls.getsockopt(fd, Syscalls.SOL_SOCKET, option) / 2;
    }

    static void multicast(int fd, PortOptions options) {
        boolean ipv6 = options.ipv6();
        int level = ipv6 ? Syscalls.IPPROTO_IPV6 : Syscalls.IPPROTO_IP;
        int index = options.interfaceName() == null ? 0 : networkInterface(options.interfaceName()).getIndex();
        if (index != 0) {
            int errno = ipv6
                    ? Syscalls.setsockopt(fd, level, IPV6_MULTICAST_IF, index)
                    : Syscalls.setsockopt(fd, level, IP_MULTICAST_IF, Syscalls.struct(12).putInt(8, index));
            if (errno != 0) throw new PortException("interface: multicast cannot leave by " + options.interfaceName() + " (error " + errno + "); choose another interface");
        }
        if (options.ttl() > 0) Syscalls.setsockopt(fd, level, ipv6 ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL, options.ttl());
        Syscalls.setsockopt(fd, level, ipv6 ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP, options.multicastLoopback() ? 1 : 0);
        if (options.group() == null) return;
        // Else the kernel also hands over what other programs on this machine have joined, and what a source filter refuses.
        Syscalls.setsockopt(fd, level, ipv6 ? IPV6_MULTICAST_ALL : IP_MULTICAST_ALL, 0);
        if (options.sources().isEmpty()) {
            check(options, Syscalls.setsockopt(fd, level, MCAST_JOIN_GROUP, request(index, options.group(), null)));
        }
        for (InetAddress source : options.sources()) {
            check(options, Syscalls.setsockopt(fd, level, MCAST_JOIN_SOURCE_GROUP, request(index, options.group(), source)));
        }
    }

    /** struct group_req or group_source_req: the interface's index, padding, one or two sockaddr_storage. */
    private static ByteBuffer request(int index, InetAddress group, InetAddress source) {
        ByteBuffer request = Syscalls.struct(8 + SOCKADDR_STORAGE * (source == null ? 1 : 2)).putInt(0, index);
        put(request, 8, group);
        if (source != null) put(request, 8 + SOCKADDR_STORAGE, source);
        return request;
    }

    private static void put(ByteBuffer request, int at, InetAddress address) {
        boolean ipv6 = PortOptions.isIpv6(address);
        request.putShort(at, ipv6 ? Syscalls.AF_INET6 : Syscalls.AF_INET);
        request.put(at + (ipv6 ? 8 : 4), address.getAddress());
    }

    private static void check(PortOptions options, int errno) {
        if (errno == 0) return;
        String group = options.group().getHostAddress();
        if (errno == Syscalls.ENODEV || errno == Syscalls.EADDRNOTAVAIL) {
            throw new PortException(options.interfaceName() == null
                    ? "address: no interface leads to multicast group " + group + "; name one of " + interfaceNames()
                    : "interface: " + options.interfaceName() + " cannot join " + group + "; choose one of " + interfaceNames());
        }
        if (errno == Syscalls.ENOBUFS) throw new PortException("address: " + group + " cannot be joined: too many groups or sources; raise net.ipv4.igmp_max_memberships or igmp_max_msf");
        throw new PortException("address: multicast group " + group + " cannot be joined (error " + errno + ")");
    }

    /** @throws PortException naming what there is, if it is not there */
    static NetworkInterface networkInterface(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found != null) return found;
        } catch (SocketException e) {
            throw new PortException("interface: " + name + " cannot be asked for: " + e.getMessage(), e);
        }
        throw new PortException("interface: " + name + " is not there; this machine has " + interfaceNames());
    }

    static PortException bindFailure(InetSocketAddress bind, int errno, Exception cause) {
        String host = bind.getAddress().getHostAddress();
        String where = (PortOptions.isIpv6(bind.getAddress()) ? "[" + host + "]" : host) + ":" + bind.getPort();
        String line = switch (errno) {
            case Syscalls.EADDRINUSE -> "port: " + where + " is in use by another program; choose another port or stop it";
            case Syscalls.EADDRNOTAVAIL -> "address: " + host + " is not an address of this machine; it has " + addresses();
            case Syscalls.EACCES -> "port: " + where + " needs privileges; choose a port above 1023";
            case Syscalls.EAFNOSUPPORT -> "address: " + host + " cannot be used, as this machine has no IPv6; give an IPv4 address";
            default -> "port: " + where + " cannot be opened: " + cause.getMessage();
        };
        return new PortException(line, cause);
    }

    private static String interfaceNames() {
        try {
            return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().collect(Collectors.joining(", "));
        } catch (SocketException e) {
            return "none that it tells of (" + e.getMessage() + ")";
        }
    }

    private static String addresses() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).map(InetAddress::getHostAddress).sorted().collect(Collectors.joining(", "));
        } catch (SocketException e) {
            return "none that it tells of (" + e.getMessage() + ")";
        }
    }
}
