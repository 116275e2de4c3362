package io.ristflow.service.media;

import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How media gets its sockets: the runtime opens them on the flow's loop. */
@FunctionalInterface
public interface PortOpener {
    /**
     * @param bind where to listen, port 0 for the system's choice
     * @param connectOrNull the one peer of an output, or null
     * @param multicastGroupOrNull the group to join, or null; {@code network.sources()} narrows it to some senders
     * @throws RuntimeException with one line for people if the port cannot be opened
     */
    DatagramPort open(InetSocketAddress bind, InetSocketAddress connectOrNull, Endpoint.Network network, InetAddress multicastGroupOrNull,
            int receiveBufferBytes, int sendBufferBytes);

    /** Sends what is queued and closes. Called from whatever thread closes the input or output: who binds ports to loops hops there. */
    default void close(DatagramPort port) {
        port.flush();
        port.close();
    }
}
