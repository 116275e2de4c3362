package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.dependent.Child;
import io.ristflow.operator.dependent.DisruptionBudget;
import io.ristflow.operator.dependent.DisruptionBudgetBeta;
import io.ristflow.operator.dependent.DocumentConfigMap;
import io.ristflow.operator.dependent.MediaDeployment;
import io.ristflow.operator.dependent.MediaService;
import io.ristflow.operator.dependent.MediaStatefulSet;
import io.ristflow.operator.dependent.MetricsMonitor;
import io.ristflow.operator.dependent.MetricsService;
import io.ristflow.operator.dependent.PodAccount;
import io.ristflow.operator.dependent.SourcesPolicy;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.pods.PodApi;
import io.ristflow.operator.pods.PodReports;
import io.ristflow.operator.ports.FlowRef;
import io.ristflow.operator.ports.PortNeeds;
import io.ristflow.operator.render.SecretUse;
import io.ristflow.operator.status.EventPolicy;
import io.ristflow.operator.text.Texts;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a RistFlow is made of, and what wakes it: its children, its pods and what they say, the Secrets that it names, and flows that want its ports. */
@Workflow(explicitInvocation = true, handleExceptionsInReconciler = true, dependents = {
    @Dependent(name = "account", type = PodAccount.class),
    @Dependent(name = "document", type = DocumentConfigMap.class),
    @Dependent(name = "service", type = MediaService.class),
    @Dependent(name = "policy", type = SourcesPolicy.class),
    @Dependent(name = "deployment", type = MediaDeployment.class, dependsOn = {"account", "document", "service", "policy"}),
    @Dependent(name = "stateful-set", type = MediaStatefulSet.class, dependsOn = {"account", "document", "service", "policy"}),
    @Dependent(name = "budget", type = DisruptionBudget.class, activationCondition = DisruptionBudget.Served.class),
    @Dependent(name = "budget-beta", type = DisruptionBudgetBeta.class, activationCondition = DisruptionBudgetBeta.Served.class),
    @Dependent(name = "metrics-service", type = MetricsService.class, useEventSourceWithName = "service"),
    @Dependent(name = "metrics-monitor", type = MetricsMonitor.class, activationCondition = MetricsMonitor.Served.class)
})
@ControllerConfiguration(name = "ristflow", fieldManager = Names.FIELD_MANAGER)
public final class RistFlowReconciler implements Reconciler<RistFlow>, AutoCloseable {
    static final String SECRETS = "secrets";
    private static final String PODS = "pods";
    private static final String BY_SECRET = "by-secret";
    private static final long AT_ONCE_MS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(RistFlowReconciler.class);

    private final Office office;
    private final NodeAddresses nodes;
    private final PodApi podApi = PodApi.create();
    private final FlowTriggers triggers = new FlowTriggers(this::gone);
    private final Map<FlowRef, FlowMemory> memories = new ConcurrentHashMap<>();
    private PodReports reports;
    private boolean restored;
    private volatile boolean stopping;

    public RistFlowReconciler(Office office) {
        this.office = office;
        nodes = new NodeAddresses(office.client(), office.clock()::millis);
    }

