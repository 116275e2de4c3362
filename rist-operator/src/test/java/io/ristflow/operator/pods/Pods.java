package io.ristflow.operator.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Labels;
import java.util.Map;

/** Media pods as an API server shows them. */
public final class Pods {
    private Pods() {}

    public static Pod running(String name, String uid, String ip, int port, int restarts, boolean ready) {
        return new PodBuilder()
                .withNewMetadata().withNamespace("live").withName(name).withUid(uid).withCreationTimestamp("2026-11-23T16:00:00Z")
                .withLabels(Map.of(Labels.FLOW, "studio-a")).withAnnotations(Map.of(Annotations.FLOW, "studio-a")).endMetadata()
                .withNewSpec().withNodeName("node-1").addNewContainer().withName("media").addNewPort().withName("http").withContainerPort(port).endPort()
                        .endContainer().endSpec()
                .withNewStatus().withPhase("Running").withPodIP(ip)
                .addNewCondition().withType("PodScheduled").withStatus("True").endCondition()
                .addNewCondition().withType("Ready").withStatus(ready ? "True" : "False").endCondition()
                .addNewContainerStatus().withName("media").withImage("media:1").withContainerID("containerd://" + uid + restarts).withRestartCount(restarts)
                        .withReady(ready)
                .withNewState().withNewRunning().endRunning().endState().endContainerStatus()
                .endStatus().build();
    }
}
