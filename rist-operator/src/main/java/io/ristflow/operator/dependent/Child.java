package io.ristflow.operator.dependent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.naming.Annotations;
import io.ristflow.operator.naming.Labels;
import io.ristflow.operator.naming.Names;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A child of a flow: {@link #wanted} says what it should be, this class makes it so. It is applied on the server's side if it is not there, if something else is wanted than was last applied (a hash of
 * which it carries), or if somebody changed what was applied; otherwise nothing is written.
 *
 * <p>The framework's own comparison reads managedFields, which are several times what they describe; the operator drops them on arrival (docs/adr/0022).
 */
public abstract class Child<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, RistFlow> {
    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    /** Objects in one answer to an informer: a list of all of them would keep the client's threads busy for seconds, and the heap full. */
    public static final long LIST_LIMIT = 100;
    private static final int REMEMBERED = 4_096;
    /** A version that no object has. */
    private static final String NO_OBJECTS = "1";

    /** Version of the object and hash of what was desired, by its uid. */
    private final Map<String, String> foundInOrder = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    protected Child(Class<R> type) {
        super(type);
    }

    /** What should be there, without name, labels and owner; null: nothing. Pure. */
    protected abstract R wanted(FlowPlan plan);

    protected String name(FlowPlan plan) {
        return plan.name();
    }

    /** Whether it stays as it is while the plan is on hold. */
    protected boolean waitsForSecrets() {
        return false;
    }

    /** Whether it is not made yet though it is wanted: something else is on its way out that must be gone first. */
    protected boolean comesLater(FlowPlan plan) {
        return false;
    }

    /** Whether the API server takes a version in what is to be made. */
    protected boolean versionOnCreation() {
        return true;
    }

    /** The finished object; null: none is wanted. */
    public final R desired(FlowPlan plan) {
        R wanted = wanted(plan);
        if (wanted == null) return null;
        RistFlow flow = plan.flow();
        ObjectMeta meta = wanted.getMetadata();
        meta.setName(name(plan));
        meta.setNamespace(flow.getMetadata().getNamespace());
        meta.setLabels(Labels.of(flow.getMetadata().getName()));
        // Not blocking: that would ask for rights on the flow's finalizers, and nothing has to wait for a child's end.
        meta.setOwnerReferences(List.of(new OwnerReferenceBuilder()
                .withApiVersion(RistFlow.GROUP + "/" + RistFlow.VERSION).withKind(RistFlow.KIND).withName(flow.getMetadata().getName()).withUid(flow.getMetadata().getUid()).withController(true).withBlockOwnerDeletion(false)
                .build()));
        Map<String, String> annotations = new HashMap<>(meta.getAnnotations() == null ? Map.of() : meta.getAnnotations());
        annotations.put(Annotations.FLOW, flow.getMetadata().getName());
        annotations.put(Annotations.OPERATOR, plan.operator());
        meta.setAnnotations(annotations);
        annotations.put(Annotations.APPLIED, Names.hash(JSON.valueToTree(wanted).toString()));
        return wanted;
    }

    /** Whether the live object needs no change. What was found in order once is so until either changes. */
    private boolean inOrder(R live, R desired) {
        String pair = live.getMetadata().getResourceVersion() + " " + desired.getMetadata().getAnnotations().get(Annotations.APPLIED);
        String uid = live.getMetadata().getUid();
        if (pair.equals(foundInOrder.get(uid))) return true;
        if (!asWanted(live, desired)) return false;
        foundInOrder.put(uid, pair);
        return true;
    }

    /** Whether the live object is what was desired. */
    static boolean asWanted(HasMetadata live, HasMetadata desired) {
        return Sameness.holds(JSON.valueToTree(live), JSON.valueToTree(desired));
    }

    @Override
    public ReconcileResult<R> reconcile(RistFlow flow, Context<RistFlow> context) {
        FlowPlan plan = FlowPlan.of(context);
        R live = getSecondaryResource(flow, context).orElse(null);
        if (plan.hold() && waitsForSecrets() || live != null && live.isMarkedForDeletion()) return ReconcileResult.noOperation(live);
        R desired = desired(plan);
        if (desired == null) {
            if (live != null) context.getClient().resource(live).delete();
            return ReconcileResult.noOperation(null);
        }
        if (live == null && comesLater(plan)) return ReconcileResult.noOperation(null);
        if (live == null) return ReconcileResult.resourceCreated(handleCreate(desired, flow, context));
        if (inOrder(live, desired)) return ReconcileResult.noOperation(live);
        return ReconcileResult.resourceUpdated(handleUpdate(live, desired, flow, context));
    }

    /**
     * Makes it only where nothing of its name is, so that nobody's object is taken over: a version that no object has makes the API server refuse to change one. What is there and is this flow's, though
     * it has lost its labels, is put in order.
     */
    @Override
    public R create(R desired, RistFlow flow, Context<RistFlow> context) {
        InformerEventSource<R, RistFlow> source = eventSource().orElseThrow();
        if (versionOnCreation()) {
            desired.getMetadata().setResourceVersion(NO_OBJECTS);
            try {
                return context.resourceOperations().serverSideApply(desired, source);
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
            }
            desired.getMetadata().setResourceVersion(null);
        }
        R other = context.getClient().resource(desired).get();
        boolean ours = other == null || other.getMetadata().getOwnerReferences().stream().anyMatch(owner -> owner.getUid().equals(flow.getMetadata().getUid()));
        if (ours) return context.resourceOperations().serverSideApply(desired, source);
        throw new KubernetesClientException(HasMetadata.getKind(other.getClass()) + " " + desired.getMetadata().getName() + " exists and is not this flow's", HttpURLConnection.HTTP_CONFLICT, null);
    }

    @Override
    public R update(R live, R desired, RistFlow flow, Context<RistFlow> context) {
        return context.resourceOperations().serverSideApply(desired, eventSource().orElseThrow());
    }

    @Override
    protected final R desired(RistFlow flow, Context<RistFlow> context) {
        return desired(FlowPlan.of(context));
    }

    @Override
    public Optional<R> getSecondaryResource(RistFlow flow, Context<RistFlow> context) {
        return eventSource().flatMap(source -> source.get(targetSecondaryResourceID(flow, context)));
    }

    @Override
    protected ResourceID targetSecondaryResourceID(RistFlow flow, Context<RistFlow> context) {
        return new ResourceID(name(FlowPlan.of(context)), flow.getMetadata().getNamespace());
    }

    /** {@link #desired(FlowPlan)} has set it. */
    @Override
    protected boolean addOwnerReference() {
        return false;
    }

    @Override
    protected InformerEventSource<R, RistFlow> createEventSource(EventSourceContext<RistFlow> context) {
        InformerEventSource<R, RistFlow> source = new InformerEventSource<>(InformerEventSourceConfiguration.from(resourceType(), RistFlow.class).withName(name()).withLabelSelector(Labels.SELECTOR).withInformerListLimit(LIST_LIMIT).withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(RistFlow.class)).build(), context);
        setEventSource(source);
        return source;
    }
}
