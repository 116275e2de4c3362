package io.ristflow.core.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of a {@code rist://} URL: librist 0.2.20's names, units and defaults, and a few of ours at the end. */
public enum RistParameter {
    BUFFER("buffer", 1, 30_000, "ms", "1000"),
    BUFFER_MIN("buffer-min", 1, 30_000, "ms", "1000"),
    BUFFER_MAX("buffer-max", 1, 30_000, "ms", "1000"),
    REORDER_BUFFER("reorder-buffer", 0, 30_000, "ms", "15"),
    RTT("rtt", 1, 5_000, "ms", ""),
    RTT_MIN("rtt-min", 1, 5_000, "ms", "5"),
    RTT_MAX("rtt-max", 1, 5_000, "ms", "500"),
    BANDWIDTH("bandwidth", 0, 10_000_000, "kbit/s", "100000"),
    RETURN_BANDWIDTH("return-bandwidth", 0, 10_000_000, "kbit/s", "0"),
    MIN_RETRIES("min-retries", 0, 100, "", "6"),
    MAX_RETRIES("max-retries", 0, 100, "", "20"),
    CONGESTION_CONTROL("congestion-control", 0, 2, "", "1"),
    SESSION_TIMEOUT("session-timeout", 400, 600_000, "ms", "2000"),
    KEEPALIVE_INTERVAL("keepalive-interval", 100, 10_000, "ms", "1000"),
    TIMING_MODE("timing-mode", 0, 2, "", "0"),
    SECRET("secret", Kind.TEXT, ""),
    SECRET_ODD("secret-odd", Kind.TEXT, ""),
    SECRET_IN_FORCE("secret-in-force", Kind.CHOICE, "even", "even", "odd"),
    AES_TYPE("aes-type", Kind.CHOICE, "0", "0", "128", "192", "256"),
    KEY_ROTATION("key-rotation", 0, 0xFFFF_FFFFL, "packets", "0"),
    USERNAME("username", Kind.TEXT, ""),
    PASSWORD("password", Kind.TEXT, ""),
    SRP_COMPAT("srp-compat", Kind.CHOICE, "0", "0", "1"),
    CNAME("cname", Kind.TEXT, ""),
    VIRT_DST_PORT("virt-dst-port", 1, 65_534, "", "1968"),
    WEIGHT("weight", 0, 10_000, "", "0"),
    RECOVERY_PRIORITY("recovery-priority", 0, 10_000, "", "0"),
    MIFACE("miface", Kind.TEXT, ""),
    TTL("ttl", 0, 255, "", "0"),
    SOURCE("source", Kind.TEXT, ""),
    COMPRESSION("compression", Kind.CHOICE, "0", "0", "1"),
    PROFILE("profile", Kind.CHOICE, "advanced", "simple", "main", "0", "1", "2", "advanced", "auto"),
    SPLIT("split", Kind.CHOICE, "off", "off", "auto", "ts", "half", "0", ""),
    MERGE("merge", Kind.CHOICE, "off", "off", "pairs", "auto", "0", ""),
    REFLECTOR("reflector", Kind.CHOICE, "0", "0", "1"),
    LOCAL_PORT("local-port", 0, 65_535, "", "0"),
    RECOVERY_DEPTH("recovery-depth", 0, 16, "", "3"),
    RTT_DROP("rtt-drop", 0, 10_000, "ms", "0"),
    RTT_RESTORE("rtt-restore", 0, 10_000, "ms", "0"),
    RTT_DROP_SETTLE("rtt-drop-settle", 0, 60_000, "ms", "2000"),
    RTT_DROP_TRICKLE("rtt-drop-trickle", 0, 10_000, "packets", "100"),

    SRP_FILE("srp-file", Kind.TEXT, ""),
    SRP_CLEAR_MEDIA("srp-clear-media", Kind.CHOICE, "0", "0", "1"),
    DIALECT("dialect", Kind.CHOICE, "librist", "librist", "strict"),
    FLOW_ID("flow-id", Kind.FLOW_ID, "0"),
    NPD("npd", Kind.CHOICE, "0", "0", "1"),
    NULL_PACKET_DELETION("null-packet-deletion", Kind.CHOICE, "0", "0", "1"),
    NACK_TYPE("nack-type", Kind.CHOICE, "range", "range", "bitmask"),
    MAX_FLOWS("max-flows", 1, ReceiverConfig.MAX_FLOWS, "", "256"),
    FAST_START("fast-start", Kind.CHOICE, "0", "0", "1"),
    ONE_WAY("one-way", Kind.CHOICE, "0", "0", "1"),
    ADAPTATION("adaptation", Kind.CHOICE, "0", "0", "1"),
    ADAPT_MAX("adapt-max", 0, AdaptationConfig.MOST_KBPS, "kbit/s", "0"),
    ADAPT_MIN("adapt-min", 0, AdaptationConfig.MOST_KBPS, "kbit/s", "0"),
    ADAPT_WEBHOOK("adapt-webhook", Kind.TEXT, ""),
    OOB_TO("oob-to", Kind.TEXT, ""),
    OOB_FROM("oob-from", Kind.TEXT, ""),
    OOB_TYPE("oob-type", Kind.TEXT, "0x0800");

    /** How a value is read. UNBUILT: a feature that is not here yet, so that only its neutral values are taken. */
    public enum Kind {
        NUMBER, TEXT, CHOICE, FLOW_ID, UNBUILT
    }

    private static final Map<String, RistParameter> BY_KEY = new LinkedHashMap<>();

    static {
        for (RistParameter parameter : values()) BY_KEY.put(parameter.key, parameter);
    }

    private final String key;
    private final Kind kind;
    private final long min;
    private final long max;
    private final String unit;
    private final String defaultValue;
    private final String feature;
    private final List<String> choices;

    RistParameter(String key, long min, long max, String unit, String defaultValue) {
        this(key, Kind.NUMBER, min, max, unit, defaultValue, "", List.of());
    }

    RistParameter(String key, Kind kind, String defaultValue, String... choices) {
        this(key, kind, 0, 0, "", defaultValue, "", List.of(choices));
    }

    RistParameter(String key, String feature, String defaultValue, String... neutral) {
        this(key, Kind.UNBUILT, 0, 0, "", defaultValue, feature, List.of(neutral));
    }

    RistParameter(String key, Kind kind, long min, long max, String unit, String defaultValue, String feature, List<String> choices) {
        this.key = key;
        this.kind = kind;
        this.min = min;
        this.max = max;
        this.unit = unit;
        this.defaultValue = defaultValue;
        this.feature = feature;
        this.choices = choices;
    }

    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** As it would be written in a URL; empty: none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** For people: {@code 1..30000 ms}, {@code range, bitmask}. */
    public String allowed() {
        return switch (kind) {
            case NUMBER -> min + ".." + max + (unit.isEmpty() ? "" : " " + unit);
            case CHOICE, UNBUILT -> String.join(", ", choices);
            case FLOW_ID -> "even, 0..4294967294";
            case TEXT -> "text";
        };
    }

    public static Set<String> keys() {
        return java.util.Collections.unmodifiableSet(BY_KEY.keySet());
    }

    public static RistParameter of(String key) {
        return BY_KEY.get(key);
    }

    /** Refuses a value that this key cannot have, naming key, value and range; a secret's value is never named. */
    void check(String value) {
        switch (kind) {
            case NUMBER -> UrlParts.wholeNumber(key, value, min, max, unit);
            case FLOW_ID -> flowId(key, value);
            case UNBUILT -> {
                if (!choices.contains(value)) {
                    throw new ConfigException(key, feature + " is not available in this version; leave " + key + " out");
                }
            }
            case CHOICE -> {
                if (!choices.contains(value)) {
                    throw new ConfigException(key, UrlParts.shown(value) + " is not one of " + String.join(", ", offered()));
                }
            }
            case TEXT -> { }
        }
        if (this == CNAME && value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 127) {
            throw new ConfigException(key, value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + " bytes are not in 0..127 bytes");
        }
    }

    private List<String> offered() {
        return switch (this) {
            case AES_TYPE -> List.of("128", "192", "256");
            case SPLIT -> List.of("off", "auto", "half");
            case MERGE -> List.of("off", "pairs", "auto");
            default -> choices;
        };
    }

    /** An SSRC: decimal or 0x…, even (TR-06-1 §5.3.3 marks retransmissions in the low bit). */
    public static int flowId(String key, String value) {
        boolean hex = value.startsWith("0x") || value.startsWith("0X");
        long id;
        if (hex) {
            String digits = value.substring(2);
            boolean good = !digits.isEmpty() && digits.length() <= 8 && digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
            if (!good) {
                String shown = UrlParts.shown(value);
                throw new ConfigException(key, shown + " is not a hexadecimal number; even numbers in 0x0..0xFFFFFFFE are allowed");
            }
            id = Long.parseLong(digits, 16);
        } else {
            id = UrlParts.wholeNumber(key, value, 0, 0xFFFF_FFFEL, "");
        }
        if ((id & 1) != 0) throw new ConfigException(key, value + " is odd; the low bit marks retransmissions, take an even number");
        return (int) id;
    }

    /** The keys of which each path of a bond has its own; all others are the whole session's. */
    static final java.util.Set<RistParameter> OF_A_PATH = java.util.EnumSet.of(WEIGHT, RECOVERY_PRIORITY, MIFACE, TTL, SOURCE, LOCAL_PORT, SECRET, SECRET_ODD, SECRET_IN_FORCE,
            AES_TYPE, KEY_ROTATION, RTT_DROP, RTT_RESTORE, RTT_DROP_SETTLE, RTT_DROP_TRICKLE);

    /** The keys that only an output, or only an input, has. */
    static final List<RistParameter> SENDER_ONLY = Arrays.asList(FLOW_ID, NPD, NULL_PACKET_DELETION, FAST_START, ADAPT_MAX, ADAPT_MIN, ADAPT_WEBHOOK);

    static final List<RistParameter> RECEIVER_ONLY = Arrays.asList(NACK_TYPE, MAX_FLOWS, ADAPTATION);
}
