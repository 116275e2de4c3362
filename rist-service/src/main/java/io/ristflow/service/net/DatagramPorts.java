package io.ristflow.service.net;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Opens ports: batched where Vert.x runs on epoll and the C library can be called, portable elsewhere. {@code -Dristflow.transport=portable} asks for the portable one,
 * {@code -Dristflow.transport=batched} refuses to start without the batched one.
 */
public final class DatagramPorts {
    static final String PROPERTY = "ristflow.transport";

    /** @param reason why it is this one, for logs and health */
    public record Transport(boolean batched, String name, String reason) {}

    private DatagramPorts() {}

    /**
     * Opens a port that belongs to a context's event loop. On that loop it does not wait; from elsewhere it waits for the loop to bind the socket.
     *
     * @throws PortException one line for people: what is wrong with which value, and what to do
     */
    public static DatagramPort open(Vertx vertx, Context loop, PortOptions options) {
        if (options.interfaceName() != null) SocketSetup.networkInterface(options.interfaceName());
        return transport(vertx).batched() ? EpollDatagramPort.open(vertx, loop, options) : VertxDatagramPort.open(vertx, loop, options);
    }

    /** Which kind of port this process opens, and why. */
    public static Transport transport(Vertx vertx) {
        String asked = System.getProperty(PROPERTY, "auto");
        if (!asked.equals("auto") && !asked.equals("batched") && !asked.equals("portable")) {
            throw new PortException("transport: -D" + PROPERTY + "=" + asked + " is not one of auto, batched, portable");
        }
        if (asked.equals("portable")) return portable("asked for by -D" + PROPERTY + "=portable");
        String obstacle = obstacle(vertx);
        if (obstacle == null) return new Transport(true, "epoll", "epoll, recvmmsg and sendmmsg are in use");
        if (asked.equals("batched")) throw new PortException("transport: -D" + PROPERTY + "=batched cannot be had: " + obstacle);
        return portable(obstacle);
    }

    private static Transport portable(String reason) {
        return new Transport(false, "portable", reason);
    }

    private static String obstacle(Vertx vertx) {
        if (Syscalls.UNAVAILABLE != null) return Syscalls.UNAVAILABLE;
        if (VertxInternals.isEpoll(vertx)) return null;
        Throwable cause = vertx.unavailableNativeTransportCause();
        return "Vert.x does not use epoll" + (cause == null ? "; set quarkus.vertx.prefer-native-transport=true" : ": " + cause.getMessage() + " (is the temporary folder mounted noexec?)");
    }
}
