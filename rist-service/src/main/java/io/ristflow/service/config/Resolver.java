package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** What only this machine knows: the addresses behind names, and its network interfaces. Asked once, while a flow is read; never later. */
public interface Resolver {
    Resolver SYSTEM = new Resolver() {
        @Override
        public InetAddress lookUp(String host) throws UnknownHostException {
            return InetAddress.getByName(host);
        }

        @Override
        public List<String> interfaces() {
            try {
                return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().toList();
            } catch (SocketException e) {
                return List.of();
            }
        }
    };

    InetAddress lookUp(String host) throws IOException;

    List<String> interfaces();

    /** @param field the setting that a refusal names; {@code host} a name, an IPv4 address or an IPv6 address without brackets */
    default InetAddress resolve(String field, String host) {
        try {
            return lookUp(host);
        } catch (IOException e) {
            throw new ConfigException(field, host + " cannot be resolved to an address; check its spelling, or write the IP address");
        }
    }

    /** @return the name, or null for an empty one: the system's choice */
    default String checkInterface(String field, String name) {
        if (name == null || name.isEmpty()) return null;
        List<String> there = interfaces();
        if (!there.contains(name)) throw new ConfigException(field, name + " is not there; this machine has " + String.join(", ", there));
        return name;
    }

    /** All addresses, in the family of {@code like}. */
    static InetAddress any(InetAddress like) {
        try {
            return InetAddress.getByAddress(new byte[like instanceof Inet6Address ? 16 : 4]);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 and 4 are lengths of addresses", e);
        }
    }

    static InetAddress anyIpv4() {
        return any(InetAddress.ofLiteral("0.0.0.0"));
    }
}
