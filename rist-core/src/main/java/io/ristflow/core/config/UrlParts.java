package io.ristflow.core.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of {@code scheme://[@]host:port[?key=value&…]}, taken apart by hand, as a URI class would refuse what librist takes ({@code
 * rist://@:5000}). Messages never carry the
 * value of a parameter that is secret, nor what stands before an {@code @}.
 *
 * @param at an {@code @} stands before the host: listen
 * @param host a name, an IPv4 address, or an IPv6 address without its brackets; empty: every address
 */
public record UrlParts(boolean at, String host, int port, Map<String, String> parameters) {
    /** librist takes no more. */
    public static final int MAX_PARAMETERS = 32;

    private static final String HEX = "0123456789ABCDEF";
    private static final Set<String> SECRETS = Set.of("secret", "secret-odd", "password", "adapt-webhook");

    /** What a key of another tool is called here. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("passphrase", "secret"), Map.entry("psk", "secret"), Map.entry("key", "secret"), Map.entry("encryption", "aes-type"),
                    Map.entry("pbkeylen", "aes-type"),
            Map.entry("latency", "buffer"), Map.entry("rcvlatency", "buffer"), Map.entry("buffer_size", "buffer"),
                    Map.entry("rist_profile", "profile"), Map.entry("user", "username"),
            Map.entry("adapter", "miface"), Map.entry("interface", "miface"), Map.entry("iface", "miface"),
                    Map.entry("localport", "local-port"), Map.entry("sources", "source"),
            Map.entry("max-bitrate", "bandwidth"), Map.entry("maxbw", "bandwidth"), Map.entry("keepalive", "keepalive-interval"),
                    Map.entry("stream-id", "flow-id"));

    public UrlParts {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static boolean isSecret(String key) {
        return SECRETS.contains(key);
    }

    /** @param text the whole URL, starting with {@code scheme} and {@code ://}; {@code known} are the keys that it may carry */
    public static UrlParts parse(String scheme, String text, Collection<String> known) {
        int start = scheme.length() + 3;
        int question = text.indexOf('?');
        String authority = text.substring(start, question < 0 ? text.length() : question);
        boolean at = authority.startsWith("@");
        if (at) authority = authority.substring(1);
        if (authority.indexOf(',') >= 0 && authority.indexOf('@') < 0) {
            throw new ConfigException("host", "several addresses separated by a comma; " + (scheme.equals("rist") ? "the paths of a bond are whole URLs: rist://a:1,rist://b:2" : "give one"));
        }
        // Whatever stands before an @ may be a password: it is not repeated.
        if (authority.indexOf('@') >= 0) {
            throw new ConfigException("host", "a user before the @ is not part of " + scheme + "://; write " + scheme
                    + "://host:port or, to listen, " + scheme + "://@:port");
        }
        if (authority.endsWith("/")) authority = authority.substring(0, authority.length() - 1);
        if (authority.indexOf('/') >= 0) {
            throw new ConfigException("host", "a path after the port is not part of " + scheme + "://; write " + scheme
                    + "://host:port?key=value");
        }
        if (authority.indexOf('&') >= 0) {
            throw new ConfigException("port", "parameters start with ?, not with &; write " + scheme + "://host:port?key=value&key=value");
        }
        int colon = authority.lastIndexOf(':');
        boolean bracketed = authority.startsWith("[");
        if (bracketed && authority.indexOf(']') < 0) throw new ConfigException("host", "the [ of the IPv6 address has no ]");
        if (colon < 0 || bracketed && colon < authority.indexOf(']')) {
            throw new ConfigException("port", "missing; write " + scheme + "://" + (at ? "@" : "") + "host:port with a port of 1..65535");
        }
        String host = bracketed ? bracketedHost(authority.substring(0, colon)) : host(authority.substring(0, colon), scheme);
        return new UrlParts(at, host, port(authority.substring(colon + 1)),
                query(scheme + "://", question < 0 ? "" : text.substring(question + 1), known));
    }

    private static String bracketedHost(String host) {
        String inner = host.endsWith("]") ? host.substring(1, host.length() - 1) : "";
        int zone = inner.indexOf('%');
        String address = zone < 0 ? inner : inner.substring(0, zone);
        boolean good = address.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128 || c == ':' || c == '.')
                && address.indexOf(':') >= 0 && address.indexOf(':') != address.lastIndexOf(':');
        boolean goodZone = zone < 0 || inner.substring(zone + 1).matches("[A-Za-z0-9._-]+");
        if (!good || !goodZone) throw new ConfigException("host", shown(host) + " is not an IPv6 address in brackets, such as [2001:db8::1]");
        return inner;
    }

    private static String host(String host, String scheme) {
        if (host.indexOf(':') >= 0) throw new ConfigException("host", "an IPv6 address stands in brackets: " + scheme + "://[2001:db8::1]:5000");
        checkHost("host", host);
        return host;
    }

    /** A DNS name or an IPv4 address in four parts; empty is taken. */
    public static void checkHost(String field, String host) {
        if (host.length() > 253) throw new ConfigException(field, "a name of " + host.length() + " characters is not in 1..253 characters");
        boolean numeric = !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        if (numeric && !ipv4(host)) {
            throw new ConfigException(field, shown(host) + " is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean good = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
            if (!good) {
                throw new ConfigException(field, shown(host)
                        + " is not a host: only letters, digits, dots and hyphens are allowed (an international name in its xn-- form)");
            }
        }
    }

    private static boolean ipv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) return false;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || Integer.parseInt(part) > 255) return false;
        }
        return true;
    }

    private static int port(String text) {
        if (text.isEmpty()) throw new ConfigException("port", "missing after the colon; 1..65535 are allowed");
        return (int) wholeNumber("port", text, 1, 65_535, "");
    }

    /** {@code key=value&…}, percent-decoded, in the order written. {@code owner} is how the thing that they belong to is called in messages. */
    public static Map<String, String> query(String owner, String query, Collection<String> known) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query.isEmpty()) return parameters;
        List<String> pairs = List.of(query.split("&", -1));
        String before = "";
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (pair.isEmpty()) throw new ConfigException("parameters", "an empty parameter (&& or a trailing &); write key=value&key=value");
            String alias = ALIASES.get(key);
            boolean aliased = alias != null && known.contains(alias);
            if (!known.contains(key)) {
                // What follows a secret may be the rest of it, cut at an & that should have been %26: then it is not repeated.
                if (isSecret(before) && !aliased && Nearest.to(key, known) == null) {
                    throw new ConfigException(before, "what follows the & after it is not a parameter of " + owner
                            + "; an & inside a value is written %26");
                }
                throw new ConfigException(shown(key), "not a parameter of " + owner
                        + (aliased ? "; here it is called " + alias : Nearest.hint(key, known)));
            }
            if (equals < 0) throw new ConfigException(key, "has no value; write " + key + "=value");
            if (parameters.containsKey(key)) throw new ConfigException(key, "given twice; give it once");
            parameters.put(key, decoded(key, pair.substring(equals + 1)));
            before = key;
        }
        if (parameters.size() > MAX_PARAMETERS) {
            throw new ConfigException("parameters", parameters.size() + " parameters are not in 0.." + MAX_PARAMETERS);
        }
        return parameters;
    }

    /** RFC 3986 §2.1; a plus sign is a plus sign. */
    private static String decoded(String key, String text) {
        String value = text.indexOf('%') < 0 ? text : percentDecoded(key, text);
        if (!isSecret(key) && value.chars().anyMatch(c -> c < 0x20 || c >= 0x7F && c < 0xA0)) {
            throw new ConfigException(key, "holds a control character; take it out");
        }
        return value;
    }

    private static String percentDecoded(String key, String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) throw new ConfigException(key, "a % is not followed by two hexadecimal digits; a % itself is written %25");
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(key, "its percent-encoded bytes are not UTF-8");
        }
    }

    /** A whole number in decimal. */
    public static long wholeNumber(String field, String text, long min, long max, String unit) {
        String range = min + ".." + max + (unit.isEmpty() ? "" : " " + unit);
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ConfigException(field, shown(text) + " is not a whole number; " + range + " are allowed");
        }
        if (digits.length() > 18) throw new ConfigException(field, shown(text) + " is not in " + range);
        return ConfigException.inRange(field, negative ? -Long.parseLong(digits) : Long.parseLong(digits), min, max, unit);
    }

    /** A user's text as a message may carry it: quoted unless it is a plain word, short, on one line. */
    public static String shown(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        StringBuilder out = new StringBuilder();
        boolean plain = !cut.isEmpty();
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            plain &= c > ' ' && c < 0x7F && c != '"';
            out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return plain ? out.toString() : "\"" + out + "\"";
    }

    /** {@code [@]host:port}, an IPv6 address in brackets. */
    public String authority() {
        return (at ? "@" : "") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@code ?key=value&…} or nothing; secrets as {@code ***}. */
    public static String redactedQuery(Map<String, String> parameters) {
        StringBuilder out = new StringBuilder();
        parameters.forEach((key, value) -> {
            String shown = isSecret(key) && !value.isEmpty() ? "***" : encoded(value);
            out.append(out.isEmpty() ? "?" : "&").append(key).append('=').append(shown);
        });
        return out.toString();
    }

    private static String encoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~:,/@+[]".indexOf(b) >= 0 && b > 0;
            if (plain) out.append((char) b);
            else out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return authority() + redactedQuery(parameters);
    }
}
