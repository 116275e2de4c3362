package io.ristflow.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code rist://[@]host:port[?key=value&…]} with the keys of {@link RistParameter}. One that exists has known keys with values in range; what
 * two keys say together is checked by
 * {@link #toSender} and {@link #toReceiver}. Pure: names are resolved elsewhere. {@link #toString()} is {@link #redacted()}.
 *
 * @param listen an {@code @} stands before the host
 * @param host a name, an IPv4 address or an IPv6 address without brackets; empty (only to listen): every address
 * @param port RTP's port in the Simple profile (RTCP has the next one), the one port otherwise
 * @param parameters what was written, in that order, decoded; holds secrets
 */
public record RistUrl(boolean listen, String host, int port, Map<String, String> parameters) {
    public static final String SCHEME = "rist://";

    public RistUrl {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** @throws ConfigException and nothing else, whatever the text */
    public static RistUrl parse(String text) {
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) throw new ConfigException("url", "does not start with rist://");
        UrlParts parts = UrlParts.parse("rist", text, RistParameter.keys());
        RistUrl url = new RistUrl(parts.at(), parts.host(), parts.port(), parts.parameters());
        url.parameters.forEach((key, value) -> RistParameter.of(key).check(value));
        url.checkPorts();
        return url;
    }

    private void checkPorts() {
        if (!listen && host.isEmpty()) {
            throw new ConfigException("host", "missing; write rist://host:" + port + " to call or rist://@:" + port + " to listen");
        }
        if (listen && localPort() != 0) {
            throw new ConfigException("local-port", "only a caller has one; a listener's port stands after the host");
        }
        // TR-06-1 §5.1: RTP on an even port, RTCP on the next.
        if (profile().twoPorts()) {
            if (port % 2 != 0) throw new ConfigException("port", oddPort(port));
            if (localPort() % 2 != 0) throw new ConfigException("local-port", oddPort(localPort()));
        }
    }

    private static String oddPort(int port) {
        return port + " is odd; the Simple profile needs an even port in 2..65534 as the next port carries RTCP";
    }

    public Profile profile() {
        return switch (value(RistParameter.PROFILE)) {
            case "simple", "0" -> Profile.SIMPLE;
            case "main", "1" -> Profile.MAIN;
            case "auto" -> Profile.AUTO;
            // The Advanced profile cannot take null packets out; its peers speak Main as well
            default -> deletesNullPackets() && !given(RistParameter.PROFILE) ? Profile.MAIN : Profile.ADVANCED;
        };
    }

    /** Of a URL without a {@link #usersFile}. @param cnameDefault what SDES says when the URL has no cname */
    public SenderConfig toSender(String cnameDefault) {
        return toSender(cnameDefault, "");
    }

    /** Of a URL without a {@link #usersFile}. @param cnameDefault what SDES says when the URL has no cname */
    public ReceiverConfig toReceiver(String cnameDefault) {
        return toReceiver(cnameDefault, "");
    }

    /**
     * @param cnameDefault what SDES says when the URL has no cname
     * @param users what {@link #usersFile} holds, empty without one
     */
    public SenderConfig toSender(String cnameDefault, String users) {
        return toSender(cnameDefault, users, List.of(path(1, psk())));
    }

    SenderConfig toSender(String cnameDefault, String users, List<PathConfig> paths) {
        refuse(RistParameter.RECEIVER_ONLY, "belongs to a receiver (an input); leave it out here");
        if (given(RistParameter.NPD) && given(RistParameter.NULL_PACKET_DELETION)) {
            throw new ConfigException("npd", "the same as null-packet-deletion; give one of them");
        }
        boolean reflects = value(RistParameter.REFLECTOR).equals("1");
        if (reflects && !listen) throw new ConfigException("reflector", "1 is for outputs that are called; write rist://@:" + port + " or leave reflector out");
        return new SenderConfig(session(cnameDefault, users, paths), RistParameter.flowId("flow-id", value(RistParameter.FLOW_ID)), deletesNullPackets(),
                !reflects && !value(RistParameter.FAST_START).equals("1"), splitMode(), adaptation());
    }

    private AdaptationConfig adaptation() {
        int max = number(RistParameter.ADAPT_MAX);
        int min = number(RistParameter.ADAPT_MIN);
        if (max != 0) return min == 0 ? AdaptationConfig.upTo(max) : new AdaptationConfig(min, max);
        if (min == 0 && adaptWebhook().isEmpty()) return null;
        throw new ConfigException("adapt-max", "missing; " + (min == 0 ? "adapt-webhook" : "adapt-min") + " goes with the encoder's highest bit rate: add adapt-max=… in kbit/s");
    }

    /**
     * @param cnameDefault what SDES says when the URL has no cname
     * @param users what {@link #usersFile} holds, empty without one
     */
    public ReceiverConfig toReceiver(String cnameDefault, String users) {
        return toReceiver(cnameDefault, users, List.of(path(1, psk())));
    }

    ReceiverConfig toReceiver(String cnameDefault, String users, List<PathConfig> paths) {
        refuse(RistParameter.SENDER_ONLY, "belongs to a sender (an output); leave it out here");
        if (value(RistParameter.REFLECTOR).equals("1")) {
            throw new ConfigException("reflector", "callers who want the media have a port of their own here: add an output such as rist://@:PORT?reflector=1, and leave it out here");
        }
        ReceiverConfig.NackType nackType = value(RistParameter.NACK_TYPE).equals("bitmask") ? ReceiverConfig.NackType.BITMASK
                : ReceiverConfig.NackType.RANGE;
        return new ReceiverConfig(session(cnameDefault, users, paths), nackType, number(RistParameter.MAX_FLOWS), mergeMode(), value(RistParameter.ADAPTATION).equals("1"));
    }

    private void refuse(List<RistParameter> strangers, String why) {
        for (RistParameter stranger : strangers) {
            if (given(stranger)) throw new ConfigException(stranger.key(), why);
        }
    }

    private SplitMode splitMode() {
        return switch (value(RistParameter.SPLIT)) {
            case "auto", "ts" -> SplitMode.AUTO;
            case "half" -> SplitMode.HALF;
            default -> SplitMode.OFF;
        };
    }

    private MergeMode mergeMode() {
        return switch (value(RistParameter.MERGE)) {
            case "pairs" -> MergeMode.PAIRS;
            case "auto" -> MergeMode.AUTO;
            default -> MergeMode.OFF;
        };
    }

    /** @param number of the path, from 1; {@code sessionPsk} what the session has */
    PathConfig path(int number, PskConfig sessionPsk) {
        PskConfig own = psk();
        return new PathConfig("path-" + number, weight(), recoveryPriority(), number(RistParameter.RTT_DROP), number(RistParameter.RTT_RESTORE),
                number(RistParameter.RTT_DROP_SETTLE), number(RistParameter.RTT_DROP_TRICKLE), java.util.Objects.equals(own, sessionPsk) ? null : own);
    }

    private SessionConfig session(String cnameDefault, String users, List<PathConfig> paths) {
        String cname = value(RistParameter.CNAME);
        return new SessionConfig(profile(), listen ? Role.LISTENER : Role.CALLER, paths, recovery(), psk(),
                number(RistParameter.SESSION_TIMEOUT),
                number(RistParameter.KEEPALIVE_INTERVAL), cname.isEmpty() ? cnameDefault : cname, number(RistParameter.VIRT_DST_PORT), advanced(), srp(users),
                value(RistParameter.ONE_WAY).equals("1"));
    }

    private AdvancedConfig advanced() {
        boolean advanced = profile() == Profile.ADVANCED || profile() == Profile.AUTO;
        boolean compression = value(RistParameter.COMPRESSION).equals("1");
        boolean strict = value(RistParameter.DIALECT).equals("strict");
        if (!advanced && compression) throw new ConfigException("compression", "only the Advanced profile has it; add profile=advanced or leave compression out");
        if (!advanced && strict) throw new ConfigException("dialect", "strict is for the Advanced profile; add profile=advanced or leave dialect out");
        return new AdvancedConfig(compression, strict);
    }

    /** Where the users of a listener stand, a file's name as written; empty: nowhere. Its text comes to {@link #toSender} and {@link #toReceiver}. */
    public String usersFile() {
        String file = value(RistParameter.SRP_FILE);
        if (!file.isEmpty() && !listen) throw new ConfigException("srp-file", "belongs to a listener; a caller has username and password");
        return file;
    }

    private SrpConfig srp(String users) {
        String user = value(RistParameter.USERNAME);
        String password = value(RistParameter.PASSWORD);
        boolean compat = value(RistParameter.SRP_COMPAT).equals("1");
        boolean clearMedia = value(RistParameter.SRP_CLEAR_MEDIA).equals("1");
        if (!usersFile().isEmpty() && users.isEmpty()) throw new ConfigException("srp-file", "is empty; ristsrppasswd USER PASSWORD writes a line");
        if (user.isEmpty() && password.isEmpty() && users.isEmpty()) {
            if (compat) throw new ConfigException("srp-compat", "1 without a login; add username=… and password=…, or srp-file=…, or leave srp-compat out");
            if (clearMedia) throw new ConfigException("srp-clear-media", "1 without a login; add username=… and password=…, or srp-file=…, or leave srp-clear-media out");
            return null;
        }
        return new SrpConfig(user, password, users, compat, clearMedia);
    }

    PskConfig psk() {
        String secret = value(RistParameter.SECRET);
        String odd = value(RistParameter.SECRET_ODD);
        boolean oddInForce = value(RistParameter.SECRET_IN_FORCE).equals("odd");
        int aesBits = number(RistParameter.AES_TYPE);
        long rotation = Long.parseLong(value(RistParameter.KEY_ROTATION));
        if (secret.isEmpty()) {
            if (aesBits != 0) throw new ConfigException("aes-type", aesBits + " without a secret; add secret=… or leave aes-type out");
            if (rotation != 0) {
                throw new ConfigException("key-rotation", rotation + " packets without a secret; add secret=… or leave key-rotation out");
            }
            if (!odd.isEmpty()) throw new ConfigException("secret-odd", "the second of two passphrases, and the first is missing; add secret=… or leave secret-odd out");
            if (oddInForce) throw new ConfigException("secret-in-force", "odd without a secret; add secret=… and secret-odd=…, or leave secret-in-force out");
            return null;
        }
        // As librist 0.2.20: a secret in a URL without a size is AES-256.
        return new PskConfig(secret, odd.isEmpty() ? null : odd, oddInForce, aesBits == 0 ? 256 : aesBits, rotation);
    }

    private RecoveryConfig recovery() {
        int[] buffer = span(RistParameter.BUFFER, RistParameter.BUFFER_MIN, RistParameter.BUFFER_MAX);
        int[] rtt = span(RistParameter.RTT, RistParameter.RTT_MIN, RistParameter.RTT_MAX);
        int[] retries = span(null, RistParameter.MIN_RETRIES, RistParameter.MAX_RETRIES);
        int reorder = number(RistParameter.REORDER_BUFFER);
        if (!given(RistParameter.REORDER_BUFFER)) reorder = Math.min(reorder, buffer[1]);
        int bandwidth = number(RistParameter.BANDWIDTH);
        // As librist: 0 is the default, not "unlimited".
        if (bandwidth == 0) bandwidth = RecoveryConfig.DEFAULT.maxBitrateKbps();
        return new RecoveryConfig(buffer[0], buffer[1], reorder, rtt[0], rtt[1], retries[0], retries[1], bandwidth,
                number(RistParameter.RETURN_BANDWIDTH),
                CongestionControl.values()[number(RistParameter.CONGESTION_CONTROL)], Timing.values()[number(RistParameter.TIMING_MODE)]);
    }

    /**
     * Least and greatest: {@code both} sets both, the narrower keys win over it, and the default of the one that was not written gives way to
     * the one that was.
     */
    private int[] span(RistParameter both, RistParameter least, RistParameter greatest) {
        boolean one = both != null && given(both);
        int min = one && !given(least) ? number(both) : number(least);
        int max = one && !given(greatest) ? number(both) : number(greatest);
        if (min > max && !one && given(least) && !given(greatest)) max = min;
        if (min > max && !one && given(greatest) && !given(least)) min = max;
        return new int[] {min, max};
    }

    /** Of a bond's path; means nothing with one. */
    public int weight() {
        return number(RistParameter.WEIGHT);
    }

    public int recoveryPriority() {
        return number(RistParameter.RECOVERY_PRIORITY);
    }

    /** A caller's own port, 0: any. */
    public int localPort() {
        return number(RistParameter.LOCAL_PORT);
    }

    /** Multicast TTL, 0: the system's. */
    public int ttl() {
        return number(RistParameter.TTL);
    }

    /** Empty: the system's choice. */
    public String interfaceName() {
        return value(RistParameter.MIFACE);
    }

    /** Source-specific multicast: addresses as written. */
    public List<String> sources() {
        String text = value(RistParameter.SOURCE);
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    /** Where to tell the encoder's target rate; empty: nowhere. May hold a secret. */
    public String adaptWebhook() {
        return value(RistParameter.ADAPT_WEBHOOK);
    }

    /** host:port where out-of-band datagrams of the peer go; empty: nowhere. */
    public String outOfBandTo() {
        return value(RistParameter.OOB_TO);
    }

    /** [host:]port where datagrams come in that go to the peer out of band; empty: none. */
    public String outOfBandFrom() {
        return value(RistParameter.OOB_FROM);
    }

    /** EtherType of out-of-band datagrams, as written. */
    public String outOfBandType() {
        return value(RistParameter.OOB_TYPE);
    }

    /** The URL with {@code ***} for secrets; without secrets it parses back to an equal one. */
    public String redacted() {
        return SCHEME + new UrlParts(listen, host, port, parameters);
    }

    @Override
    public String toString() {
        return redacted();
    }

    private boolean deletesNullPackets() {
        return value(RistParameter.NPD).equals("1") || value(RistParameter.NULL_PACKET_DELETION).equals("1");
    }

    boolean given(RistParameter parameter) {
        return parameters.containsKey(parameter.key());
    }

    String value(RistParameter parameter) {
        return parameters.getOrDefault(parameter.key(), parameter.defaultValue());
    }

    private int number(RistParameter parameter) {
        return Integer.parseInt(value(parameter));
    }
}
