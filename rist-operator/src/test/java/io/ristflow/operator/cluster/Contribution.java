package io.ristflow.operator.cluster;

import io.ristflow.operator.crd.v1alpha1.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A stream into the cluster from outside: numbered datagrams into librist's sender (0.2.20), and a bad network between it and the endpoint that a RistFlow's status tells. */
final class Contribution implements AutoCloseable {
    /** How librist's tools number the profiles. */
    enum Profile { SIMPLE, MAIN, ADVANCED }

    /**
     * What the sender and its network are like.
     *
     * @param parameters of librist's URL, such as {@code secret=x&aes-type=256}
     * @param delayMs one way
     */
    record Manners(Profile profile, String parameters, double mbps, long delayMs) {
        /** 2 Mb/s, 5 ms away. */
        static Manners of(Profile profile, String parameters) {
            return new Manners(profile, parameters, 2, 5);
        }
    }

    private static final long SEED = 20_261_101;

    private final LossyRelay relay;
    private final Program sender;
    private final StreamSource source;

    Contribution(Endpoint endpoint, Manners manners) {
        this(endpoint.address(), endpoint.port(), manners);
    }

    Contribution(String address, int port, Manners manners) {
        int input = freePort();
        relay = new LossyRelay(new InetSocketAddress(address, port), manners.profile() == Profile.SIMPLE ? 2 : 1, manners.delayMs(), SEED);
        String more = manners.parameters().isEmpty() ? "" : "&" + manners.parameters();
        sender = new Program(List.of(Path.of(System.getenv("RIST_PEERS"), "sid", "ristsender").toString(), "-p", Integer.toString(manners.profile().ordinal()), "-v", "6", "-S", "0",
                "-i", "udp://@127.0.0.1:" + input, "-o", "rist://127.0.0.1:" + relay.port() + "?buffer=1000" + more));
        source = new StreamSource(input, manners.mbps());
    }

    static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StreamSource source() {
        return source;
    }

    LossyRelay relay() {
        return relay;
    }

    /** What librist said, for the message of a failure. */
    String log() {
        return sender.output();
    }

    @Override
    public void close() {
        source.close();
        sender.close();
        relay.close();
    }
}
