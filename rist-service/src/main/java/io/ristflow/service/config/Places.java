package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.RistUrl;
import io.ristflow.core.config.RistUrls;
import io.ristflow.core.config.UrlParts;
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

    /** Null where neither is given. */
    Endpoint.OutOfBand outOfBand(RistUrl url) {
        if (url.outOfBandTo().isEmpty() && url.outOfBandFrom().isEmpty()) return null;
        if (url.profile() == Profile.SIMPLE) {
            throw new ConfigException(url.outOfBandTo().isEmpty() ? "oob-from" : "oob-to", "the Simple profile has no tunnel for datagrams beside the media; take profile=main");
        }
        InetSocketAddress to = null;
        InetSocketAddress from = null;
        if (!url.outOfBandTo().isEmpty()) {
            UrlParts parts = authority("oob-to", url.outOfBandTo());
            if (parts.host().isEmpty()) throw new ConfigException("oob-to", "a host is missing; write oob-to=127.0.0.1:" + parts.port());
            to = remote("oob-to", parts.host(), parts.port());
        }
        if (!url.outOfBandFrom().isEmpty()) {
            String text = url.outOfBandFrom();
            // Without a host this machine alone: what comes in here goes on to the peer
            UrlParts parts = authority("oob-from", text.indexOf(':') < 0 ? "127.0.0.1:" + text : text);
            from = bind("oob-from", parts.host(), parts.port());
        }
        return new Endpoint.OutOfBand(to, from, etherType("oob-type", url.outOfBandType()));
    }

    /** {@code host:port}, read as in a URL but with messages that name the field. */
    private static UrlParts authority(String field, String text) {
        try {
            if (text.indexOf('?') >= 0) throw new ConfigException("host", UrlParts.shown(text) + " has parameters; write host:port");
            return UrlParts.parse("udp", "udp://" + text, List.of());
        } catch (ConfigException e) {
            throw new ConfigException(field, e.getMessage().replace("udp://", ""));
        }
    }

    /** Decimal or 0x…; not one of RIST's own (TR-06-2 §5.2). */
    static int etherType(String field, String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        String digits = hex ? text.substring(2) : text;
        boolean good = !digits.isEmpty() && digits.length() <= 8 && digits.chars().allMatch(c -> c < 128 && Character.digit(c, hex ? 16 : 10) >= 0);
        long type = good ? Long.parseLong(digits, hex ? 16 : 10) : -1;
        if (type < 0x0600 || type > 0xFFFF) throw new ConfigException(field, UrlParts.shown(text) + " is not an EtherType in 0x0600..0xFFFF, such as 0x0800");
        if (type == 0x88B5 || type == 0x88B6 || type == 0x888E || type == 0xCCE0) {
            throw new ConfigException(field, UrlParts.shown(text) + " is RIST's own; take 0x0800 or one that is in nobody's use");
        }
        return (int) type;
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
