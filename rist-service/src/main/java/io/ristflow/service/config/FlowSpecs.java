package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.RistUrl;
import io.ristflow.core.config.RistUrls;
import io.ristflow.core.config.UrlParts;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Flows from URLs. A refusal names the URL (without its parameters), then the parameter, its value and what is allowed. */
public final class FlowSpecs {
    public static final String DEFAULT_NAME = "flow";

    private FlowSpecs() {}

    /** One flow named {@value #DEFAULT_NAME}; hosts are resolved here, once. */
    public static FlowSpec fromUrls(List<String> inputs, List<String> outputs) {
        return fromUrls(DEFAULT_NAME, inputs, outputs, null, Resolver.SYSTEM);
    }

    public static FlowSpec fromUrls(String name, List<String> inputs, List<String> outputs, Resolver resolver) {
        return fromUrls(name, inputs, outputs, null, resolver);
    }

    /** @param policy null with one input */
    public static FlowSpec fromUrls(String name, List<String> inputs, List<String> outputs, InputPolicy policy, Resolver resolver) {
        checkName("--name", name);
        if (inputs.size() == 2 && policy == null) throw new ConfigException("--input-policy", "missing; two inputs need --input-policy failover or --input-policy merge");
        if (inputs.size() == 1 && policy != null) throw new ConfigException("--input-policy", "needs two inputs; give -i twice, or leave it out");
        List<FlowSpec.Named> ins = new ArrayList<>();
        List<FlowSpec.Named> outs = new ArrayList<>();
        for (String url : inputs) ins.add(new FlowSpec.Named("input-" + (ins.size() + 1), input(url, resolver)));
        for (String url : outputs) outs.add(new FlowSpec.Named("output-" + (outs.size() + 1), output(url, resolver)));
        FlowSpec flow = new FlowSpec(name, ins, outs, policy);
        checkClashes(flow);
        return flow;
    }

    public static Endpoint input(String url, Resolver resolver) {
        try {
            Places places = new Places(resolver);
            if (!isRist(url)) return new MediaUrl(places, true).parse(url);
            RistUrls rist = RistUrls.parse(url);
            return new Endpoint.RistInput(rist.redacted(), rist.toReceiver(HostName.LOCAL, UsersFile.read(rist.usersFile())), places.paths(rist), List.of(), SidePlaces.outOfBand(places, rist.merged()));
        } catch (ConfigException e) {
            throw new ConfigException("input " + location(url), e.getMessage());
        }
    }

    public static Endpoint output(String url, Resolver resolver) {
        try {
            Places places = new Places(resolver);
            if (!isRist(url)) return new MediaUrl(places, false).parse(url);
            RistUrls rist = RistUrls.parse(url);
            String hook = rist.merged().adaptWebhook();
            URI webhook = hook.isEmpty() ? null : WebhookUrl.parse("adapt-webhook", hook);
            return new Endpoint.RistOutput(rist.redacted(), rist.toSender(HostName.LOCAL, UsersFile.read(rist.usersFile())), places.paths(rist), SidePlaces.outOfBand(places, rist.merged()), webhook);
        } catch (ConfigException e) {
            throw new ConfigException("output " + location(url), e.getMessage());
        }
    }

    /** A path to be added to a session that runs. */
    public record NewPath(Endpoint.RistPath wiring, PathConfig config) {}

    /** One path from its URL; what in it is the whole session's must fit its profile and is otherwise not looked at. */
    public static NewPath path(String name, String url, Resolver resolver) {
        checkName("name", name);
        try {
            if (!isRist(url)) throw new ConfigException("url", "does not start with rist://");
            RistUrl rist = RistUrl.parse(url);
            PathConfig c = rist.toSender(HostName.LOCAL).session().paths().getFirst();
            PskConfig psk = rist.toSender(HostName.LOCAL).session().psk();
            PathConfig named = new PathConfig(name, c.weight(), c.recoveryPriority(), c.rttDropMs(), c.rttRestoreMs(), c.rttDropSettleMs(), c.rttDropTrickle(), psk);
            return new NewPath(new Places(resolver).path(rist, name), named);
        } catch (ConfigException e) {
            throw new ConfigException("path " + location(url), e.getMessage());
        }
    }

