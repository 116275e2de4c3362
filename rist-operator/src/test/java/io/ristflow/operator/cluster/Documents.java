package io.ristflow.operator.cluster;

/** RistFlows as a user writes them. */
final class Documents {
    private Documents() {}

    /**
     * A flow of one RIST input, {@code main}.
     *
     * @param rist the input's settings, and {@code exposure} the exposure's, in YAML's flow style
     */
    static String flow(String name, String rist, String exposure, String... outputs) {
        return spec(name, """
                inputs: [{name: main, rist: %s}]
                outputs: [%s]
                exposure: %s
                maintenance: {drainSeconds: 0}
                """.formatted(rist, String.join(", ", outputs), exposure));
    }

    static String spec(String name, String spec) {
        return """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: %s}
                spec:
                """.formatted(name) + spec.indent(2);
    }

    /** An output to a checker on this machine. */
    static String udp(String name, Cluster cluster, StreamCheck check) {
        return udp(name, cluster.nodeAddress(), check.port());
    }

    static String udp(String name, String host, int port) {
        return "{name: %s, udp: {host: %s, port: %d}}".formatted(name, host, port);
    }
}
