package io.ristflow.operator.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.ristflow.operator.crd.v1alpha1.ConditionStatus;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistFlowStatus;
import io.ristflow.operator.dependent.FlowPlan;
import io.ristflow.operator.naming.Names;
import io.ristflow.operator.pods.PodReport;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.ports.FlowRef;
import io.ristflow.operator.ports.PortNeeds;
import io.ristflow.operator.ports.PortOutcome;
import io.ristflow.operator.render.Endpoints;
import io.ristflow.operator.render.PodTemplate;
import io.ristflow.operator.render.ResolvedDocument;
import io.ristflow.operator.render.SecretUse;
import io.ristflow.operator.status.Conditions;
import io.ristflow.operator.status.FlowEvent;
import io.ristflow.operator.status.FlowFacts;
import io.ristflow.operator.status.Reasons;
import io.ristflow.operator.status.StatusAggregator;
import io.ristflow.operator.status.Trouble;
import io.ristflow.operator.status.Workload;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at one flow: rules, ports, Secrets, children, nudge, status, in this order. Each step that fails leaves what stands as it is and says so in the status; nothing is written that is not
 * different.
 */
final class Reconciliation {
    /** Nobody tells when a Service of somebody else gives its port back. */
    private static final long FOREIGN_PORT_MS = 5_000;
    /** Nor when a StatefulSet fails to make its pod. */
    private static final long UNBORN_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final Office office;
    private final NodeAddresses nodes;
    private final FlowTriggers triggers;
    private final FlowMemory memory;
    private final RistFlow flow;
    private final Context<RistFlow> context;
    private final List<Pod> pods;
    private final List<PodReport> reports;

    private FlowPorts ports;
    private List<Endpoint> endpoints;
    private final List<Trouble> portTroubles = new ArrayList<>();
    private final List<Trouble> secretTroubles = new ArrayList<>();
    private final List<Trouble> childTroubles = new ArrayList<>();
    private long lookAgainMs = Long.MAX_VALUE;
    private boolean unfinished;

    Reconciliation(Office office, NodeAddresses nodes, FlowTriggers triggers, FlowMemory memory, List<PodReport> reports, RistFlow flow, Context<RistFlow> context) {
        this.office = office;
        this.nodes = nodes;
        this.triggers = triggers;
        this.memory = memory;
        this.reports = reports;
        this.flow = flow;
        this.context = context;
        pods = List.copyOf(context.getSecondaryResources(Pod.class));
        ports = office.ledger().held(FlowRef.of(flow));
        endpoints = flow.getStatus() == null ? null : flow.getStatus().endpoints();
    }

    /** Null: ask again at once, as what was tried is void. */
    RistFlowStatus run() {
        if (othersFlow()) return flow.getStatus();
        List<String> violations = memory.violations(flow, () -> office.rules().check(flow.getSpec(), flow.getMetadata().getName()).stream().map(Object::toString).toList());
        if (violations.isEmpty()) act();
        if (unfinished) return null;
        return StatusAggregator.aggregate(new FlowFacts(
                flow, violations, ports.claims(), portTroubles, secretTroubles, childTroubles, workload(this::refusal), pods, reports, endpoints, office.clock().instant()));
    }

    /** Whether another operator has taken the flow over; told once, and then it is that one's. */
    private boolean othersFlow() {
        Workload live = workload(set -> null);
        String before = memory.rival();
        String rival = memory.rival(live == null ? null : live.operator(), office.settings().identity());
        if (rival == null || flow.getStatus() == null) return false;
        if (!rival.equals(before)) {
            String message = "the operator " + rival + " (namespace/lease) looks after this flow as well as " + office.settings().identity()
                    + ", which leaves it alone from now on until it is started anew; give each its own namespaces by watchNamespaces";
            LOG.warn("{}: {}", FlowRef.of(flow), message);
            office.events().record(flow, FlowEvent.warning(Reasons.ANOTHER_OPERATOR, message));
        }
        return true;
    }

    /** When to look again though nothing happens, milliseconds; {@link Long#MAX_VALUE}: not. */
    long lookAgainMs() {
        return lookAgainMs;
    }

