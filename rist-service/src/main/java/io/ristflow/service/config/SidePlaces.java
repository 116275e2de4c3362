package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.RistUrl;
import io.ristflow.core.config.UrlParts;
import java.net.InetSocketAddress;
import java.util.List;

/** Where out-of-band datagrams go and come from, as a URL says. */
final class SidePlaces {
    private SidePlaces() {}

    /** Null where neither is given. */
    static Endpoint.OutOfBand outOfBand(Places places, RistUrl url) {
        if (url.outOfBandTo().isEmpty() && url.outOfBandFrom().isEmpty()) return null;
        if (url.profile() == Profile.SIMPLE) {
            throw new ConfigException(url.outOfBandTo().isEmpty() ? "oob-from" : "oob-to", "the Simple profile has no tunnel for datagrams beside the media; take profile=main");
        }
        InetSocketAddress to = null;
        InetSocketAddress from = null;
        if (!url.outOfBandTo().isEmpty()) {
            UrlParts parts = authority("oob-to", url.outOfBandTo());
            if (parts.host().isEmpty()) throw new ConfigException("oob-to", "a host is missing; write oob-to=127.0.0.1:" + parts.port());
            to = places.remote("oob-to", parts.host(), parts.port());
        }
        if (!url.outOfBandFrom().isEmpty()) {
            String text = url.outOfBandFrom();
            // Without a host this machine alone: what comes in here goes on to the peer
            UrlParts parts = authority("oob-from", text.indexOf(':') < 0 ? "127.0.0.1:" + text : text);
            from = places.bind("oob-from", parts.host(), parts.port());
        }
        return new Endpoint.OutOfBand(to, from, etherType("oob-type", url.outOfBandType()));
    }

    /** {@code host:port}, read as in a URL but with messages that name the field. */
    private static UrlParts authority(String field, String text) {
        try {
            if (text.indexOf('?') >= 0) throw new ConfigException("host", UrlParts.shown(text) + " has parameters; write host:port");
            return UrlParts.parse("udp", "udp://" + text, List.of());
        } catch (ConfigException e) {
            throw new ConfigException(field, e.getMessage().replace("udp://", ""));
        }
    }

    /** Decimal or 0x…; not one of RIST's own (TR-06-2 §5.2). */
    static int etherType(String field, String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        String digits = hex ? text.substring(2) : text;
        boolean good = !digits.isEmpty() && digits.length() <= 8 && digits.chars().allMatch(c -> c < 128 && Character.digit(c, hex ? 16 : 10) >= 0);
        long type = good ? Long.parseLong(digits, hex ? 16 : 10) : -1;
        if (type < 0x0600 || type > 0xFFFF) throw new ConfigException(field, UrlParts.shown(text) + " is not an EtherType in 0x0600..0xFFFF, such as 0x0800");
        if (type == 0x88B5 || type == 0x88B6 || type == 0x888E || type == 0xCCE0) {
            throw new ConfigException(field, UrlParts.shown(text) + " is RIST's own; take 0x0800 or one that is in nobody's use");
        }
        return (int) type;
    }
}
