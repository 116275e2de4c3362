package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The address of a webhook: {@code http://} or {@code https://}. It may hold a token, so no message and no view shows more of it than {@link #place}. */
public final class WebhookUrl {
    private WebhookUrl() {}

    /** @param field what the user calls it */
    static URI parse(String field, String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new ConfigException(field, "not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1) + "; write https://host:port/path");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) throw new ConfigException(field, "does not start with http:// or https://");
        if (uri.getHost() == null) throw new ConfigException(field, "names no host; write " + scheme + "://host:port/path");
        if (uri.getRawUserInfo() != null) throw new ConfigException(field, "a user before the @ is not sent; put a token into the path or the query");
        if (uri.getPort() == 0 || uri.getPort() > 65_535) throw new ConfigException(field, "port " + uri.getPort() + " is not in 1..65535");
        if (uri.getRawFragment() != null) throw new ConfigException(field, "what follows the # is never sent; take it out");
        return uri;
    }

    /** Scheme, host and port. */
    public static String place(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
