package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.RistUrl;
import io.ristflow.core.config.RistUrls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Hosts, ports and interfaces, as written, into socket addresses. The one place where names become addresses. */
final class Places {
    private final Resolver resolver;

    Places(Resolver resolver) {
        this.resolver = resolver;
    }

    Resolver resolver() {
        return resolver;
    }

    /** An address to bind; an empty host is every IPv4 address (as in librist; {@code [::]} is every address of both families). */
    InetSocketAddress bind(String field, String host, int port) {
        return new InetSocketAddress(host.isEmpty() ? Resolver.anyIpv4() : resolver.resolve(field, host), port);
    }

    InetSocketAddress remote(String field, String host, int port) {
        InetAddress address = resolver.resolve(field, host);
        if (address.isAnyLocalAddress()) {
            throw new ConfigException(field, host + " is every address, to which nothing can be sent; write the one to send to");
        }
        return new InetSocketAddress(address, port);
    }

    /** @param group the address listened on: sources select among the senders of a multicast group */
    Endpoint.Network network(String interfaceField, String interfaceName, int ttl, List<String> sources, InetAddress group) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String source : sources) {
            if (source.isEmpty()) throw new ConfigException("source", "an empty address; write source=192.0.2.1 or source=192.0.2.1,192.0.2.2");
            if (!group.isMulticastAddress()) {
                throw new ConfigException("source", "selects senders of a multicast group, but " + group.getHostAddress()
                        + " is not one (224.0.0.0/4 or ff00::/8)");
            }
            InetAddress address = resolver.resolve("source", source);
            if (address.getClass() != group.getClass()) {
                throw new ConfigException("source", source + " and the group " + group.getHostAddress() + " are not both IPv4 or both IPv6");
            }
            addresses.add(address);
        }
        String name = resolver.checkInterface(interfaceField, interfaceName);
        return name == null && ttl == 0 && addresses.isEmpty() ? Endpoint.Network.DEFAULT
                : new Endpoint.Network(name, ttl, List.copyOf(addresses));
    }

    /** One for each URL, in their order. */
    List<Endpoint.RistPath> paths(RistUrls urls) {
        List<Endpoint.RistPath> paths = new ArrayList<>();
        for (RistUrl url : urls.paths()) paths.add(path(url, "path-" + (paths.size() + 1)));
        return List.copyOf(paths);
    }

    Endpoint.RistPath path(RistUrl url, String name) {
        InetSocketAddress remote = url.listen() ? null : remote("host", url.host(), url.port());
        InetSocketAddress local = url.listen() ? bind("host", url.host(), url.port())
                : new InetSocketAddress(Resolver.any(remote.getAddress()), url.localPort());
        InetAddress place = url.listen() ? local.getAddress() : remote.getAddress();
        if (!url.listen() && !url.sources().isEmpty()) {
            throw new ConfigException("source", "belongs to a listener on a multicast group; leave it out here");
        }
        return new Endpoint.RistPath(name, local, remote, network("miface", url.interfaceName(), url.ttl(), url.sources(), place),
                url.weight(), url.recoveryPriority());
    }
}
