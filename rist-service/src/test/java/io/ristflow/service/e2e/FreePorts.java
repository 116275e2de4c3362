package io.ristflow.service.e2e;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports to name on a command line: below those that the system gives away by itself, each given once per run. */
final class FreePorts {
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(5_500, 12_000) * 2);

    private FreePorts() {}

    /** Waits until some program has the UDP port. Asked of the kernel, as a try to bind it might take it from that very program. */
    static void awaitBound(int port) throws IOException, InterruptedException {
        String local = String.format(":%04X ", port);
        for (int attempt = 0; attempt < 200; attempt++) {
            for (String table : new String[] {"/proc/net/udp", "/proc/net/udp6"}) {
                if (Files.exists(Path.of(table)) && Files.readString(Path.of(table)).contains(local)) return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nobody listens on UDP port " + port);
    }

    /** An even UDP port whose neighbour is free as well, on every address. */
    static int udpPair() {
        while (true) {
            int port = NEXT.getAndAdd(2);
            if (port > 31_000) throw new IllegalStateException("out of ports");
            try (DatagramSocket first = new DatagramSocket(port); DatagramSocket second = new DatagramSocket(port + 1)) {
                if (second.isBound()) return first.getLocalPort();
            } catch (IOException e) {
                // taken: the next pair
            }
        }
    }
}
