package io.ristflow.operator.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import java.util.Objects;
import java.util.Optional;

/**
 * One run of one media container, and where it is asked. A container that is started again keeps its pod and its address but is another {@code run}: what the
 * last one said is not to be believed of it.
 *
 * @param run what tells this run of the container from every other
 * @param ready as Kubernetes sees it
 */
record MediaPod(String namespace, String flow, String name, String uid, String ip, int port, String run, boolean ready) {
    /** Empty if the pod is no flow's, or its container does not run. A pod that ends still counts: its flow drains. */
    static Optional<MediaPod> of(Pod pod) {
        String flow = flow(pod);
        if (flow == null || pod.getStatus() == null || pod.getStatus().getPodIP() == null || pod.getStatus().getPodIP().isEmpty()) return Optional.empty();
        ContainerStatus status = pod.getStatus().getContainerStatuses().stream().filter(c -> Names.CONTAINER.equals(c.getName())).findFirst().orElse(null);
        if (status == null || status.getState() == null || status.getState().getRunning() == null) return Optional.empty();
        var metadata = pod.getMetadata();
        String run = metadata.getUid() + ' ' + status.getContainerID() + ' ' + status.getRestartCount();
        return Optional.of(new MediaPod(metadata.getNamespace(), flow, metadata.getName(), metadata.getUid(), pod.getStatus().getPodIP(), port(pod), run,
                Boolean.TRUE.equals(status.getReady())));
    }

    /** The whole name; the label's may be cut short. */
    private static String flow(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        String whole = annotations == null ? null : annotations.get(Annotations.FLOW);
        var labels = pod.getMetadata().getLabels();
        return whole != null || labels == null ? whole : labels.get(Labels.FLOW);
    }

    private static int port(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(c -> Names.CONTAINER.equals(c.getName()))
                .map(Container::getPorts)
                .flatMap(ports -> ports.stream().filter(p -> Names.HTTP_PORT.equals(p.getName())))
                .map(ContainerPort::getContainerPort)
                .filter(Objects::nonNull)
                .findFirst().orElse(Names.HTTP_PORT_NUMBER);
    }

    /** {@code http://10.0.0.7:8080}, an IPv6 address in brackets. */
    String base() {
        return "http://" + (ip.indexOf(':') < 0 ? ip : '[' + ip + ']') + ':' + port;
    }
}
