package io.ristflow.service.bench;

import io.ristflow.service.cli.BenchOptions;
import java.util.List;

/** Somebody's two ends, as command lines. All ports are on 127.0.0.1. */
public interface Contender {
    String who();

    /** As the program itself tells it, for the record. */
    String version();

    /** An end that takes datagrams on {@code mediaPort} and sends them by RIST to {@code ristPort}. */
    List<String> sender(Link link, int mediaPort, int ristPort);

    /** An end that listens for RIST on {@code ristPort} (Simple: and the next one) and sends what it delivers to {@code mediaPort}. */
    List<String> receiver(Link link, int ristPort, int mediaPort);

    /**
     * What both ends of a link agree on.
     *
     * @param bandwidthKbps ceiling of media and repetitions together
     * @param secret empty: in the clear; good for this run alone
     */
    record Link(BenchOptions.Row row, int bufferMs, int bandwidthKbps, String secret) {
        /** Parameters of a rist:// URL, in names that we and librist share. */
        String parameters() {
            String shared = "?buffer=" + bufferMs + "&bandwidth=" + bandwidthKbps;
            return secret.isEmpty() ? shared : shared + "&aes-type=" + row.aesBits() + "&secret=" + secret;
        }
    }
}
