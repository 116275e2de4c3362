package io.ristflow.service.config;

import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** One end of a flow, resolved and validated: hosts are addresses, keys are read. {@code url} is how it is shown: without secrets. */
public sealed interface Endpoint {
    String url();

    /** Outputs: which flow of a RIST input they carry; 0 follows the first. */
    default int flowId() {
        return 0;
    }

    /**
     * A network interface and multicast settings of a socket.
     *
     * @param interfaceName null: the system's choice; checked to exist
     * @param ttl 0: the system's choice
     * @param sources source-specific multicast: addresses to accept, empty for any
     */
    record Network(String interfaceName, int ttl, List<java.net.InetAddress> sources) {
        public static final Network DEFAULT = new Network(null, 0, List.of());
    }

    /** One RIST path. {@code remote} is null for a listener, {@code local}'s port is 0 for a caller without local-port. Simple uses the next port too. */
    record RistPath(String name, InetSocketAddress local, InetSocketAddress remote, Network network, int weight, int recoveryPriority) {}

    /**
     * Datagrams beside the media, over UDP (TR-06-2 §5.4).
     *
     * @param to where those of the peer go, null: nowhere
     * @param from where those for the peer come in, null: none do
     * @param etherType what they are called in the tunnel, both ways
     */
    record OutOfBand(InetSocketAddress to, InetSocketAddress from, int etherType) {
        /** librist's, and the only one that its peers take. */
        public static final int DEFAULT_ETHER_TYPE = 0x0800;
    }

    /** RIST as input. {@code allowedSources}: networks in CIDR notation from which alone callers are taken, empty for any; {@code outOfBand} null: none. */
    record RistInput(String url, ReceiverConfig config, List<RistPath> paths, List<String> allowedSources, OutOfBand outOfBand) implements Endpoint {
        public RistInput(String url, ReceiverConfig config, List<RistPath> paths, List<String> allowedSources) {
            this(url, config, paths, allowedSources, null);
        }

        public RistInput(String url, ReceiverConfig config, List<RistPath> paths) {
            this(url, config, paths, List.of());
        }

        public SessionConfig session() {
            return config.session();
        }
    }

    /** RIST as output. {@code outOfBand} null: none; {@code webhook} null: no encoder is told its target rate by HTTP. The webhook's address may hold a secret. */
    record RistOutput(String url, SenderConfig config, List<RistPath> paths, OutOfBand outOfBand, java.net.URI webhook) implements Endpoint {
        public RistOutput(String url, SenderConfig config, List<RistPath> paths) {
            this(url, config, paths, null, null);
        }

        @Override
        public String toString() {
            return "RistOutput[" + url + "]";
        }

        public SessionConfig session() {
            return config.session();
        }
    }

    /** udp:// or rtp:// in or out; {@code address} is what to bind (input) or send to (output); a multicast address is joined. {@code flowId}: outputs only, 0 follows the first flow. */
    record Udp(String url, InetSocketAddress address, Network network, boolean rtp, int rtpPayloadType, int flowId) implements Endpoint {}

    /** A file; as input paced by its PCR, {@code loop} over and over. */
    record File(String url, Path path, boolean loop, int flowId) implements Endpoint {}

    /** Standard input or output. */
    record Pipe(String url, int flowId) implements Endpoint {}

    /** The built-in MPEG-TS test signal. {@code packetBytes} 188..1316, a multiple of 188. */
    record TestSignal(String url, double mbps, int packetBytes, double nullShare) implements Endpoint {}

    /** Counts and forgets. */
    record Null(String url) implements Endpoint {}

    /** Checks the built-in test signal that comes: continuity, running numbers, checksums, latency. Outputs only. */
    record Check(String url) implements Endpoint {}
}
