package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.dependent.ClusterApis;
import io.ristflow.operator.ports.PortLedger;
import io.ristflow.operator.status.EventRecorder;
import io.ristflow.operator.status.FlowMeters;
import io.ristflow.operator.validate.SpecRules;
import java.time.Clock;

/** What all reconciliations share. One for each time that this process leads. */
public record Office(
        OperatorSettings settings, KubernetesClient client, ClusterApis apis, SpecRules rules, PortLedger ledger, EventRecorder events, FlowMeters flowMeters, MeterRegistry meters, Clock clock) {}