    private void act() {
        if (!claimPorts()) return;
        RistFlowSpec spec = flow.getSpec();
        SecretCheck secrets = SecretCheck.of(SecretUse.of(spec), this::secret);
        secretTroubles.addAll(secrets.troubles());
        boolean hold = !secretTroubles.isEmpty();
        Workload live = workload(set -> null);
        String document = ResolvedDocument.of(flow, ports);
        Rollout.Restart restart = Rollout.restart(live, pods, reports, generation(), office.clock().instant());
        Set<String> mounted = Rollout.secrets(SecretUse.names(spec), live, names -> new PodTemplate(flow, office.settings().media(), ports, names, restart.mark()));
        FlowPlan plan = new FlowPlan(flow, office.settings().identity(), office.settings().media(), ports, document, mounted, restart.mark(), mediaFlows(), podMakers(), hold, office.apis());
        if (!hold) announce(live, plan);
        if (!makeChildren(plan)) return;
        if (!hold && childTroubles.isEmpty()) {
            pods.forEach(pod -> nudge(pod, plan, secrets.versions().toString()));
            tellOf(secrets);
        }
        if (restart.waitMs() > 0) {
            lookAgainIn(restart.waitMs());
            childTroubles.add(new Trouble(Reasons.RESTART_IN_VAIN, "the pod was made anew for " + String.join(", ", restart.fields())
                    + " and still cannot take it on; it is made anew ever more seldom, ten minutes apart at last. Operator and media image should be of one version: image.service.tag"));
        }
        locate();
    }

    // ---- ports ----------------------------------------------------------------------------------------------------------------------------

    private boolean claimPorts() {
        RistFlowSpec spec = flow.getSpec();
        PortOutcome outcome = office.ledger().claim(FlowRef.of(flow), PortNeeds.of(spec), PortNeeds.pool(spec), PortNeeds.nodes(spec), office.clock().millis());
        ports = outcome.ports();
        triggers.wake(outcome.affected());
        for (PortOutcome.Problem problem : outcome.problems()) {
            portTroubles.add(new Trouble(switch (problem.kind()) {
                case CONFLICT -> Reasons.PORT_CONFLICT;
                case EXHAUSTED -> Reasons.POOL_EXHAUSTED;
                case UNKNOWN_POOL -> Reasons.POOL_UNKNOWN;
            }, problem.message()));
        }
        if (outcome.retry()) lookAgainIn(FOREIGN_PORT_MS);
        return outcome.granted();
    }

    // ---- children -------------------------------------------------------------------------------------------------------------------------

    private boolean makeChildren(FlowPlan plan) {
        plan.handOn(context);
        WorkflowReconcileResult result = context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
        Map<String, Exception> failed = new HashMap<>();
        result.getErroredDependents().forEach((child, thrown) -> failed.put(child.name(), thrown));
        ChildFailures failures = ChildFailures.of(failed);
        if (failures.away() != null) throw failures.away();
        childTroubles.addAll(failures.troubles());
        failures.takenNodePorts().forEach(port -> office.ledger().refused(port, office.clock().millis()));
        unfinished = !failures.takenNodePorts().isEmpty();
        if (!childTroubles.isEmpty()) lookAgainIn(memory.failed());
        return !unfinished;
    }

    /** A new pod that no report asked for: the spec changed what a pod is made of. */
    private void announce(Workload live, FlowPlan plan) {
        if (live == null || !Objects.equals(plan.restart(), Rollout.restart(live, pods, List.of(), generation(), office.clock().instant()).mark())) return;
        List<String> changed = Rollout.changes(live.template(), plan.pod().spec());
        if (!changed.isEmpty()) office.events().record(flow, FlowEvent.normal(Reasons.RESTART_NEEDED, "a new pod takes over, as no running pod can change " + String.join(", ", changed)));
    }

    private boolean mediaFlows() {
        if (reports.stream().anyMatch(report -> report.flow() != null)) {
            return reports.stream().anyMatch(report -> report.flow() != null && report.flow().inputs().stream().anyMatch(input -> PodReport.End.RECEIVING.equals(input.state())));
        }
        // Not asked yet: what was known last.
        return flow.getStatus() != null && Conditions.find(flow.getStatus().conditions(), Conditions.RECEIVING).filter(c -> c.status() != ConditionStatus.False).isPresent();
    }

    private Set<String> podMakers() {
        return pods.stream().flatMap(pod -> pod.getMetadata().getOwnerReferences().stream()).filter(owner -> Boolean.TRUE.equals(owner.getController())).map(OwnerReference::getKind).collect(Collectors.toSet());
    }

