package io.ristflow.service.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports to name on a command line: below those that the system gives away by itself, each given once per run. */
final class Ports {
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(5_500, 12_000) * 2);

    private Ports() {}

    /** An even port whose neighbour is free as well, as the Simple profile needs (TR-06-1 §5.1). */
    static int evenPair() {
        while (true) {
            int port = NEXT.getAndAdd(2);
            if (port > 31_000) throw new IllegalStateException("out of ports");
            try (DatagramSocket media = new DatagramSocket(port, InetAddress.getLoopbackAddress()); DatagramSocket control = new DatagramSocket(port + 1, InetAddress.getLoopbackAddress())) {
                if (control.isBound()) return media.getLocalPort();
            } catch (IOException e) {
                // taken: the next pair
            }
        }
    }
}
