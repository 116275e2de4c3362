package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.Authentication;
import io.ristflow.operator.crd.v1alpha1.Encryption;
import io.ristflow.operator.crd.v1alpha1.Input;
import io.ristflow.operator.crd.v1alpha1.Output;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A spec as a status needs it: its ends, inputs and outputs alike. Takes specs that break rules, as those have a status too. */
record SpecView(List<End> inputs, List<End> outputs) {
    /** @param rist whether it is RIST; the rest belongs to that */
    record End(String name, boolean input, boolean rist, boolean oneWay, List<RistPath> paths, Encryption encryption, Authentication authentication) {
        String where() {
            return (input ? "input " : "output ") + name;
        }

        String where(String leg) {
            return leg == null || leg.isEmpty() ? where() : where() + ", path " + leg;
        }

        boolean srp() {
            return authentication != null && authentication.srp() != null;
        }

        boolean listens() {
            return !paths.isEmpty() && paths.getFirst().listen() != null;
        }

        Encryption encryption(String leg) {
            return paths.stream().filter(p -> Objects.equals(p.name(), leg) && p.encryption() != null).map(RistPath::encryption).findFirst().orElse(encryption);
        }

        /** Where it calls, or how it waits. */
        String waits() {
            if (listens()) return where() + " waits for a peer to call";
            List<String> peers = paths.stream().map(RistPath::connect).filter(Objects::nonNull).map(c -> c.host() + ':' + c.port()).toList();
            return where() + " calls " + String.join(", ", peers);
        }
    }

    static SpecView of(RistFlowSpec spec) {
        if (spec == null) return new SpecView(List.of(), List.of());
        return new SpecView(list(spec.inputs()).stream().map(SpecView::end).toList(), list(spec.outputs()).stream().map(SpecView::end).toList());
    }

    private static End end(Input i) {
        var r = i.rist();
        if (r == null) return plain(i.name(), true);
        return new End(i.name(), true, true, Boolean.TRUE.equals(r.oneWay()), list(r.paths()), r.encryption(), r.authentication());
    }

    private static End end(Output o) {
        var r = o.rist();
        if (r == null) return plain(o.name(), false);
        return new End(o.name(), false, true, Boolean.TRUE.equals(r.oneWay()), list(r.paths()), r.encryption(), r.authentication());
    }

    private static End plain(String name, boolean input) {
        return new End(name, input, false, false, List.of(), null, null);
    }

    private static <T> List<T> list(List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The ends whose peers PeerConnected speaks of: the inputs that are RIST; without any, the outputs that hear their peers. */
    List<End> peering() {
        List<End> from = inputs.stream().filter(End::rist).toList();
        return from.isEmpty() ? outputs.stream().filter(e -> e.rist() && !e.oneWay()).toList() : from;
    }

    List<End> srp() {
        return Stream.concat(inputs.stream(), outputs.stream()).filter(End::srp).toList();
    }

}