    private void nudge(Pod pod, FlowPlan plan, String secretVersions) {
        if (pod.isMarkedForDeletion() || !"Running".equals(pod.getStatus().getPhase())) return;
        String uid = pod.getMetadata().getUid();
        PodReport report = reports.stream().filter(r -> r.uid().equals(uid)).findFirst().orElse(null);
        long nowMs = office.clock().millis();
        Nudge nudge = Nudge.of(pod, plan.document(), secretVersions, report, generation(), plan.mediaFlows(), memory.nudgedMs.get(uid), memory.changedMs.get(uid), nowMs);
        if (nudge.anew()) {
            office.events().record(flow, FlowEvent.normal(Reasons.RESTART_NEEDED, "a new pod reads what changed, as the old one failed before and would wait for its next attempt"));
            Releases.delete(office.client(), pod);
            return;
        }
        if (nudge.lookAgainMs() != Nudge.NEVER) lookAgainIn(nudge.lookAgainMs());
        if (nudge.annotations().isEmpty()) return;
        Set<String> uids = pods.stream().map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
        memory.nudgedMs.keySet().retainAll(uids);
        memory.changedMs.keySet().retainAll(uids);
        memory.nudgedMs.put(uid, nowMs);
        if (nudge.changed()) memory.changedMs.put(uid, nowMs);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        nudge.annotations().forEach(annotations::put);
        // Named only: by name alone the client would read the pod first.
        Pod named = new PodBuilder().withNewMetadata().withName(pod.getMetadata().getName()).withNamespace(pod.getMetadata().getNamespace()).endMetadata().build();
        try {
            office.client().resource(named).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw e;
        }
    }

    /** A Secret's new version is on its way to the pod. */
    private void tellOf(SecretCheck secrets) {
        List<String> changed = secrets.changedSince(memory.secretVersions);
        memory.secretVersions = secrets.versions();
        if (changed.isEmpty() || pods.isEmpty()) return;
        office.events().record(flow, FlowEvent.normal(Reasons.SECRET_CHANGED, "Secret " + String.join(", ", changed) + " changed; the pod reads it anew, no restart is needed"));
    }

    // ---- where it is ----------------------------------------------------------------------------------------------------------------------

    private void locate() {
        Service service = secondary(Service.class, "service", Names.child(flow.getMetadata().getName()));
        Places places = Places.of(service, pods, nodes::external, office.settings().loadBalancerWait(), office.clock().instant());
        endpoints = Endpoints.of(flow.getSpec(), ports, places.where());
        if (places.loadBalancerWaitMs() == Places.ANSWERED) return;
        if (places.where().fallBack()) {
            portTroubles.add(Trouble.note(Reasons.NO_LOAD_BALANCER, "no load balancer answered within " + office.settings().loadBalancerWait().toSeconds()
                    + " s; peers reach the flow at its node, as status.endpoints says; take exposure.type NodePort where there is no load balancer"));
        } else {
            portTroubles.add(Trouble.note(Reasons.LOAD_BALANCER_PENDING, "the load balancer has not answered yet; its address will be in status.endpoints"));
            lookAgainIn(places.loadBalancerWaitMs() + 100);
        }
    }

    private Secret secret(String name) {
        return secondary(Secret.class, RistFlowReconciler.SECRETS, name);
    }

    /** Null if there is none. One takes over from the other when its pods are gone, so there are never both for long. */
    private Workload workload(Function<StatefulSet, String> refusal) {
        String name = Names.child(flow.getMetadata().getName());
        StatefulSet set = secondary(StatefulSet.class, "stateful-set", name);
        if (set != null) return Workload.of(set, refusal.apply(set));
        Deployment deployment = secondary(Deployment.class, "deployment", name);
        return deployment == null ? null : Workload.of(deployment);
    }

    /** Why it has no pod, asked of the API server only then; null if it has one, or is just about to. */
    private String refusal(StatefulSet set) {
        if (!pods.isEmpty()) {
            memory.podSeen = office.clock().instant();
            return null;
        }
        lookAgainIn(UNBORN_MS);
        return PodRefusals.ask(office.client(), set, memory.podSeen);
    }

    private <T extends HasMetadata> T secondary(Class<T> type, String source, String name) {
        return RistFlowReconciler.cached(context, type, source, flow.getMetadata().getNamespace(), name);
    }

    private long generation() {
        return flow.getMetadata().getGeneration() == null ? 0 : flow.getMetadata().getGeneration();
    }

    private void lookAgainIn(long ms) {
        lookAgainMs = Math.min(lookAgainMs, ms);
    }
}