    /** RFC 1123, as Kubernetes asks of names. */
    public static void checkName(String field, String name) {
        if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new ConfigException(field, UrlParts.shown(name)
                    + " is not a name: 1..63 lower-case letters, digits and hyphens, the first and the last not a hyphen");
        }
    }

    /** What one flow cannot have twice: the same bound port, the same file, standard output. */
    public static void checkClashes(FlowSpec flow) {
        List<FlowSpec.Named> all = new ArrayList<>(flow.inputs());
        all.addAll(flow.outputs());
        List<String> taken = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        for (FlowSpec.Named named : all) {
            boolean output = flow.outputs().contains(named);
            for (String claim : claims(named.endpoint(), output)) {
                int other = taken.indexOf(claim);
                if (other >= 0) {
                    throw new ConfigException((output ? "output " : "input ") + named.name(), claim + " is already used by "
                            + owners.get(other) + "; take another one");
                }
                taken.add(claim);
                owners.add(named.name());
            }
        }
    }

    /** Whether two outputs cannot be open at the same time. */
    public static boolean clash(FlowSpec.Named one, FlowSpec.Named other) {
        return claims(one.endpoint(), true).stream().anyMatch(claims(other.endpoint(), true)::contains);
    }

    private static List<String> claims(Endpoint endpoint, boolean output) {
        return switch (endpoint) {
            case Endpoint.RistInput rist -> bound(rist.paths(), rist.session().profile().twoPorts(), rist.outOfBand());
            case Endpoint.RistOutput rist -> bound(rist.paths(), rist.session().profile().twoPorts(), rist.outOfBand());
            case Endpoint.File file when output -> List.of("the file " + file.path());
            case Endpoint.Pipe _ -> List.of(output ? "standard output" : "standard input");
            case Endpoint.Udp udp when !output -> List.of("UDP port " + udp.address().getPort() + (udp.address().getAddress().isAnyLocalAddress() ? "" : " of " + udp.address().getAddress().getHostAddress()));
            default -> List.of();
        };
    }

    private static List<String> bound(List<Endpoint.RistPath> paths, boolean simple, Endpoint.OutOfBand outOfBand) {
        List<String> claims = new ArrayList<>();
        if (outOfBand != null && outOfBand.from() != null) claims.add("UDP port " + outOfBand.from().getPort() + where(outOfBand.from()));
        for (Endpoint.RistPath path : paths) {
            int port = path.local().getPort();
            if (port == 0) continue;
            String where = where(path.local());
            claims.add("UDP port " + port + where);
            if (simple) claims.add("UDP port " + (port + 1) + where);
        }
        return claims;
    }

    private static String where(InetSocketAddress local) {
        boolean any = local.getAddress().isAnyLocalAddress() || local.getAddress().isMulticastAddress();
        return any ? "" : " of " + local.getAddress().getHostAddress();
    }

    private static boolean isRist(String url) {
        return url.regionMatches(true, 0, RistUrl.SCHEME, 0, RistUrl.SCHEME.length());
    }

    /** The URL as a message may name it: no parameters and nothing before an @, as either may hold a secret. */
    public static String location(String url) {
        int question = url.indexOf('?');
        String place = question < 0 ? url : url.substring(0, question);
        int start = place.indexOf("://") < 0 ? 0 : place.indexOf("://") + 3;
        int at = place.lastIndexOf('@');
        if (at > start) place = place.substring(0, start) + "***" + place.substring(at);
        int ampersand = place.indexOf('&');
        return UrlParts.shown(ampersand < 0 ? place : place.substring(0, ampersand));
    }
}
