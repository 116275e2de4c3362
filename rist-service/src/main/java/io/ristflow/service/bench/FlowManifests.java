package io.ristflow.service.bench;

import io.ristflow.core.config.Profile;
import io.ristflow.service.bench.Contender.Link;
import io.ristflow.service.bench.Contender.Wire;
import java.util.List;

/** RistFlow manifests of many flows that differ in their ports alone: what one process of ours is told to run. */
final class FlowManifests {
    private FlowManifests() {}

    static String senders(Link link, List<Wire> wires) {
        return secret(link) + sendingFlows(link, wires);
    }

    static String receivers(Link link, List<Wire> wires, int mediaPort) {
        return secret(link) + receivingFlows(link, wires, mediaPort);
    }

    /** Both ends in one process: the receiving ones first, so that nobody calls in vain. */
    static String both(Link link, List<Wire> wires, int mediaPort) {
        return secret(link) + receivingFlows(link, wires, mediaPort) + sendingFlows(link, wires);
    }

    private static String sendingFlows(Link link, List<Wire> wires) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < wires.size(); i++) {
            Wire wire = wires.get(i);
            yaml.append(flow("out-" + i, "{name: media, udp: {host: 127.0.0.1, port: " + wire.mediaPort() + "}}", rist(link, "connect", wire.targetPort())));
        }
        return yaml.toString();
    }

    private static String receivingFlows(Link link, List<Wire> wires, int mediaPort) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < wires.size(); i++) {
            yaml.append(flow("in-" + i, rist(link, "listen", wires.get(i).listenPort()), "{name: media, udp: {host: 127.0.0.1, port: " + mediaPort + "}}"));
        }
        return yaml.toString();
    }

    private static String flow(String name, String input, String output) {
        return """
                ---
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: %s}
                spec:
                  inputs:
                  - %s
                  outputs:
                  - %s
                """.formatted(name, input, output);
    }

    private static String rist(Link link, String side, int port) {
        String encryption = link.secret().isEmpty() ? "" : ", encryption: {secretRef: {name: bench}, aesBits: " + link.row().aesBits() + "}";
        return "{name: rist, rist: {profile: " + profile(link.row().profile()) + ", paths: [{name: path, " + side + ": {host: 127.0.0.1, port: " + port + "}}], recovery: {bufferMs: " + link.bufferMs() + ", maxBitrateKbps: "
                + link.bandwidthKbps() + "}" + encryption + "}}";
    }

    private static String profile(Profile profile) {
        return switch (profile) {
            case SIMPLE -> "Simple";
            case MAIN -> "Main";
            case ADVANCED, AUTO -> "Advanced";
        };
    }

    private static String secret(Link link) {
        if (link.secret().isEmpty()) return "";
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: bench}
                stringData: {passphrase: "%s"}
                """.formatted(link.secret());
    }
}
