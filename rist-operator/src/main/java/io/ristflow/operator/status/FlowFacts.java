package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.PortClaim;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.pods.PodReport;
import java.time.Instant;
import java.util.List;

/**
 * All that a status is made from. The earlier status is the flow's own.
 *
 * @param violations what is wrong with the spec, each with its field's path; empty: accepted
 * @param ports the flow's claims
 * @param portTroubles PortConflict, PoolExhausted; notes such as NoLoadBalancer
 * @param secretTroubles SecretMissing, SecretKeyMissing
 * @param childTroubles children that the API server would not take
 * @param workload null if there is none
 * @param pods all of the flow's pods, those that end as well
 * @param reports what the running ones said, as {@code PodReports.reports} gives it
 * @param endpoints where peers reach the listeners
 */
public record FlowFacts(
        RistFlow flow, List<String> violations,
        List<PortClaim> ports, List<Trouble> portTroubles, List<Trouble> secretTroubles, List<Trouble> childTroubles, Workload workload,
        List<Pod> pods, List<PodReport> reports, List<Endpoint> endpoints, Instant now) {}
