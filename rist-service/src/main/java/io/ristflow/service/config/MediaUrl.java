package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.RistParameter;
import io.ristflow.core.config.UrlParts;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The URLs that are not RIST: {@code udp:// rtp:// file: pipe: - test: null:}. */
final class MediaUrl {
    static final List<String> INPUT_SCHEMES = List.of("rist://", "udp://", "rtp://", "file:", "pipe:", "-", "test:");
    static final List<String> OUTPUT_SCHEMES = List.of("rist://", "udp://", "rtp://", "file:", "pipe:", "-", "null:");
    static final int DEFAULT_RTP_PAYLOAD_TYPE = 33;
    static final double DEFAULT_TEST_MBPS = 10;
    static final int DEFAULT_TEST_PACKET_BYTES = 1316;

    private static final Map<String, String> ELSEWHERE = Map.of(
            "srt", "SRT is not spoken here; have the other end use rist://, or put a converter between that speaks udp:// to this one",
            "rtmp", "RTMP is not spoken here; have the encoder send MPEG-TS by rist:// (OBS and FFmpeg can)",
            "rtsp", "RTSP is not spoken here; have FFmpeg fetch it and send MPEG-TS by udp:// to this one",
            "http", "HTTP is not spoken here; have FFmpeg fetch it and send MPEG-TS by udp:// to this one",
            "https", "HTTP is not spoken here; have FFmpeg fetch it and send MPEG-TS by udp:// to this one",
            "tcp", "media over TCP is not spoken here; take udp://, rtp:// or rist://");

    private final Places places;
    private final boolean input;

    MediaUrl(Places places, boolean input) {
        this.places = places;
        this.input = input;
    }

    Endpoint parse(String text) {
        if (text.equals("-")) return new Endpoint.Pipe("-", 0);
        String scheme = text.indexOf(':') < 0 ? "" : text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT);
        boolean authority = text.startsWith("://", scheme.length());
        return switch (scheme) {
            case "udp", "rtp" -> {
                if (!authority) {
                    throw new ConfigException("url", "after " + scheme + ": two slashes are missing; write " + scheme + "://host:port");
                }
                yield socket(scheme, text);
            }
            case "file" -> file(text);
            case "pipe" -> pipe(text);
            case "test" -> test(text);
            case "null" -> nothing(text);
            default -> throw unknown(scheme, text);
        };
    }

    private ConfigException unknown(String scheme, String text) {
        if (ELSEWHERE.containsKey(scheme)) return new ConfigException("url", ELSEWHERE.get(scheme));
        List<String> known = input ? INPUT_SCHEMES : OUTPUT_SCHEMES;
        if (scheme.isEmpty()) {
            return new ConfigException("url", "no scheme; known: " + String.join(", ", known) + " (a file is written file:"
                    + (text.indexOf('?') < 0 ? UrlParts.shown(text) : "PATH") + ")");
        }
        return new ConfigException("url", UrlParts.shown(scheme) + " is not a known scheme; known: " + String.join(", ", known));
    }

    private Endpoint socket(String scheme, String text) {
        boolean rtp = scheme.equals("rtp");
        List<String> keys = new ArrayList<>(List.of("miface", "ttl"));
        if (input) keys.add("source");
        else keys.add("flow-id");
        if (rtp) keys.add("rtp-ptype");
        UrlParts parts = UrlParts.parse(scheme, text, keys);
        Map<String, String> given = parts.parameters();
        if (!input && parts.at()) throw new ConfigException("host", "an @ listens, but an output sends; write " + scheme + "://host:port");
        if (!input && parts.host().isEmpty()) throw new ConfigException("host", "missing; write " + scheme + "://host:" + parts.port());
        InetSocketAddress address = input ? places.bind("host", parts.host(), parts.port()) : places.remote("host", parts.host(), parts.port());
        int ttl = (int) number(given, "ttl", 0, 255, 0);
        int payloadType = (int) number(given, "rtp-ptype", 0, 127, DEFAULT_RTP_PAYLOAD_TYPE);
        List<String> sources = given.getOrDefault("source", "").isEmpty() ? List.of() : List.of(given.get("source").split(",", -1));
        Endpoint.Network network = places.network("miface", given.getOrDefault("miface", ""), ttl, sources, address.getAddress());
        return new Endpoint.Udp(scheme + "://" + parts, address, network, rtp, payloadType, flowId(given));
    }

    private Endpoint file(String text) {
        String rest = text.substring("file:".length());
        int question = rest.indexOf('?');
        String name = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> given = UrlParts.query("file:", question < 0 ? "" : rest.substring(question + 1), input ? List.of("loop")
                : List.of("flow-id"));
        if (name.startsWith("//")) {
            if (!name.startsWith("///")) throw new ConfigException("file", "a host is not part of file://; write file:PATH or file:///PATH");
            name = decoded(name.substring(2));
        }
        if (name.isEmpty()) throw new ConfigException("file", "no path; write file:PATH");
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new ConfigException("file", UrlParts.shown(name) + " is not a path");
        }
        if (Files.isDirectory(path)) throw new ConfigException("file", UrlParts.shown(name) + " is a directory; name a file in it");
        if (input && !Files.exists(path)) throw new ConfigException("file", UrlParts.shown(name) + " is not there");
        if (input && !Files.isReadable(path)) throw new ConfigException("file", UrlParts.shown(name) + " may not be read by this user");
        Path folder = path.toAbsolutePath().getParent();
        if (!input && (folder == null || !Files.isDirectory(folder))) {
            throw new ConfigException("file", "the directory " + UrlParts.shown(String.valueOf(folder)) + " is not there; make it first");
        }
        if (!input && !Files.isWritable(Files.exists(path) ? path : folder)) {
            throw new ConfigException("file", UrlParts.shown(name) + " may not be written by this user");
        }
        return new Endpoint.File("file:" + name + UrlParts.redactedQuery(given), path, flag(given, "loop"), flowId(given));
    }

    /** RFC 8089: the path of a file:// URL is percent-encoded; that of a bare {@code file:} is what the shell gave. */
    private static String decoded(String path) {
        return UrlParts.query("file:", "path=" + path.replace("&", "%26"), List.of("path")).get("path");
    }

    private Endpoint pipe(String text) {
        Map<String, String> given = after(text, "pipe:", input ? List.of() : List.of("flow-id"));
        return new Endpoint.Pipe("pipe:" + UrlParts.redactedQuery(given), flowId(given));
    }

    private Endpoint test(String text) {
        if (!input) throw new ConfigException("url", "test: is an input; to throw media away take null:");
        Map<String, String> given = after(text, "test:", List.of("mbps", "packet-bytes", "null-share"));
        int bytes = (int) number(given, "packet-bytes", 188, 1316, DEFAULT_TEST_PACKET_BYTES);
        if (bytes % 188 != 0) throw new ConfigException("packet-bytes", bytes + " bytes are not a multiple of 188; take 188, 376, … 1316");
        return new Endpoint.TestSignal("test:" + UrlParts.redactedQuery(given), decimal(given, "mbps", 0.05, 1000, DEFAULT_TEST_MBPS), bytes,
                decimal(given, "null-share", 0, 0.95, 0));
    }

    private Endpoint nothing(String text) {
        if (input) throw new ConfigException("url", "null: is an output; for a signal out of nothing take test:");
        after(text, "null:", List.of());
        return new Endpoint.Null("null:");
    }

    private static Map<String, String> after(String text, String scheme, List<String> keys) {
        String rest = text.substring(scheme.length());
        if (!rest.isEmpty() && !rest.startsWith("?")) {
            throw new ConfigException("url", UrlParts.shown(rest.indexOf('?') < 0 ? rest : rest.substring(0, rest.indexOf('?'))) + " after "
                    + scheme + " means nothing; write " + scheme + (keys.isEmpty() ? "" : " or " + scheme + "?" + keys.getFirst() + "=…"));
        }
        return UrlParts.query(scheme, rest.isEmpty() ? "" : rest.substring(1), keys);
    }

    private static int flowId(Map<String, String> given) {
        return given.containsKey("flow-id") ? RistParameter.flowId("flow-id", given.get("flow-id")) : 0;
    }

    private static boolean flag(Map<String, String> given, String key) {
        return number(given, key, 0, 1, 0) == 1;
    }

    private static long number(Map<String, String> given, String key, long min, long max, long otherwise) {
        return given.containsKey(key) ? UrlParts.wholeNumber(key, given.get(key), min, max, "") : otherwise;
    }

    private static double decimal(Map<String, String> given, String key, double min, double max, double otherwise) {
        return given.containsKey(key) ? Decimals.parse(key, given.get(key), min, max) : otherwise;
    }
}
