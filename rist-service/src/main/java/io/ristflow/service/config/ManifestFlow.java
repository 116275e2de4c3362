package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.AdvancedConfig;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.CongestionControl;
import io.ristflow.core.config.MergeMode;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.core.config.SplitMode;
import io.ristflow.core.config.Timing;
import io.ristflow.core.config.UrlParts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The spec of one RistFlow, valid by schema and rules and with its defaults, into a flow. */
final class ManifestFlow {
    private final String name;
    private final JsonNode spec;
    private final ManifestKeys keys;
    private final Places places;
    private final ManifestSides sides;
    private final List<String> notices;

    ManifestFlow(String name, JsonNode spec, ManifestKeys keys, Resolver resolver, List<String> notices) {
        this.name = name;
        this.spec = spec;
        this.keys = keys;
        this.places = new Places(resolver);
        sides = new ManifestSides(keys, places);
        this.notices = notices;
    }

    FlowSpec read() {
        for (String field : List.of("exposure", "placement", "maintenance", "pod")) {
            if (spec.has(field)) notices.add("flow " + name + ": spec." + field + " is for Kubernetes and ignored here");
        }
        List<FlowSpec.Named> inputs = new ArrayList<>();
        List<FlowSpec.Named> outputs = new ArrayList<>();
        for (int i = 0; i < spec.get("inputs").size(); i++) inputs.add(named(spec.get("inputs").get(i), "spec.inputs[" + i + "]", true));
        for (int i = 0; i < spec.get("outputs").size(); i++) outputs.add(named(spec.get("outputs").get(i), "spec.outputs[" + i + "]", false));
        FlowSpec flow = new FlowSpec(name, inputs, outputs, spec.has("inputPolicy") ? inputPolicy(spec.get("inputPolicy")) : null);
        FlowSpecs.checkClashes(flow);
        return flow;
    }

    private static InputPolicy inputPolicy(JsonNode node) {
        InputPolicy.Mode mode = InputPolicy.Mode.valueOf(node.get("mode").asText().toUpperCase(Locale.ROOT));
        return new InputPolicy(mode, node.get("silenceMs").asInt(), node.has("preferred") ? node.get("preferred").asText() : null, node.get("returnAfterMs").asInt(), node.get("skewMs").asInt());
    }

    private FlowSpec.Named named(JsonNode node, String path, boolean input) {
        Endpoint endpoint;
        if (node.has("rist")) endpoint = rist(node.get("rist"), path + ".rist", new EndRef(input ? EndRef.Side.INPUT : EndRef.Side.OUTPUT, node.get("name").asText()));
        else if (node.has("udp")) endpoint = udp(node.get("udp"), path + ".udp", input, false);
        else if (node.has("rtp")) endpoint = udp(node.get("rtp"), path + ".rtp", input, true);
        else endpoint = test(node.get("testSignal"));
        return new FlowSpec.Named(node.get("name").asText(), endpoint);
    }

    private Endpoint udp(JsonNode node, String path, boolean input, boolean rtp) {
        String host = host(node, path + ".host");
        int port = node.get("port").asInt();
        InetSocketAddress address = input ? places.bind(path + ".host", host, port) : places.remote(path + ".host", host, port);
        Endpoint.Network network = places.network(path + ".interface", node.path("interface").asText(""), node.path("ttl").asInt(0),
                List.of(), address.getAddress());
        String url = (rtp ? "rtp://" : "udp://") + new UrlParts(input, host, port, Map.of());
        return new Endpoint.Udp(url, address, network, rtp, node.path("payloadType").asInt(MediaUrl.DEFAULT_RTP_PAYLOAD_TYPE), 0);
    }

    private static Endpoint test(JsonNode node) {
        double mbps = node.get("bitrateKbps").asInt() / 1000.0;
        return new Endpoint.TestSignal("test:?mbps=" + mbps, mbps, node.get("packetBytes").asInt(), node.get("nullPercent").asInt() / 100.0);
    }

    static String host(JsonNode node, String field) {
        String host = node.path("host").asText("");
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') < 0) UrlParts.checkHost(field, bare);
        return bare;
    }

