package io.ristflow.service.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface for ends that are about to start. */
public final class FreePorts {
    private FreePorts() {}

    /**
     * An even port whose neighbour is free as well, for either profile (Simple has its control port there).
     *
     * @throws IllegalStateException if none can be found
     */
    public static InetSocketAddress pair() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000) * 2;
            try (DatagramSocket media = new DatagramSocket(port, loopback); DatagramSocket control = new DatagramSocket(port + 1, loopback)) {
                return new InetSocketAddress(loopback, media.getLocalPort());
            } catch (IOException e) {
                // taken: the next one
            }
        }
        throw new IllegalStateException("no two neighbouring ports are free on the loopback interface; stop something that uses many ports");
    }
}
