package io.ristflow.operator.text;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Hosts and networks as people write them. Nothing is looked up. */
public final class Hosts {
    private static final Pattern LABELS = Pattern.compile("([A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?\\.)*[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?\\.?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^:\\[\\]]*:[0-9]+|\\[.*]:[0-9]+");

    private Hosts() {}

    /** What is wrong with a host; null: nothing. */
    public static String problem(String host) {
        String shown = Texts.shown(host);
        if (host.contains("://")) return shown + " is a URL; give its host here and its port in port";
        if (HOST_AND_PORT.matcher(host).matches()) return shown + " has a port in it; give the host here and its port in port";
        if (host.indexOf(':') >= 0) return literal(bare(host)) == null ? shown + " is not an IPv6 address such as 2001:db8::1" : null;
        if (host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) return ipv4(host) ? null : shown + " is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1";
        if (!LABELS.matcher(host).matches()) return shown + " is not a host: only letters, digits, dots and hyphens are allowed (an international name in its xn-- form)";
        return null;
    }

    /** What is wrong with a network in CIDR notation; null: nothing. */
    public static String networkProblem(String network) {
        int slash = network.indexOf('/');
        InetAddress address = slash < 0 ? null : literal(network.substring(0, slash));
        boolean good = address != null && (network.indexOf(':') >= 0 || ipv4(network.substring(0, slash)));
        if (!good) return Texts.shown(network) + " is not a network such as 198.51.100.0/24 or 2001:db8::/32";
        int most = network.indexOf(':') >= 0 ? 128 : 32;
        String bits = network.substring(slash + 1);
        return bits.isEmpty() || bits.length() > 3 || Integer.parseInt(bits) > most ? bits + " bits is not in 0.." + most + " bits" : null;
    }

    /** Only the pod itself reaches what binds it. */
    public static boolean isLoopback(String host) {
        InetAddress address = literal(bare(host));
        return host.equalsIgnoreCase("localhost") || address != null && address.isLoopbackAddress();
    }

    /** Every address: nothing can be sent there. */
    public static boolean isAny(String host) {
        InetAddress address = literal(bare(host));
        return address != null && address.isAnyLocalAddress();
    }

    public static boolean isMulticast(String host) {
        InetAddress address = literal(bare(host));
        return address != null && address.isMulticastAddress();
    }

    /** An address in digits, not a name. */
    public static boolean isAddress(String host) {
        return literal(bare(host)) != null;
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static InetAddress literal(String host) {
        try {
            // Which interface a zone names is known on the node alone.
            int zone = host.indexOf('%');
            return InetAddress.ofLiteral(zone > 0 && host.indexOf(':') >= 0 ? host.substring(0, zone) : host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean ipv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) return false;
        for (String part : parts) if (part.isEmpty() || part.length() > 3 || Integer.parseInt(part) > 255) return false;
        return true;
    }
}
