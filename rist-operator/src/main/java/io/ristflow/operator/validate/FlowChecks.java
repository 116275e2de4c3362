package io.ristflow.operator.validate;

import io.ristflow.operator.crd.v1alpha1.Adaptation;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.OutOfBand;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistInput;
import io.ristflow.operator.crd.v1alpha1.RistOutput;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.crd.v1alpha1.SessionSettings;
import io.ristflow.operator.text.Hosts;
import io.ristflow.operator.text.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What neither a schema nor CEL can say of inputs and outputs, and the service would refuse or nobody could use: hosts, networks, URLs, addresses that do not go with the exposure. The spec has its defaults and is sound by the schema. */
final class FlowChecks {
    private static final int CNAME_BYTES = 127;

    private final RistFlowSpec spec;
    private final ExposureType exposure;
    private final List<Violation> found;

    FlowChecks(RistFlowSpec spec, List<Violation> found) {
        this.spec = spec;
        this.exposure = spec.exposure() == null ? ExposureType.LoadBalancer : spec.exposure().type();
        this.found = found;
    }

    void check() {
        for (int i = 0; i < spec.inputs().size(); i++) input(spec.inputs().get(i), "spec.inputs[" + i + "]");
        for (int i = 0; i < spec.outputs().size(); i++) output(spec.outputs().get(i), "spec.outputs[" + i + "]");
        new PortClaims(found).check(spec);
        new PodChecks(found).check(spec);
    }

    private void input(Input input, String place) {
        if (input.rist() != null) rist(input.rist(), place + ".rist");
        if (input.udp() != null) host(input.udp().host(), place + ".udp.host");
        if (input.rtp() != null) host(input.rtp().host(), place + ".rtp.host");
    }

    private void rist(RistInput rist, String place) {
        paths(rist.paths(), place);
        session(rist.session(), place);
        outOfBand(rist.outOfBand(), place);
        for (int i = 0; rist.allowedSources() != null && i < rist.allowedSources().size(); i++) {
            add(place + ".allowedSources[" + i + "]", Hosts.networkProblem(rist.allowedSources().get(i)));
        }
    }

    private void output(Output output, String place) {
        if (output.rist() != null) rist(output.rist(), place + ".rist");
        if (output.udp() != null) remote(output.udp().host(), place + ".udp.host");
        if (output.rtp() != null) remote(output.rtp().host(), place + ".rtp.host");
    }

    private void rist(RistOutput rist, String place) {
        paths(rist.paths(), place);
        session(rist.session(), place);
        outOfBand(rist.outOfBand(), place);
        Adaptation adaptation = rist.adaptation();
        if (adaptation != null && adaptation.webhook() != null && adaptation.webhook().url() != null) add(place + ".adaptation.webhook.url", urlProblem(adaptation.webhook().url()));
    }

    private void paths(List<RistPath> paths, String place) {
        for (int i = 0; i < paths.size(); i++) {
            RistPath path = paths.get(i);
            String at = place + ".paths[" + i + "]";
            if (path.listen() != null && host(path.listen().host(), at + ".listen.host")) heard(path, at + ".listen.host");
            if (path.connect() != null) remote(path.connect().host(), at + ".connect.host");
            if (path.network() != null && exposure == ExposureType.HostNetwork) {
                found.add(new Violation(at + ".network", "a pod on the node's own network (exposure.type HostNetwork) has no Multus networks; leave network out and name the node's interface, or take another exposure.type"));
            }
        }
    }

    /** What comes through a Service or a host port is sent to the pod's own address, which nobody knows beforehand. */
    private void heard(RistPath path, String place) {
        String host = path.listen().host();
        boolean forwarded = exposure == ExposureType.LoadBalancer || exposure == ExposureType.NodePort || exposure == ExposureType.HostPort;
        if (host == null || !forwarded || path.network() != null) return;
        if (Hosts.isLoopback(host)) {
            found.add(new Violation(place, Texts.shown(host) + " is heard inside the pod alone, while exposure.type " + exposure + " brings peers from outside; leave host out"));
        } else if (Hosts.isAddress(host) && !Hosts.isAny(host) && !Hosts.isMulticast(host)) {
            found.add(new Violation(place, Texts.shown(host) + " is no address of the pod, which gets a new one whenever it starts; leave host out, or take exposure.type HostNetwork for an address of the node"));
        }
    }

    private void session(SessionSettings session, String place) {
        if (session == null || session.cname() == null) return;
        int bytes = session.cname().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > CNAME_BYTES) found.add(new Violation(place + ".session.cname", bytes + " bytes are not in 1.." + CNAME_BYTES + " bytes"));
    }

    private void outOfBand(OutOfBand outOfBand, String place) {
        if (outOfBand == null) return;
        if (outOfBand.forwardTo() != null) remote(outOfBand.forwardTo().host(), place + ".outOfBand.forwardTo.host");
        if (outOfBand.listen() != null) host(outOfBand.listen().host(), place + ".outOfBand.listen.host");
    }

    private void remote(String host, String place) {
        if (host(host, place) && Hosts.isAny(host)) found.add(new Violation(place, Texts.shown(host) + " is every address, to which nothing can be sent; write the one to send to"));
    }

    /** Whether it is one, or none is given. */
    private boolean host(String host, String place) {
        String problem = host == null ? null : Hosts.problem(host);
        add(place, problem);
        return problem == null;
    }

    /** The URL may hold a token: no more of it is told than its place. */
    private static String urlProblem(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return "not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1) + "; write https://host:port/path";
        }
        if (url.getHost() == null) return "names no host; write https://host:port/path";
        if (url.getRawUserInfo() != null) return "a user before the @ is not sent; put a token into the path or the query";
        if (url.getPort() == 0 || url.getPort() > 65_535) return "port " + url.getPort() + " is not in 1..65535";
        return url.getRawFragment() == null ? null : "what follows the # is never sent; take it out";
    }

    private void add(String place, String problem) {
        if (problem != null) found.add(new Violation(place, problem));
    }
}
