package io.ristflow.operator.validate;

import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.OutOfBand;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.Profile;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.text.Hosts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** UDP ports that the ends of one flow bind in one pod: none twice, as the service has it. Ports that the operator allocates are not among them. */
final class PortClaims {
    private final List<Violation> found;
    private final Map<String, String> owners = new HashMap<>();

    PortClaims(List<Violation> found) {
        this.found = found;
    }

    void check(RistFlowSpec spec) {
        Set<String> listeners = new HashSet<>();
        for (int i = 0; i < spec.inputs().size(); i++) {
            Input input = spec.inputs().get(i);
            String place = "spec.inputs[" + i + "]";
            String owner = "input " + input.name();
            if (input.udp() != null) claim(input.udp().port(), input.udp().host(), place + ".udp.port", owner);
            if (input.rtp() != null) claim(input.rtp().port(), input.rtp().host(), place + ".rtp.port", owner);
            if (input.rist() == null) continue;
            paths(input.rist().paths(), input.rist().profile(), place + ".rist", owner);
            outOfBand(input.rist().outOfBand(), place + ".rist", owner);
            for (RistPath path : input.rist().paths()) if (path.listen() != null) listeners.add(input.name() + "/" + path.name());
        }
        for (int i = 0; i < spec.outputs().size(); i++) {
            Output output = spec.outputs().get(i);
            String place = "spec.outputs[" + i + "]";
            if (output.rist() == null) continue;
            paths(output.rist().paths(), output.rist().profile(), place + ".rist", "output " + output.name());
            outOfBand(output.rist().outOfBand(), place + ".rist", "output " + output.name());
            tellApart(output, listeners, place);
        }
    }

    /** status.ports knows a listener by the names of its end and its path. */
    private void tellApart(Output output, Set<String> listeners, String place) {
        for (RistPath path : output.rist().paths()) {
            if (path.listen() == null || !listeners.contains(output.name() + "/" + path.name())) continue;
            found.add(new Violation(place + ".name", "an input called " + output.name() + " listens on a path " + path.name() + " too, and the two could not be told apart; give the output another name"));
        }
    }

    private void paths(List<RistPath> paths, Profile profile, String place, String owner) {
        boolean pair = Profile.takesTwoPorts(profile);
        for (int i = 0; i < paths.size(); i++) {
            RistPath path = paths.get(i);
            String at = place + ".paths[" + i + "]";
            String who = owner + ", path " + path.name();
            String field = path.listen() == null ? at + ".sourcePort" : at + ".listen.port";
            Integer port = path.listen() == null ? path.sourcePort() : path.listen().port();
            // Groups are joined, and all of them come in at every address.
            String host = path.listen() == null || path.listen().host() == null || Hosts.isMulticast(path.listen().host()) ? null : path.listen().host();
            if (port == null) continue;
            claim(port, host, field, who);
            if (pair) claim(port + 1, host, field, who);
        }
    }

    private void outOfBand(OutOfBand outOfBand, String place, String owner) {
        if (outOfBand == null || outOfBand.listen() == null) return;
        String host = outOfBand.listen().host() == null ? "127.0.0.1" : outOfBand.listen().host();
        claim(outOfBand.listen().port(), host, place + ".outOfBand.listen.port", owner + ", outOfBand");
    }

    private void claim(int port, String host, String field, String owner) {
        String claim = "UDP port " + port + (host == null || Hosts.isAny(host) ? "" : " of " + host);
        String other = owners.putIfAbsent(claim, owner);
        if (other != null) found.add(new Violation(field, claim + " is already used by " + other + "; take another one"));
    }
}
