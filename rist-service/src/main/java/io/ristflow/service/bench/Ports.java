package io.ristflow.service.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for many flows at once. The system gives ends that call any port of its range for such things, so ports that are to be opened a second later lie below that. */
final class Ports {
    private static final int LOWEST = 10_000;
    private static final int RANGE_LOWEST = 32_768;
    private static final int LEAST_ROOM = 4_096;

    private Ports() {}

    /**
     * Even ports of the loopback interface whose odd neighbours are free as well, as the Simple profile needs them; none twice.
     *
     * @throws IllegalStateException one line, if there are not as many
     */
    static List<Integer> even(int count) {
        int above = above(range());
        int places = (above - LOWEST) / 2;
        int first = ThreadLocalRandom.current().nextInt(places);
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < places && ports.size() < count; i++) {
            int port = LOWEST + (first + i) % places * 2;
            if (free(port) && free(port + 1)) ports.add(port);
        }
        if (ports.size() < count) throw new IllegalStateException("only " + ports.size() + " of " + count + " pairs of ports are free between " + LOWEST + " and " + above + "; stop something that uses many ports");
        return ports;
    }

    private static boolean free(int port) {
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static String range() {
        try {
            return Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
        } catch (IOException e) {
            return "";
        }
    }

    /** The first port that the system gives by itself, of a text such as {@code 32768 60999}; its usual one where that leaves no room or is not told. */
    static int above(String range) {
        String first = range.strip().split("\\s+")[0];
        int above = first.matches("\\d{1,5}") ? Integer.parseInt(first) : RANGE_LOWEST;
        return above < LOWEST + LEAST_ROOM ? RANGE_LOWEST : Math.min(above, 65_534);
    }
}
