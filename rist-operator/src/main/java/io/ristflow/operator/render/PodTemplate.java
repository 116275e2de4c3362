package io.ristflow.operator.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.ristflow.operator.config.OperatorSettings;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.PodSettings;
import io.ristflow.operator.crd.v1alpha1.Resources;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.ports.PortGrant;
import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.ports.PortNeed.Reach;
import io.ristflow.operator.ports.PortNeeds;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The pod of one flow. Pure. Only what a running pod cannot take on is in here, as every change of it means a new pod: ports of Services, for one, are not.
 *
 * @param secrets names of the Secrets that are mounted
 * @param restart generation that only a new pod could take on, and how often it was asked for beyond once; null before there was one
 */
public record PodTemplate(RistFlow flow, OperatorSettings.Media media, FlowPorts ports, Collection<String> secrets, String restart) {
    public static final String DOCUMENT_DIRECTORY = "/etc/ristflow/document";
    public static final String SECRETS_DIRECTORY = "/etc/ristflow/secrets";
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final String DOCUMENT_VOLUME = "document";
    private static final String TMP_VOLUME = "tmp";
    /** Beyond the drain: for the farewell to peers and the media that is still on its way out. */
    private static final int GRACE_SECONDS = 10;
    private static final int DRAIN_SECONDS = 30;
    private static final long USER = 65532;
    /** Of a pod whose spec asks for nothing: what a flow of ordinary bit rate takes. No limit: a throttled pod loses packets. */
    private static final Map<String, Quantity> REQUESTS = Map.of("cpu", new Quantity("100m"), "memory", new Quantity("192Mi"));

    public PodTemplate {
        secrets = Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
    }

    /** With its own hash as an annotation. */
    public PodTemplateSpec spec() {
        PodTemplateSpec template = plain();
        template.getMetadata().getAnnotations().put(Annotations.TEMPLATE, hash(template));
        return template;
    }

    /** What {@link Annotations#TEMPLATE} says of this pod. */
    public String hash() {
        return hash(plain());
    }

    private static String hash(PodTemplateSpec template) {
        try {
            return Names.hash(JSON.writeValueAsString(template));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PodTemplateSpec plain() {
        RistFlowSpec wanted = flow.getSpec();
        PodSettings pod = wanted.pod();
        boolean onNode = PortNeeds.type(wanted) == ExposureType.HostNetwork;
        return new PodTemplateSpecBuilder()
                .withNewMetadata().withLabels(Labels.of(flow.getMetadata().getName())).withAnnotations(annotations()).endMetadata()
                .withNewSpec()
                .withServiceAccountName(Names.child(flow.getMetadata().getName())).withAutomountServiceAccountToken(false).withEnableServiceLinks(false)
                .withImagePullSecrets(media.imagePullSecrets().orElse(List.of()).stream().map(LocalObjectReference::new).toList())
                .withHostNetwork(onNode ? true : null).withDnsPolicy(onNode ? "ClusterFirstWithHostNet" : "ClusterFirst")
                .withTerminationGracePeriodSeconds((long) drainSeconds(wanted) + GRACE_SECONDS)
                .withNodeSelector(pod == null || pod.nodeSelector() == null || pod.nodeSelector().isEmpty() ? null : pod.nodeSelector())
                .withPriorityClassName(pod == null || pod.priorityClassName() == null || pod.priorityClassName().isEmpty() ? null : pod.priorityClassName())
                .withTolerations(tolerations(pod))
                .withNewSecurityContext()
                .withRunAsNonRoot(true).withRunAsUser(USER).withRunAsGroup(USER).withFsGroup(USER).withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile()
                .endSecurityContext()
                .withContainers(container())
                .withVolumes(volumes())
                .endSpec().build();
    }

    static int drainSeconds(RistFlowSpec spec) {
        return spec.maintenance() == null || spec.maintenance().drainSeconds() == null ? DRAIN_SECONDS : spec.maintenance().drainSeconds();
    }

    private Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        PodSettings pod = flow.getSpec().pod();
        if (pod != null && pod.annotations() != null) annotations.putAll(pod.annotations());
        annotations.put(Annotations.FLOW, flow.getMetadata().getName());
        annotations.put(Annotations.SAFE_TO_EVICT, "false");
        String networks = Networks.annotation(Networks.of(flow.getSpec()));
        if (networks != null) annotations.put(Annotations.NETWORKS, networks);
        if (restart != null) annotations.put(Annotations.RESTART_GENERATION, restart);
        return annotations;
    }

    private Container container() {
        return new ContainerBuilder()
                .withName(Names.CONTAINER).withImage(media.image()).withImagePullPolicy(media.imagePullPolicy())
                .withArgs("run", "-f", DOCUMENT_DIRECTORY + "/" + Names.DOCUMENT_KEY, "--secrets", SECRETS_DIRECTORY, "--follow", "--http", "0.0.0.0:" + ports.http(), "--log-format", "json",
                        "--drain-seconds", String.valueOf(drainSeconds(flow.getSpec())))
                .withEnv(env())
                .withPorts(containerPorts())
                .withVolumeMounts(mounts())
                .withResources(resources())
                // Sockets are bound within a second or so; a flow that starts is not kept waiting for the next look.
                .withStartupProbe(probe("started").withPeriodSeconds(1).withFailureThreshold(60).build())
                .withReadinessProbe(probe("ready").withPeriodSeconds(2).withFailureThreshold(2).build())
                .withLivenessProbe(probe("live").withPeriodSeconds(10).withFailureThreshold(3).build())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false).withReadOnlyRootFilesystem(true).withNewCapabilities().withDrop("ALL").endCapabilities()
                .endSecurityContext()
                .build();
    }

