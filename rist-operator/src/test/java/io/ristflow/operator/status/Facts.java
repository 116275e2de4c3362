package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.FlowCondition;
import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.pods.Pods;
import io.ristflow.operator.pods.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A flow in its surroundings, which a test changes step by step; each {@link #next} is one reconciliation whose status is the next one's earlier status. */
final class Facts {
    static final String LISTENER = """
            inputs:
            - name: main
              rist:
                profile: Main
                paths:
                - {name: fibre, listen: {port: 5000}}
                encryption: {secretRef: {name: studio-a-key, key: passphrase}, aesBits: 256}
            outputs:
            - {name: playout, udp: {host: 239.1.1.1, port: 5004}}
            """;
    static final String BOND = """
            inputs:
            - name: main
              rist:
                profile: Main
                paths:
                - {name: fibre, listen: {port: 5000}}
                - {name: lte, listen: {port: 5002}, rttDropMs: 300}
            outputs:
            - {name: playout, udp: {host: 239.1.1.1, port: 5004}}
            """;
    static final String TWO = """
            inputs:
            - name: main
              rist: {profile: Main, paths: [{name: fibre, listen: {port: 5000}}]}
            - name: backup
              rist: {profile: Main, paths: [{name: lte, listen: {port: 5002}}]}
            inputPolicy: {mode: Failover}
            outputs:
            - {name: playout, udp: {host: 239.1.1.1, port: 5004}}
            """;
    static final String CALLER = """
            inputs:
            - {name: signal, testSignal: {bitrateKbps: 5000}}
            outputs:
            - name: affiliate
              rist: {profile: Advanced, paths: [{name: wan, connect: {host: b.example, port: 6000}}]}
            """;
    static final String LOGIN = """
            inputs:
            - name: main
              rist:
                profile: Main
                paths: [{name: fibre, listen: {port: 5000}}]
                authentication: {srp: {usersSecretRef: {name: users, key: users}}}
            outputs:
            - {name: playout, udp: {host: 239.1.1.1, port: 5004}}
            """;

    final RistFlow flow;
    List<String> violations = List.of();
    List<PortClaim> ports = List.of(new PortClaim("main", "fibre", 5000, 31000, "default"));
    List<Trouble> portTroubles = List.of();
    List<Trouble> secretTroubles = List.of();
    List<Trouble> childTroubles = List.of();
    Workload workload = new Workload("Deployment", null, null, null);
    List<Pod> pods = new ArrayList<>(List.of(Pods.running(Told.POD, Told.UID, "10.0.0.7", 8080, 0, true)));
    List<PodReport> reports = List.of();
    List<Endpoint> endpoints = List.of(new Endpoint("main", null, "fibre", "203.0.113.7", 31000, "rist://203.0.113.7:31000?profile=main&aes-type=256"));
    Instant now = Instant.parse("2026-11-23T16:00:00Z");

    private Facts(String spec) {
        flow = Serialization.unmarshal("apiVersion: ristflow.io/v1alpha1\nkind: RistFlow\nmetadata: {name: studio-a, namespace: live, generation: 1, uid: flow-uid}\nspec:\n" + spec.indent(2), RistFlow.class);
    }

    static Facts of(String spec) {
        return new Facts(spec);
    }

    Facts says(PodReport... report) {
        reports = List.of(report);
        return this;
    }

    /** What the status would be now; nothing is kept. */
    RistFlowStatus status() {
        return StatusAggregator.aggregate(new FlowFacts(flow, violations, ports, portTroubles, secretTroubles, childTroubles, workload, pods, reports,
                endpoints, now));
    }

    /** One reconciliation, a second later. */
    RistFlowStatus next() {
        now = now.plusSeconds(1);
        RistFlowStatus status = status();
        flow.setStatus(status);
        return status;
    }

    static FlowCondition condition(RistFlowStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElse(null);
    }

    /** "False SecretMissing". */
    static String brief(RistFlowStatus status, String type) {
        FlowCondition c = condition(status, type);
        return c == null ? null : c.status() + " " + c.reason();
    }

    static boolean isTrue(RistFlowStatus status, String type) {
        FlowCondition c = condition(status, type);
        return c != null && c.status() == ConditionStatus.True;
    }
}
