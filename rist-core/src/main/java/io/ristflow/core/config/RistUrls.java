package io.ristflow.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One {@code rist://} URL, or several separated by commas, as librist's tools take them: one session over as many paths. Weight, priority, interface, source port, secret and the muting by round trip are each path's
 * own; everything else is the session's and written at one of them, or the same at several.
 *
 * @param paths 1..64
 */
public record RistUrls(List<RistUrl> paths) {
    public RistUrls {
        paths = List.copyOf(paths);
    }

    /** @throws ConfigException and nothing else, whatever the text */
    public static RistUrls parse(String text) {
        List<RistUrl> paths = new ArrayList<>();
        String lower = text.toLowerCase(Locale.ROOT);
        int from = 0;
        while (from <= text.length()) {
            int comma = lower.indexOf("," + RistUrl.SCHEME, from);
            int end = comma < 0 ? text.length() : comma;
            paths.add(parse(text.substring(from, end), paths.size() + 1, from > 0 || comma >= 0));
            if (paths.size() > PathConfig.MAX_PATHS) throw new ConfigException("rist://", "more than " + PathConfig.MAX_PATHS + " paths; take some out");
            from = end + 1;
        }
        RistUrls urls = new RistUrls(paths);
        urls.check();
        return urls;
    }

    private static RistUrl parse(String text, int number, boolean several) {
        try {
            return RistUrl.parse(text);
        } catch (ConfigException e) {
            throw several ? new ConfigException("path " + number, e.getMessage()) : e;
        }
    }

    private void check() {
        for (int i = 1; i < paths.size(); i++) {
            RistUrl path = paths.get(i);
            if (path.listen() != first().listen()) {
                throw new ConfigException("path " + (i + 1), "one path listens and another calls; write @ before all hosts or before none");
            }
            if ((path.psk() == null) != (first().psk() == null)) {
                throw new ConfigException("path " + (i + 1), "secret: one path has a secret and another has none; write it at each, the same or different ones");
            }
        }
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) checkPlaces(i, j);
        }
        merged();
    }

    private void checkPlaces(int i, int j) {
        RistUrl a = paths.get(i);
        RistUrl b = paths.get(j);
        if (a.listen() && a.host().equals(b.host()) && Math.abs(a.port() - b.port()) < (first().profile().twoPorts() ? 2 : 1)) {
            throw new ConfigException("path " + (j + 1), "port " + b.port() + " is taken by path " + (i + 1) + (a.port() == b.port() ? "" : ", whose next port carries RTCP") + "; take another one");
        }
    }

    public RistUrl first() {
        return paths.getFirst();
    }

    /** The first, with what the others say of the session. */
    public RistUrl merged() {
        Map<String, String> all = new LinkedHashMap<>(first().parameters());
        for (int i = 1; i < paths.size(); i++) {
            for (Map.Entry<String, String> said : paths.get(i).parameters().entrySet()) {
                RistParameter parameter = RistParameter.of(said.getKey());
                if (RistParameter.OF_A_PATH.contains(parameter)) continue;
                String before = all.putIfAbsent(said.getKey(), said.getValue());
                if (before != null && !before.equals(said.getValue())) {
                    throw new ConfigException("path " + (i + 1), said.getKey() + " is the whole session's and was something else before; write it once, or the same everywhere");
                }
            }
        }
        return new RistUrl(first().listen(), first().host(), first().port(), all);
    }

    /** See {@link RistUrl#usersFile}. */
    public String usersFile() {
        return merged().usersFile();
    }

    /** Without a {@link #usersFile}. @param cnameDefault what SDES says when no URL has a cname */
    public SenderConfig toSender(String cnameDefault) {
        return toSender(cnameDefault, "");
    }

    /** Without a {@link #usersFile}. @param cnameDefault what SDES says when no URL has a cname */
    public ReceiverConfig toReceiver(String cnameDefault) {
        return toReceiver(cnameDefault, "");
    }

    /**
     * @param cnameDefault what SDES says when no URL has a cname
     * @param users what {@link #usersFile} holds, empty without one
     */
    public SenderConfig toSender(String cnameDefault, String users) {
        return merged().toSender(cnameDefault, users, pathConfigs());
    }

    /**
     * @param cnameDefault what SDES says when no URL has a cname
     * @param users what {@link #usersFile} holds, empty without one
     */
    public ReceiverConfig toReceiver(String cnameDefault, String users) {
        return merged().toReceiver(cnameDefault, users, pathConfigs());
    }

    private List<PathConfig> pathConfigs() {
        List<PathConfig> configs = new ArrayList<>();
        for (RistUrl path : paths) configs.add(path.path(configs.size() + 1, first().psk()));
        return configs;
    }

    /** The URLs with {@code ***} for secrets. */
    public String redacted() {
        return String.join(",", paths.stream().map(RistUrl::redacted).toList());
    }

    @Override
    public String toString() {
        return redacted();
    }
}
