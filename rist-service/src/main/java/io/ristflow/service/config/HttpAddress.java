package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.UrlParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where health, metrics and REST answer.
 *
 * @param explicit the user asked for this very address: it is not exchanged for another one
 */
public record HttpAddress(String host, int port, boolean explicit) {
    public static final HttpAddress DEFAULT = new HttpAddress("127.0.0.1", 8968, false);

    /** @param text {@code PORT}, {@code HOST:PORT}, {@code [IPv6]:PORT}; port 0: any that is free */
    public static HttpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? DEFAULT.host : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new ConfigException("--http", "an IPv6 address stands in brackets: [::1]:" + DEFAULT.port);
        }
        if (host.isEmpty()) {
            throw new ConfigException("--http",
                    "a host is missing before the colon; write PORT, 127.0.0.1:PORT, or 0.0.0.0:PORT for every address");
        }
        if (!bracketed) UrlParts.checkHost("--http", host);
        int port = (int) UrlParts.wholeNumber("--http", text.substring(colon + 1), 0, 65_535, "");
        return new HttpAddress(bracketed ? host.substring(1, host.length() - 1) : host, port, true);
    }

    /**
     * The address to take: itself when it was asked for (whether it is free shows when it is bound), else itself or, where another process has
     * the port, the same host with a free
     * port. The free port is the system's choice of this moment.
     */
    public HttpAddress available() {
        if (explicit || isFree(port)) return this;
        return new HttpAddress(host, freePort(), false);
    }

    private boolean isFree(int candidate) {
        return obstacle(candidate) == null;
    }

    /**
     * Why an address that was asked for cannot be had, in one line; null if it can. Asked before the host boots, whose own words for it ("bind(..) failed with error(-98)") help nobody.
     */
    public String obstacle() {
        IOException obstacle = obstacle(port);
        return obstacle == null ? null : refusal(obstacle.getMessage());
    }

    /** @param reason the system's */
    public String refusal(String reason) {
        String text = String.valueOf(reason);
        boolean inUse = text.contains("in use") || text.contains("(-98)");
        boolean stranger = text.contains("assign requested address") || text.contains("(-99)");
        String why = inUse ? " is in use by another program; choose another port (0: any that is free) or stop it"
                : stranger ? " is not an address of this machine; take 127.0.0.1, 0.0.0.0 for every address, or one that it has"
                : text.contains("ermission denied") ? " is a port that only root may take; choose one above 1023"
                : " cannot be bound: " + text.lines().findFirst().orElse("");
        return "--http: " + this + why;
    }

    private IOException obstacle(int candidate) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), candidate));
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ConfigException("--http", "no free port on " + host + "; give one by --http HOST:PORT, or --no-http");
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
