package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Somebody's ends, as command lines. All ports are on 127.0.0.1. */
public interface Contender {
    String who();

    /** As the program itself tells it, for the record. */
    String version();

    /**
     * Ends that take datagrams at each wire's media port and send them by RIST to its target: one process for all of them, or one each; none if the receiving ends' process has them.
     *
     * @param folder for files that the processes read
     */
    List<List<String>> senders(Link link, List<Wire> wires, Path folder) throws IOException;

    /** Ends that listen for RIST at each wire's listen port (Simple: and the next one) and send what they deliver to {@code mediaPort}. */
    List<List<String>> receivers(Link link, List<Wire> wires, int mediaPort, Path folder) throws IOException;

    /**
     * One receiving end whose start can be timed, as it answers for its health at {@code http://127.0.0.1:httpPort/q/health/ready}.
     *
     * @param cached with the ahead-of-time cache that this process was started with
     * @return empty if there is no such thing
     */
    default Optional<List<String>> timedStart(int listenPort, int mediaPort, int httpPort, boolean cached) {
        return Optional.empty();
    }

    /**
     * What both ends of a link agree on.
     *
     * @param bandwidthKbps ceiling of media and repetitions together
     * @param secret empty: in the clear; good for this run alone
     * @param together both ends in one process, whose commands {@link #receivers} gives, where the contender can do that
     */
    record Link(BenchOptions.Row row, int bufferMs, int bandwidthKbps, String secret, boolean together) {
        /** Parameters of a rist:// URL, in names that we and librist share. */
        String parameters() {
            String shared = "?buffer=" + bufferMs + "&bandwidth=" + bandwidthKbps;
            return secret.isEmpty() ? shared : shared + "&aes-type=" + row.aesBits() + "&secret=" + secret;
        }
    }

    /**
     * The ports of one flow.
     *
     * @param mediaPort where the sending end takes the signal
     * @param listenPort of the receiving end; {@code targetPort} what the sending end is told: the same, or a bad path before it
     */
    record Wire(int mediaPort, int targetPort, int listenPort) {}
}