    private List<EnvVar> env() {
        return media.javaOptions().filter(options -> !options.isBlank()).map(options -> new EnvVarBuilder().withName("JAVA_TOOL_OPTIONS").withValue(options).build()).stream().toList();
    }

    private ProbeBuilder probe(String what) {
        return new ProbeBuilder(new Probe()).withNewHttpGet().withPath("/q/health/" + what).withNewPort(Names.HTTP_PORT).withScheme("HTTP").endHttpGet().withTimeoutSeconds(3).withSuccessThreshold(1);
    }

    private List<ContainerPort> containerPorts() {
        List<ContainerPort> all = new ArrayList<>();
        boolean onNode = PortNeeds.type(flow.getSpec()) == ExposureType.HostNetwork;
        all.add(new ContainerPortBuilder().withName(Names.HTTP_PORT).withContainerPort(ports.http()).withHostPort(onNode ? ports.http() : null).withProtocol("TCP").build());
        // Ports of the node are told to the scheduler, which then puts no two pods with one of them on a node.
        for (PortGrant grant : ports.grants()) {
            boolean nodes = grant.need().reach() == Reach.HOST_PORT || grant.need().reach() == Reach.HOST_NETWORK;
            if (!nodes || grant.need().kind() == Kind.HTTP) continue;
            for (int port = grant.port(); port <= grant.port() + (grant.need().pair() ? 1 : 0); port++) {
                all.add(new ContainerPortBuilder().withContainerPort(port).withHostPort(port).withProtocol("UDP").build());
            }
        }
        return all;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(new VolumeMountBuilder().withName(DOCUMENT_VOLUME).withMountPath(DOCUMENT_DIRECTORY).withReadOnly(true).build());
        for (String secret : secrets) {
            mounts.add(new VolumeMountBuilder().withName(Names.secretVolume(secret)).withMountPath(SECRETS_DIRECTORY + "/" + secret).withReadOnly(true).build());
        }
        // Without Secrets the directory is an empty one, so that the argument always holds.
        if (secrets.isEmpty()) mounts.add(new VolumeMountBuilder().withName(TMP_VOLUME).withMountPath(SECRETS_DIRECTORY).withSubPath("secrets").build());
        mounts.add(new VolumeMountBuilder().withName(TMP_VOLUME).withMountPath("/tmp").build());
        return mounts;
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder().withName(DOCUMENT_VOLUME).withNewConfigMap().withName(Names.child(flow.getMetadata().getName())).withDefaultMode(0444).endConfigMap().build());
        for (String secret : secrets) {
            // Optional: the operator waits for Secrets that are needed; one that is not any more must not keep a pod from starting.
            volumes.add(new VolumeBuilder().withName(Names.secretVolume(secret)).withNewSecret().withSecretName(secret).withOptional(true).withDefaultMode(0440).endSecret().build());
        }
        volumes.add(new VolumeBuilder().withName(TMP_VOLUME).withNewEmptyDir().withMedium("Memory").withSizeLimit(new Quantity("32Mi")).endEmptyDir().build());
        return volumes;
    }

    private ResourceRequirements resources() {
        Resources resources = flow.getSpec().pod() == null ? null : flow.getSpec().pod().resources();
        boolean asked = resources != null && (present(resources.requests()) || present(resources.limits()));
        if (!asked) return new ResourceRequirementsBuilder().withRequests(REQUESTS).build();
        return new ResourceRequirementsBuilder()
                .withRequests(present(resources.requests()) ? resources.requests() : null).withLimits(present(resources.limits()) ? resources.limits() : null).build();
    }

    private static boolean present(Map<String, Quantity> quantities) {
        return quantities != null && !quantities.isEmpty();
    }

    private static List<Toleration> tolerations(PodSettings pod) {
        if (pod == null || pod.tolerations() == null) return List.of();
        return pod.tolerations().stream().map(t -> new Toleration(
                t.effect() == null ? null : t.effect().name(), t.key(), t.operator() == null ? null : t.operator().name(), t.tolerationSeconds(), t.value())).toList();
    }
}
