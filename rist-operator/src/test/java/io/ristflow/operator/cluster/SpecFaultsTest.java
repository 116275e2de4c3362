package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty specs that are wrong in a way that this API server, which knows no CEL, lets through: the operator names the field, makes nothing, and runs the flow when it is mended. */
@Tag("cluster")
@OnCluster
class SpecFaultsTest {
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(5);
    private static final Duration READY_WITHIN = Duration.ofSeconds(10);
    private static final String OUT = "{name: out, udp: {host: 192.0.2.9, port: 5000}}";

    /** @param field how the message begins; {@code inputs}, {@code outputs} and {@code more} are pieces of the spec */
    record Fault(String name, String field, String inputs, String outputs, String more) {
        static Fault rist(String name, String field, String settings) {
            return new Fault(name, "spec.inputs[0].rist" + field, "{name: main, rist: {" + settings + "}}", OUT, "");
        }

        String spec() {
            return Documents.spec(name, "inputs: [" + inputs + "]\noutputs: [" + outputs + "]\nexposure: {type: NodePort}\nmaintenance: {drainSeconds: 0}\n" + more);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        String a = "paths: [{name: a, listen: {}}]";
        String test = "{name: main, testSignal: {}}, {name: spare, testSignal: {}}";
        String key = "encryption: {secretRef: {name: none}";
        return Stream.of(
                new Fault("two-inputs-and-no-policy", "spec", test, OUT, ""),
                new Fault("one-input-and-a-policy", "spec", "{name: main, testSignal: {}}", OUT, "inputPolicy: {mode: Failover}"),
                new Fault("preferred-is-no-input", "spec", test, OUT, "inputPolicy: {mode: Failover, preferred: other}"),
                new Fault("merge-of-unnumbered-packets", "spec", test, OUT, "inputPolicy: {mode: Merge}"),
                new Fault("preferred-with-merge", "spec.inputPolicy", "{name: main, rtp: {port: 5004}}, {name: spare, rtp: {port: 5006}}", OUT, "inputPolicy: {mode: Merge, preferred: main}"),
                new Fault("input-of-two-kinds", "spec.inputs[0]", "{name: main, testSignal: {}, udp: {port: 5004}}", OUT, ""),
                new Fault("output-of-no-kind", "spec.outputs[0]", "{name: main, testSignal: {}}", "{name: out}", ""),
                new Fault("output-of-two-kinds", "spec.outputs[0]", "{name: main, testSignal: {}}", "{name: out, udp: {host: h, port: 5000}, rtp: {host: h, port: 5002}}", ""),
                Fault.rist("path-that-does-both", ".paths[0]", "profile: Main, paths: [{name: a, listen: {}, connect: {host: h, port: 5000}}]"),
                Fault.rist("paths-of-both-directions", "", "profile: Main, paths: [{name: a, listen: {}}, {name: b, connect: {host: h, port: 5000}}]"),
                Fault.rist("auto-that-connects", "", "profile: Auto, paths: [{name: a, connect: {host: h, port: 5000}}]"),
                Fault.rist("simple-on-an-odd-port", "", "profile: Simple, paths: [{name: a, listen: {port: 31701}}]"),
                Fault.rist("simple-with-a-key", "", "profile: Simple, " + a + ", " + key + "}"),
                Fault.rist("main-with-192-bits", "", "profile: Main, " + a + ", " + key + ", aesBits: 192}"),
                Fault.rist("simple-with-a-login", "", "profile: Simple, " + a + ", authentication: {srp: {usersSecretRef: {name: none}}}"),
                Fault.rist("login-of-both-kinds", ".authentication.srp", "profile: Main, " + a + ", authentication: {srp: {usersSecretRef: {name: none}, credentialsSecretRef: {name: none}}}"),
                Fault.rist("source-port-of-a-listener", ".paths[0]", "profile: Main, paths: [{name: a, listen: {}, sourcePort: 5000}]"),
                Fault.rist("one-way-that-connects", "", "profile: Main, oneWay: true, paths: [{name: a, connect: {host: h, port: 5000}}]"),
                Fault.rist("buffer-twice", ".recovery", "profile: Main, " + a + ", recovery: {bufferMs: 500, bufferMinMs: 100, bufferMaxMs: 900}"),
                Fault.rist("next-key-that-is-not-there", ".encryption", "profile: Main, " + a + ", " + key + ", inForce: NextSecret}"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aWrongSpecIsNamedAndRunsWhenMended(Fault fault, Flows flows) {
        flows.apply(fault.spec());
        FlowCondition condition = flows.awaitCondition(fault.name(), NAMED_WITHIN, "Accepted", ConditionStatus.False, "SpecInvalid");
        assertThat(condition.message()).contains(fault.field());
        assertThat(flows.leftOver(fault.name())).as("children of a spec that was refused").isEmpty();

        flows.apply(Documents.flow(fault.name(), "{profile: Main, paths: [{name: a, listen: {}}]}", "{type: NodePort}", OUT));
        flows.awaitReady(fault.name(), READY_WITHIN);
        assertThat(Flows.condition(flows.get(fault.name()), "Accepted").orElseThrow().status()).isEqualTo(ConditionStatus.True);
        flows.delete(fault.name());
    }
}
