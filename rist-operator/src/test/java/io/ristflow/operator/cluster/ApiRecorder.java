package io.ristflow.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Stands between a client and the API server, without TLS on the client's side, and notes what is asked, in the words of RBAC: {@code GROUP RESOURCE VERB}, the group empty for the core. Bytes pass as
 * they are, the client's token among them. A request can be held back while something else happens.
 */
final class ApiRecorder implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile("(?s)([A-Z]+) (\\S+) HTTP/1\\.1\r\n(.*)");
    private static final Pattern RESOURCE = Pattern.compile("/(?:api/v1|apis/([^/]+)/[^/]+)(?:/namespaces/[^/]+)?/([a-z]+)(?:/([^/?]+))?(?:/([a-z]+))?(?:\\?(.*))?");

    private final URI server;
    private final SSLContext tls;
    private final ServerSocket listener;
    private final Set<String> calls = new ConcurrentSkipListSet<>();
    private final Map<String, Runnable> first = new ConcurrentHashMap<>();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    ApiRecorder(Config config) {
        server = URI.create(config.getMasterUrl());
        try {
            tls = SSLUtils.sslContext(config);
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** All that was asked so far. */
    Set<String> calls() {
        return Set.copyOf(calls);
    }

    /** Does {@code action} before the next request of this kind is passed on, once. */
    void before(String call, Runnable action) {
        first.put(call, action);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket upstream = tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
                open.add(client);
                open.add(upstream);
                Thread.ofVirtual().start(() -> pass(client, upstream, new Requests()));
                Thread.ofVirtual().start(() -> pass(upstream, client, null));
            }
        } catch (IOException e) {
            // closed, or no API server: the client sees its connection refused or reset
        }
    }

    private void pass(Socket from, Socket to, Requests requests) {
        byte[] buffer = new byte[16_384];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (requests != null) requests.read(buffer, n);
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // one side went away; so does the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Finds the requests in what a client sends on one connection. */
    private final class Requests {
        private final StringBuilder head = new StringBuilder();
        private long body;
        private boolean upgraded;

        void read(byte[] bytes, int length) {
            for (int i = 0; i < length && !upgraded; i++) {
                if (body > 0) {
                    body--;
                    continue;
                }
                head.append((char) (bytes[i] & 0xFF));
                if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) note(head.toString());
            }
        }

        private void note(String request) {
            head.setLength(0);
            Matcher parts = HEAD.matcher(request);
            if (!parts.matches()) throw new IllegalStateException("no HTTP/1.1: " + request.lines().findFirst().orElse(""));
            String fields = parts.group(3).toLowerCase(java.util.Locale.ROOT);
            if (fields.contains("transfer-encoding:")) throw new IllegalStateException("a chunked request is not understood here: " + request.lines().findFirst().orElse(""));
            Matcher size = Pattern.compile("content-length: *(\\d+)").matcher(fields);
            body = size.find() ? Long.parseLong(size.group(1)) : 0;
            upgraded = fields.contains("upgrade: websocket");
            String call = call(parts.group(1), parts.group(2));
            if (call.isEmpty()) return;
            calls.add(call);
            Runnable action = first.remove(call);
            if (action != null) action.run();
            // server-side apply: the API server asks for create as well where nothing is there yet
            if (call.matches("[^/]* patch") && fields.contains("application/apply-patch+yaml")) calls.add(call.replaceAll("patch$", "create"));
        }
    }

    /** As RBAC has it; empty for what is no resource: discovery, versions, health. */
    static String call(String method, String target) {
        Matcher parts = RESOURCE.matcher(java.net.URLDecoder.decode(target, StandardCharsets.UTF_8));
        if (!parts.matches()) return "";
        String group = parts.group(1) == null ? "" : parts.group(1);
        String query = parts.group(5) == null ? "" : parts.group(5);
        boolean named = parts.group(3) != null;
        String verb = switch (method) {
            case "GET" -> query.matches("(.*&)?watch=(true|1)(&.*)?") ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> method.toLowerCase(java.util.Locale.ROOT);
        };
        return (group + " " + parts.group(2) + (parts.group(4) == null ? "" : "/" + parts.group(4)) + " " + verb).strip();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Closeable each : open) each.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
