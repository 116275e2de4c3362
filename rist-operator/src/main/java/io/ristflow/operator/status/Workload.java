package io.ristflow.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ristflow.operator.naming.Annotations;

/**
 * What makes a flow's pod, as it stands in the cluster: a StatefulSet where the pod's ports are the node's, a Deployment elsewhere.
 *
 * @param kind as Kubernetes names it
 * @param operator that applied it last, see {@link Annotations#OPERATOR}; null: none says so
 * @param template of the pods that it makes
 * @param refusal why no pod may be made, the API server's word; null if none is known to be refused
 */
public record Workload(String kind, String operator, PodTemplateSpec template, String refusal) {
    public static Workload of(Deployment live) {
        boolean told = live.getStatus() != null && live.getStatus().getConditions() != null;
        String refusal = !told ? null : live.getStatus().getConditions().stream().filter(c -> "ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus()))
                .findFirst().map(c -> said(c.getMessage())).orElse(null);
        return new Workload("Deployment", operator(live), live.getSpec() == null ? null : live.getSpec().getTemplate(), refusal);
    }

    /** @param refusal what its last event about a pod that could not be made says; its status says nothing. Null: none */
    public static Workload of(StatefulSet live, String refusal) {
        return new Workload("StatefulSet", operator(live), live.getSpec().getTemplate(), refusal == null ? null : said(refusal));
    }

    private static String operator(HasMetadata live) {
        return live.getMetadata() == null || live.getMetadata().getAnnotations() == null ? null : live.getMetadata().getAnnotations().get(Annotations.OPERATOR);
    }

    private static String said(String message) {
        return message == null || message.isBlank() ? "no reason is given" : message.strip();
    }
}