    private Endpoint rist(JsonNode node, String path, EndRef end) {
        boolean input = end.side() == EndRef.Side.INPUT;
        Profile profile = profile(node.get("profile").asText());
        AdvancedConfig advanced = new AdvancedConfig(node.path("compression").asBoolean(false), node.get("dialect").asText().equals("Strict"));
        JsonNode ways = node.get("paths");
        boolean listens = ways.get(0).has("listen");
        PskConfig psk = node.has("encryption") ? keys.read(node.get("encryption"), path + ".encryption", end) : null;
        List<Endpoint.RistPath> paths = new ArrayList<>();
        List<PathConfig> legs = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            String place = path + ".paths[" + i + "]";
            paths.add(path(ways.get(i), place));
            legs.add(leg(ways.get(i), place, ways.get(i).has("encryption") ? keys.read(ways.get(i).get("encryption"), place + ".encryption", end, ways.get(i).get("name").asText()) : null));
        }
        JsonNode kept = node.path("session");
        SessionConfig session = new SessionConfig(profile, listens ? Role.LISTENER : Role.CALLER, legs,
                recovery(node.path("recovery")), psk,
                kept.path("timeoutMs").asInt(SessionConfig.DEFAULT_SESSION_TIMEOUT_MS), kept.path("keepaliveIntervalMs").asInt(SessionConfig.DEFAULT_KEEPALIVE_INTERVAL_MS),
                kept.path("cname").asText(HostName.LOCAL), kept.path("virtDstPort").asInt(SessionConfig.DEFAULT_VIRT_DST_PORT))
                .with(advanced).withOneWay(node.get("oneWay").asBoolean());
        if (node.has("authentication")) session = session.withSrp(keys.login(node.get("authentication").get("srp"), path + ".authentication.srp"));
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) urls.add(url(ways.get(i), profile, legs.get(i).psk() == null ? psk : legs.get(i).psk()));
        String url = String.join(",", urls);
        Endpoint.OutOfBand outOfBand = node.has("outOfBand") ? sides.outOfBand(node.get("outOfBand"), path + ".outOfBand") : null;
        if (!input) {
            JsonNode adaptation = node.path("adaptation");
            SenderConfig config = sender(node, session).withAdaptation(ManifestSides.adaptation(adaptation));
            URI webhook = adaptation.has("webhook") ? sides.webhook(adaptation.get("webhook"), path + ".adaptation.webhook") : null;
            return new Endpoint.RistOutput(url, config, paths, outOfBand, webhook);
        }
        ReceiverConfig config = new ReceiverConfig(session, ReceiverConfig.NackType.valueOf(node.get("nackType").asText().toUpperCase(Locale.ROOT)), node.get("maxFlows").asInt(), merge(node)).withLinkReports(node.get("linkReports").asBoolean());
        return new Endpoint.RistInput(url, config, paths, allowedSources(node, path), outOfBand);
    }

    private static SenderConfig sender(JsonNode node, SessionConfig session) {
        boolean hold = !node.get("reflector").asBoolean() && !node.get("fastStart").asBoolean();
        return new SenderConfig(session, (int) node.path("flowId").asLong(0), node.get("nullPacketDeletion").asBoolean(), hold, split(node));
    }

    private static PathConfig leg(JsonNode way, String place, PskConfig own) {
        try {
            return new PathConfig(way.get("name").asText(), way.get("weight").asInt(), way.get("priority").asInt(), way.get("rttDropMs").asInt(), way.get("rttRestoreMs").asInt(),
                    way.get("rttDropSettleMs").asInt(), way.get("rttDropTrickle").asInt(), own);
        } catch (ConfigException e) {
            throw new ConfigException(place, e.getMessage());
        }
    }

    private static SplitMode split(JsonNode node) {
        String word = node.get("split").asText();
        return word.equals("Disabled") ? SplitMode.OFF : SplitMode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static MergeMode merge(JsonNode node) {
        String word = node.get("merge").asText();
        return word.equals("Disabled") ? MergeMode.OFF : MergeMode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Profile profile(String profile) {
        return switch (profile) {
            case "Simple" -> Profile.SIMPLE;
            case "Advanced" -> Profile.ADVANCED;
            case "Auto" -> Profile.AUTO;
            default -> Profile.MAIN;
        };
    }

    private static RecoveryConfig recovery(JsonNode node) {
        RecoveryConfig d = RecoveryConfig.DEFAULT;
        if (node.isMissingNode()) return d;
        int max = ManifestRules.bufferMaxMs(node);
        int min = node.path("bufferMinMs").asInt(max);
        int retries = node.get("maxRetries").asInt();
        return new RecoveryConfig(min, max, node.path("reorderMs").asInt(Math.min(d.reorderMs(), max)), node.get("rttMinMs").asInt(),
                node.get("rttMaxMs").asInt(), Math.min(d.minRetries(), retries), retries,
                node.get("maxBitrateKbps").asInt(), node.get("returnBitrateKbps").asInt(),
                        congestion(node.get("congestionControl").asText()),
                                Timing.valueOf(node.get("timing").asText().toUpperCase(Locale.ROOT)));
    }

    private static CongestionControl congestion(String word) {
        return switch (word) {
            case "Disabled" -> CongestionControl.OFF;
            case "Aggressive" -> CongestionControl.AGGRESSIVE;
            default -> CongestionControl.NORMAL;
        };
    }

    private Endpoint.RistPath path(JsonNode node, String path) {
        if (node.has("network")) notices.add("flow " + name + ": " + path + ".network is for Kubernetes and ignored here");
        boolean listens = node.has("listen");
        JsonNode end = node.get(listens ? "listen" : "connect");
        String field = path + (listens ? ".listen" : ".connect");
        if (!end.has("port")) {
            throw new ConfigException(field + ".port", "missing; only the operator allocates ports, here 1..65535 must be given");
        }
        int port = end.get("port").asInt();
        InetSocketAddress remote = listens ? null : places.remote(field + ".host", host(end, field + ".host"), port);
        InetSocketAddress local = listens ? places.bind(field + ".host", host(end, field + ".host"), port)
                : new InetSocketAddress(Resolver.any(remote.getAddress()), node.path("sourcePort").asInt(0));
        InetAddress place = listens ? local.getAddress() : remote.getAddress();
        Endpoint.Network network = places.network(path + ".interface", node.path("interface").asText(""), 0, List.of(), place);
        return new Endpoint.RistPath(node.get("name").asText(), local, remote, network, node.get("weight").asInt(),
                node.get("priority").asInt());
    }

    private static String url(JsonNode way, Profile profile, PskConfig psk) {
        boolean listens = way.has("listen");
        JsonNode end = way.get(listens ? "listen" : "connect");
        UrlParts parts = new UrlParts(listens, host(end, "host"), end.get("port").asInt(), Map.of());
        return "rist://" + parts.authority() + "?profile=" + profile.name().toLowerCase(Locale.ROOT)
                + (psk == null ? "" : "&secret=***" + (psk.oddPassphrase() == null ? "" : "&secret-odd=***") + (psk.oddInForce() ? "&secret-in-force=odd" : "") + "&aes-type=" + psk.aesBits());
    }

    private static List<String> allowedSources(JsonNode node, String path) {
        List<String> networks = new ArrayList<>();
        for (int i = 0; i < node.path("allowedSources").size(); i++) {
            String text = node.get("allowedSources").get(i).asText();
            String field = path + ".allowedSources[" + i + "]";
            int slash = text.indexOf('/');
            try {
                int bits = InetAddress.ofLiteral(text.substring(0, slash)).getAddress().length * 8;
                UrlParts.wholeNumber(field, text.substring(slash + 1), 0, bits, "bits");
            } catch (ConfigException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new ConfigException(field, UrlParts.shown(text) + " is not a network such as 198.51.100.0/24 or 2001:db8::/32");
            }
            networks.add(text);
        }
        return List.copyOf(networks);
    }
}