    @Override
    public UpdateControl<RistFlow> reconcile(RistFlow flow, Context<RistFlow> context) {
        restorePorts(context);
        FlowMemory memory = memories.computeIfAbsent(FlowRef.of(flow), f -> new FlowMemory());
        Reconciliation look = new Reconciliation(office, nodes, triggers, memory, reports.reports(flow), flow, context);
        RistFlowStatus status = look.run();
        if (status == null) return lookAgainIn(AT_ONCE_MS);
        if (look.lookAgainMs() == Long.MAX_VALUE) memory.succeeded();

        office.flowMeters().phase(flow.getMetadata().getNamespace(), flow.getMetadata().getName(), status.phase());
        EventPolicy.events(flow.getStatus(), status).forEach(event -> office.events().record(flow, event));
        if (status.equals(flow.getStatus())) return lookAgainIn(look.lookAgainMs());
        RistFlow written = context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(flow, status));
        // A spec that came while the status was on its way is older than the answer, which the framework therefore takes for all that there is to know (java-operator-sdk, issue 3398).
        boolean changedMeanwhile = !Objects.equals(written.getMetadata().getGeneration(), flow.getMetadata().getGeneration());
        return lookAgainIn(changedMeanwhile ? AT_ONCE_MS : look.lookAgainMs());
    }

    private static UpdateControl<RistFlow> lookAgainIn(long ms) {
        UpdateControl<RistFlow> control = UpdateControl.noUpdate();
        return ms == Long.MAX_VALUE ? control : control.rescheduleAfter(Duration.ofMillis(ms));
    }

    /** The status alone: what is applied on the server's side is owned, and nothing else of the flow is ours. */
    private static RistFlow withStatus(RistFlow flow, RistFlowStatus status) {
        RistFlow patch = new RistFlow();
        patch.setMetadata(new ObjectMetaBuilder().withName(flow.getMetadata().getName()).withNamespace(flow.getMetadata().getNamespace()).build());
        patch.setStatus(status);
        return patch;
    }

    /** The API server did not answer, or not as it should: one line, and another attempt later. */
    @Override
    public ErrorStatusUpdateControl<RistFlow> updateErrorStatus(RistFlow flow, Context<RistFlow> context, Exception thrown) {
        FlowMemory memory = memories.computeIfAbsent(FlowRef.of(flow), f -> new FlowMemory());
        if (stopping) return ErrorStatusUpdateControl.<RistFlow>noStatusUpdate().withNoRetry();
        boolean first = memory.well();
        long pauseMs = memory.failed();
        KubernetesClientException refusal = ChildFailures.refusal(thrown);
        if (refusal == null) {
            // A mistake of ours: where it was is told once.
            LOG.error("{} failed: {}; tried again in {} ms", FlowRef.of(flow), Texts.oneLine(thrown.toString()), pauseMs, first ? thrown : null);
        } else if (refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            LOG.debug("{} is gone", FlowRef.of(flow));
        } else {
            LOG.warn("{}: {}; tried again in {} ms", FlowRef.of(flow), Texts.oneLine(refusal.getMessage()), pauseMs);
        }
        return ErrorStatusUpdateControl.<RistFlow>noStatusUpdate().rescheduleAfter(Duration.ofMillis(pauseMs));
    }

    // ---- what wakes it ----------------------------------------------------------------------------------------------------------------------

    @Override
    public List<EventSource<?, RistFlow>> prepareEventSources(EventSourceContext<RistFlow> context) {
        InformerEventSource<Pod, RistFlow> pods = new InformerEventSource<>(InformerEventSourceConfiguration.from(Pod.class, RistFlow.class)
                .withName(PODS).withLabelSelector(Labels.SELECTOR).withInformerListLimit(Child.LIST_LIMIT).withNamespacesInheritedFromController().withSecondaryToPrimaryMapper(RistFlowReconciler::flowOf).build(), context);
        context.getPrimaryCache().addIndexer(BY_SECRET, RistFlowReconciler::secretsOf);
        InformerEventSource<Secret, RistFlow> secrets = new InformerEventSource<>(InformerEventSourceConfiguration.from(Secret.class, RistFlow.class)
                .withName(SECRETS).withNamespacesInheritedFromController().withInformerListLimit(Child.LIST_LIMIT)
                // Neither is ever referred to, and of either there are many.
                .withFieldSelector(new FieldSelectorBuilder().withoutField("type", "helm.sh/release.v1").withoutField("type", "kubernetes.io/service-account-token").build())
                .withSecondaryToPrimaryMapper((Secret secret) -> context.getPrimaryCache().byIndex(BY_SECRET, key(secret.getMetadata().getNamespace(), secret.getMetadata().getName())).stream()
                        .map(ResourceID::fromResource).collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((RistFlow flow) -> SecretUse.names(flow.getSpec()).stream().map(name -> new ResourceID(name, flow.getMetadata().getNamespace())).collect(Collectors.toSet()))
                .build(), context);
        reports = new PodReports(podApi, () -> pods.isRunning() ? pods.list(pod -> true) : Stream.empty(), office.settings().pollInterval(), office.settings().statisticsInterval(), office.meters());
        Releases releases = new Releases(office.client(), () -> pods.isRunning() ? pods.list(Pod::isMarkedForDeletion) : Stream.empty(), office.clock());
        return List.of(pods, secrets, reports, releases, triggers);
    }

    private static Set<ResourceID> flowOf(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String flow = annotations == null ? null : annotations.get(Annotations.FLOW);
        return flow == null ? Set.of() : Set.of(new ResourceID(flow, pod.getMetadata().getNamespace()));
    }

    private static List<String> secretsOf(RistFlow flow) {
        if (flow.getSpec() == null) return List.of();
        return SecretUse.names(flow.getSpec()).stream().map(name -> key(flow.getMetadata().getNamespace(), name)).toList();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    // ---- ports over restarts ------------------------------------------------------------------------------------------------------------------

    /** Before the first flow is looked at, every flow's ports are its own again. The oldest flow comes first, as it did. */
    private synchronized void restorePorts(Context<RistFlow> context) {
        if (restored) return;
        context.getPrimaryCache().list().sorted(Comparator.comparing((RistFlow f) -> f.getMetadata().getCreationTimestamp()).thenComparing(FlowRef::of)).forEach(flow -> {
            if (flow.getSpec() == null || flow.getStatus() == null || flow.getStatus().ports() == null) return;
            Service service = cached(context, Service.class, "service", flow.getMetadata().getNamespace(), Names.child(flow.getMetadata().getName()));
            Map<Integer, Integer> nodePorts = new HashMap<>();
            if (service != null) service.getSpec().getPorts().stream().filter(port -> port.getNodePort() != null).forEach(port -> nodePorts.put(port.getPort(), port.getNodePort()));
            office.ledger().restore(FlowRef.of(flow), PortNeeds.of(flow.getSpec()), PortNeeds.nodes(flow.getSpec()), flow.getStatus().ports(), nodePorts);
        });
        restored = true;
    }

    private Collection<FlowRef> gone(FlowRef flow) {
        memories.remove(flow);
        office.flowMeters().gone(flow.namespace(), flow.name());
        return office.ledger().release(flow);
    }

    /** What the informer called {@code source} holds; null if it holds nothing of that name. */
    static <T extends HasMetadata> T cached(Context<RistFlow> context, Class<T> type, String source, String namespace, String name) {
        EventSource<T, RistFlow> informer = context.eventSourceRetriever().getEventSourceFor(type, source);
        return ((InformerEventSource<T, RistFlow>) informer).get(new ResourceID(name, namespace)).orElse(null);
    }

    /** What fails from now on fails because the end has come. */
    public void stopping() {
        stopping = true;
    }

    @Override
    public void close() {
        if (reports != null) reports.close();
        podApi.close();
        office.events().close();
    }
}
