package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What this cluster serves beyond what every one from 1.20 on does. Asked once, at the start.
 *
 * @param disruptionBudgetsV1 policy/v1 (from 1.21 on); policy/v1beta1 otherwise (up to 1.24)
 * @param serviceMonitors whether Prometheus' operator is installed
 */
public record ClusterApis(boolean disruptionBudgetsV1, boolean serviceMonitors) {
    /** @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not answer */
    public static ClusterApis ask(KubernetesClient client) {
        return new ClusterApis(client.supports("policy/v1", "PodDisruptionBudget"), client.supports(ServiceMonitor.GROUP + "/" + ServiceMonitor.VERSION, ServiceMonitor.KIND));
    }
}
