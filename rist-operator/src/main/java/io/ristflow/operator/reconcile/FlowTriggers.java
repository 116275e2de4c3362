package io.ristflow.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.ports.FlowRef;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

/** Wakes flows for what happened to others: a port became free, or wanted by two. Hears of flows that are gone, for which there is no reconciliation, as there is no finalizer. */
final class FlowTriggers extends AbstractEventSource<Void, RistFlow> implements ResourceEventAware<RistFlow> {
    private final Function<FlowRef, Collection<FlowRef>> gone;

    /** @param gone told of a flow that is deleted; gives those that are affected */
    FlowTriggers(Function<FlowRef, Collection<FlowRef>> gone) {
        super(Void.class, "other-flows");
        this.gone = gone;
    }

    void wake(Collection<FlowRef> flows) {
        for (FlowRef flow : flows) getEventHandler().handleEvent(new Event(new ResourceID(flow.name(), flow.namespace())));
    }

    @Override
    public void onResourceDeleted(RistFlow flow) {
        wake(gone.apply(FlowRef.of(flow)));
    }

    @Override
    public Set<Void> getSecondaryResources(RistFlow flow) {
        return Set.of();
    }
}
